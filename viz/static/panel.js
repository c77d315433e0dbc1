// Beside the picture: what the chosen thing is, its words in the notice, its neighbours by relation.

const FACTS = ["status", "documentType", "documentNumber", "isTrial", "awaited", "issued", "deadline", "recurrence", "hasPeriod", "value", "unit", "indicator", "comparison",
  "startDate", "endDate", "feedbackDate", "claimedValue", "observedValue", "outcome", "reconciliationMethod", "explanation", "marker", "altLabel", "courtLevel", "roundLabel"];
const SKIPPED = new Set(["ref", "number", "label_en", "isImplicit", "explanation_en", "title_en"]);
const DATES = /(^|[a-z])(Date|issued|deadline)$/;

function renderSide() {
  const side = byId("side");
  const some = state.selected >= 0 || state.edge >= 0;
  const choosing = state.view === "path" && state.to < 0;
  side.hidden = !some && !state.text && !choosing && state.view !== "impact";
  document.body.classList.toggle("with-side", !side.hidden);
  if (side.hidden) return;
  const details = state.text ? null : choosing ? pathPanel() : state.edge >= 0 ? edgePanel(state.edge) : some ? nodePanel(state.selected) : impactPanel();
  const tab = (name, on, change) => h("button", { type: "button", class: "side-tab", "aria-pressed": String(on), onclick: change, text: t(name) });
  put(byId("side-head"),
    h("div", { class: "side-tabs", role: "group", "aria-label": t("side") }, tab("details", !state.text, () => go({ text: false })), tab("text", state.text, () => openText())),
    h("button", { type: "button", class: "icon", id: "side-close", "aria-label": t("close"), onclick: closeSide }, sign("close")));
  put(byId("side-details"), state.text ? (some ? chosenLine() : null) : details);
  byId("side-text").hidden = !state.text;
  if (state.text) renderText(byId("side-text"));
  else byId("side-details").scrollTop = 0;
}

function closeSide() {
  if (state.view === "impact" || (state.view === "path" && state.to < 0)) go({ view: "overview", text: false });
  else go({ selected: -1, edge: -1, text: false });
}

/** While the text is open: what is chosen, in one line. */
function chosenLine() {
  const node = state.edge >= 0 ? E.to[state.edge] : state.selected;
  return h("p", { class: "chosen-line" }, glyph(kindOf[node], glyphNumber(node)), h("span", { text: state.edge >= 0 ? edgeTitle(state.edge) : labelOf(node) }));
}

const glyphNumber = (node) => (kindOf[node] === "issue" ? attribute(node, "ref") : kindOf[node] === "measure" ? attribute(node, "number") : undefined);

function nodePanel(node) {
  const kind = kindOf[node];
  const type = term(DATA.types[N.type[node]]);
  const place = (issuesOf.get(node) || []).filter((i) => i !== node);
  return h("div", { class: "details" },
    h("p", { class: "over" }, glyph(kind, glyphNumber(node)), h("span", { text: kindOf[node] === "body" ? type : kindName(kind) }), kind === "issue" ? h("span", { text: attribute(node, "ref") }) : null),
    h("h2", { class: "node-title", text: labelOf(node) }),
    lang === "en" && attribute(node, "label_en") ? h("p", { class: "muted", lang: "zh-CN", text: N.label[node] }) : null,
    place.length && place.length <= 6 && kind !== "issue" ? h("p", { class: "belongs" }, h("span", { class: "muted", text: t("belongs-to") }), ...place.map((i) => nodeLink(i, t("issue-n", { n: attribute(i, "ref") })))) : null,
    chips(node), actions(node), state.view === "impact" && node !== state.node ? verdictLine(node) : null, ...passagesOf(node), facts(node), stepsLine(node), ...neighbours(node));
}

function nodeLink(node, words) {
  return h("button", { type: "button", class: "node-link", onclick: () => select(node) }, glyph(kindOf[node], glyphNumber(node)), h("span", { text: words || labelOf(node) }));
}

function chips(node) {
  const status = attribute(node, "status");
  const list = [status && term(status), attribute(node, "isTrial") && t("trial"), attribute(node, "awaited") && t("awaited"), attribute(node, "documentNumber")].filter(Boolean);
  const own = levelsOf(node).map(labelOf);
  return list.length || own.length ? h("p", { class: "tags" }, ...list.map((words) => h("span", { class: "tag", text: words })), ...own.map((words) => h("span", { class: "tag level", text: words }))) : null;
}

function actions(node) {
  const button = (words, change, strong) => h("button", { type: "button", class: strong ? "button strong" : "button", onclick: () => go(change), text: words });
  const kind = kindOf[node];
  const home = kind === "issue" && !(state.view === "issue" && state.ref === attribute(node, "ref"));
  return h("div", { class: "actions" },
    home ? button(t("open-chain"), { view: "issue", ref: attribute(node, "ref"), selected: -1, edge: -1, list: false }, true) : null,
    kind !== "issue" && !(state.view === "chain" && state.node === node) ? button(t("whole-chain"), { view: "chain", node, selected: node }, true) : null,
    isDocument(node) && !(state.view === "impact" && state.node === node) ? button(t("if-withdrawn"), { view: "impact", node, selected: -1, event: "withdrawn" }) : null,
    button(t("find-path"), { view: "path", node, to: -1, selected: -1 }));
}

function passagesOf(node) {
  const places = N.places[node];
  const found = [];
  for (let k = 0; k < places.length; k += 2) found.push([places[k], places[k + 1]]);
  if (!found.length) return [h("p", { class: "muted no-words", text: t("no-words") })];
  const rest = found.slice(1);
  return [h("h3", { text: t("in-the-notice") }), passage(...found[0]),
    rest.length ? h("details", { class: "more" }, h("summary", { text: t("more-places", { count: rest.length }) }), ...rest.map((p) => passage(...p))) : null];
}

function facts(node) {
  const names = Object.keys(more).filter((name) => !SKIPPED.has(name) && attribute(node, name) !== undefined && !["status", "isTrial", "awaited", "documentNumber"].includes(name));
  names.sort((a, b) => (FACTS.indexOf(a) + 1 || 99) - (FACTS.indexOf(b) + 1 || 99) || (a < b ? -1 : 1));
  if (!names.length) return null;
  return h("dl", { class: "facts-list" }, ...names.flatMap((name) => [h("dt", { text: term(name) }), h("dd", { text: factWords(node, name) })]));
}

function factWords(node, name) {
  const english = lang === "en" && attribute(node, `${name}_en`);
  const value = english || attribute(node, name);
  if (name === "hasPeriod") return String(value).split(" ").map((p) => period(...p.split("/"))).join(lang === "zh" ? "；" : "; ");
  if (DATES.test(name)) return date(value);
  if (typeof value === "number") return number(value);
  if (value === true) return t("yes");
  return DATA.terms[value] ? term(value) : String(value);
}

/** How many things rest on it, and on how many it rests, with the longest way. */
function stepsLine(node) {
  const tell = (key, found) => {
    const shown = [...found].filter(([n]) => kindOf[n] !== "aspect");
    return shown.length ? t(key, { count: shown.length, steps: Math.max(...shown.map(([, steps]) => steps)) }) : "";
  };
  const words = [tell("upstream-n", reach(node, false)), tell("downstream-n", reach(node, true))].filter(Boolean);
  return words.length ? h("p", { class: "steps", text: words.join(lang === "zh" ? "；" : "; ") }) : null;
}

/** Neighbours by relation, forwards then backwards. */
function neighbours(node) {
  const groups = new Map();
  const add = (link, other, way) => push(groups, `${way}|${link.relation}`, { link, other });
  for (const l of linksFrom[node]) if (!(skipsAct(l) && kindOf[node] !== "measure")) add(l, l.to, "out");
  for (const l of linksTo[node]) if (kindOf[l.from] !== "action") add(l, l.from, "in");
  for (const e of inEdges[node]) if (kindOf[E.from[e]] === "action" && kindOf[node] === "action") add({ relation: relationOf[e], edge: e }, E.from[e], "in");
  return [...groups].map(([key, list]) => {
    const [way, relation] = key.split("|");
    const items = list.map(({ link, other }) => h("li", {}, nodeLink(other),
      h("button", { type: "button", class: "icon words-button", "aria-label": t("why", { name: labelOf(other) }), title: t("why-short"), onclick: () => go({ edge: link.edge, selected: -1 }) }, sign("words"))));
    const heading = way === "out" ? term(relation) : t("reverse", { relation: term(relation) });
    const body = h("ul", { class: "neighbours" }, ...items);
    return items.length > 8
      ? h("details", { class: "more" }, h("summary", { text: `${heading} ${number(items.length)}` }), body)
      : h("div", {}, h("h3", { text: `${heading}` }), body);
  });
}

const edgeTitle = (edge) => `${labelOf(E.from[edge])} — ${term(relationOf[edge])} → ${labelOf(E.to[edge])}`;

/** Why a relation is there: its two ends, its basis, its words. */
function edgePanel(edge) {
  const place = E.place[edge];
  return h("div", { class: "details" },
    h("p", { class: "over" }, h("span", { text: t("relation") })),
    h("h2", { class: "node-title", text: term(relationOf[edge]) }),
    h("div", { class: "edge-ends" }, nodeLink(E.from[edge]), h("span", { class: "edge-arrow", "aria-hidden": "true", text: "↓" }), nodeLink(E.to[edge])),
    h("p", { class: "tags" }, h("span", { class: "tag", text: t(`basis.${basisOf(edge)}`) }), isDependence(edge) ? h("span", { class: "tag", text: t("dependence") }) : null),
    h("p", { class: "muted", text: t(`basis-note.${basisOf(edge)}`) }),
    ...(place.length ? [h("h3", { text: t("in-the-notice") }), passage(place[0], place[1])] : fallbackPassage(edge)));
}

/** Structure has no words of its own: show those of the part. */
function fallbackPassage(edge) {
  const node = [E.to[edge], E.from[edge]].find((n) => N.places[n].length && kindOf[n] !== "notice");
  return node === undefined ? [] : [h("h3", { text: t("in-the-notice") }), passage(N.places[node][0], N.places[node][1])];
}

/** The result of "if it were withdrawn", in words. */
function impactPanel() {
  const judged = judge(state.node);
  const order = (n) => ["issue", "recommendation", "measure", "document", "rule", "action"].indexOf(kindOf[n]);
  const listed = [...judged].filter(([n]) => kindOf[n] !== "action").sort((a, b) => EFFECTS.indexOf(a[1].verdict) - EFFECTS.indexOf(b[1].verdict) || order(a[0]) - order(b[0]) || a[0] - b[0]);
  const groups = new Map();
  for (const [node, one] of listed) push(groups, one.verdict, [node, one]);
  const event = (name) => h("button", { type: "button", class: "side-tab", "aria-pressed": String(state.event === name), onclick: () => go({ event: name }), text: eventName(name) });
  return h("div", { class: "details" },
    h("p", { class: "over" }, glyph(kindOf[state.node]), h("span", { text: t("impact-over", { event: eventName(state.event) }) })),
    h("h2", { class: "node-title", text: labelOf(state.node) }),
    h("div", { class: "side-tabs", role: "group", "aria-label": t("event") }, ...EVENTS.map(event)),
    h("p", { class: "steps", text: listed.length ? t("impact-sum", { list: [...groups].map(([v, list]) => `${verdictName(v)} ${number(list.length)}`).join(lang === "zh" ? "，" : ", ") }) : t("impact-none") }),
    ...[...groups].map(([verdict, list]) => h("div", { class: `verdict ${verdict}` }, h("h3", { text: `${verdictName(verdict)} ${number(list.length)}` }),
      h("ul", { class: "neighbours" }, ...list.map(([node, one]) => h("li", { class: "judged" }, nodeLink(node), h("p", { class: "reason", text: reasonOf(node, one) })))))));
}

function verdictLine(node) {
  const one = judge(state.node).get(node);
  return one ? h("p", { class: `verdict-line ${one.verdict}` }, h("strong", { text: verdictName(one.verdict) }), h("span", { text: reasonOf(node, one) })) : null;
}

/** Choosing the other end of a path. */
function pathPanel() {
  const box = h("div", { class: "search inline", id: "path-search" });
  const panel = h("div", { class: "details" }, h("p", { class: "over" }, h("span", { text: t("path") })), h("h2", { class: "node-title", text: labelOf(state.node) }), h("p", { class: "muted", text: t("path-to") }), box);
  searchBox(box, { label: t("path-search"), choose: (node) => go({ to: node, selected: -1 }) });
  setTimeout(() => { const input = box.querySelector("input"); if (input && input.isConnected) input.focus(); }, 0);
  return panel;
}
