// Puts the page together: header, the view of the address, and what lies beside it.

const TABS = ["overview", "graph", "tables", "coverage", "report"];

function tabOf(view) {
  return GRAPHS.has(view) ? "graph" : view;
}

function renderHeader() {
  const here = tabOf(state.view);
  const target = (tab) => (tab === "graph" ? { view: "all" } : { view: tab });
  put(byId("tabs"), ...TABS.map((tab) => h("a", { class: "tab", href: `#${address({ ...blank(), filters: state.filters, ...target(tab) })}`, "aria-current": tab === here ? "page" : null, text: t(`tab.${tab}`) })));
  put(byId("tools"),
    h("button", { type: "button", class: "tool", id: "text-button", "aria-pressed": String(state.text), onclick: () => (state.text ? go({ text: false }) : openText()) }, sign("text"), h("span", { text: t("open-text") })),
    h("button", { type: "button", class: "tool", id: "theme", onclick: switchTheme, "aria-label": t("theme") }, h("span", { class: "moon", "aria-hidden": "true" })),
    h("button", { type: "button", class: "tool", id: "lang", onclick: switchLanguage, lang: lang === "zh" ? "en" : "zh-CN", text: lang === "zh" ? "English" : "中文" }));
}

/** Above the picture: where one is, the next and the one before, picture or list. */
function renderCrumbs() {
  const issue = state.view === "issue" ? issueByRef.get(state.ref) : -1;
  const parts = [h("a", { href: "#", text: pageTitle() })];
  if (issue >= 0 && noticeName(issue)) parts.push(h("span", { text: noticeName(issue) }));
  if (issue >= 0 && dossiers.get(issue).aspect >= 0) {
    const aspect = dossiers.get(issue).aspect;
    parts.push(h("a", { href: `#${address({ ...blank(), view: "chain", node: aspect, selected: aspect })}`, text: labelOf(aspect) }));
  }
  const issues = ofKind("issue");
  const at = issues.indexOf(issue);
  const step = (by, name) => h("a", { class: "icon-link", href: issues[at + by] !== undefined ? `#issue=${quote(attribute(issues[at + by], "ref"))}` : null, "aria-disabled": issues[at + by] === undefined ? "true" : null, role: issues[at + by] === undefined ? "link" : null, "aria-label": t(name) }, sign(by < 0 ? "left" : "right"));
  put(byId("crumbs"),
    h("nav", { class: "crumb-line", "aria-label": t("you-are-here") }, ...parts.flatMap((part, i) => [i ? h("span", { class: "crumb-gap", "aria-hidden": "true", text: "/" }) : null, part])),
    h("div", { class: "crumb-main" }, h("h1", { id: "view-title" }, issue >= 0 ? h("span", { class: "title-number", text: state.ref }) : null, h("span", { text: viewTitle() })),
      h("div", { class: "crumb-tools" }, state.view === "chain" ? wayButtons() : null, at >= 0 ? h("span", { class: "steps-nav" }, step(-1, "previous-issue"), step(1, "next-issue")) : null,
        h("div", { class: "switch", role: "group", "aria-label": t("picture-or-list") }, ...["picture", "list"].map((name) => h("button", { type: "button", class: "switch-button", "aria-pressed": String(asList() === (name === "list")), onclick: () => chooseList(name === "list"), text: t(name) }))),
        takeawayMenu())));
}

/** Of a chain: what rests on the node, what it rests on, or both. */
function wayButtons() {
  const button = (way, name) => h("button", { type: "button", class: "switch-button", "aria-pressed": String(state.way === way), onclick: () => go({ way }), text: t(name) });
  return h("div", { class: "switch", role: "group", "aria-label": t("ways") }, button("up", "way.up"), button("", "way.both"), button("down", "way.down"));
}

/** Small screens begin with the list: a picture five columns wide cannot be read there. */
const asList = () => (listChoice === null ? state.list || (GRAPHS.has(state.view) && window.innerWidth < 700) : listChoice);
let listChoice = null;

function chooseList(list) {
  listChoice = list;
  go({ list });
}

function viewTitle() {
  if (state.view === "issue") return labelOf(issueByRef.get(state.ref));
  if (state.view === "chain") return t("chain-of", { name: labelOf(state.node) });
  if (state.view === "impact") return t("impact-of", { name: labelOf(state.node), event: eventName(state.event) });
  if (state.view === "path") return state.to >= 0 ? t("path-of", { from: labelOf(state.node), to: labelOf(state.to) }) : t("path");
  return t("tab.graph");
}

let drawnKey = "";

function renderGraph() {
  renderCrumbs();
  renderLegend();
  const list = asList();
  byId("picture").hidden = list;
  byId("outline").hidden = !list;
  const next = makeScene();
  if (list) { scene = next; renderOutline(); drawnKey = ""; return; }
  showScene(next, next.key !== drawnKey);
  drawnKey = next.key;
  host().setAttribute("aria-label", `${viewTitle()}. ${t("picture-words", { nodes: next.boxes.size, links: next.links.length })}`);
  const note = byId("note");
  const lost = state.view === "path" && state.to >= 0 && !findPath(state.node, state.to);
  note.hidden = !lost && next.boxes.size > 0 && !next.left;
  note.classList.toggle("at-foot", next.left > 0);
  note.textContent = lost ? t("no-path") : next.left ? t("too-many", { shown: number(next.boxes.size), left: number(next.left) }) : t("nothing-left");
}

/** The chain as an indented list: the same nodes and links, for readers of screens and small screens. */
function renderOutline() {
  const links = new Map();
  for (const l of scene.links) if (scene.boxes.has(l.to)) push(links, l.from, l);
  const incoming = new Set(scene.links.map((l) => l.to));
  const roots = [...scene.boxes.keys()].filter((n) => !incoming.has(n)).sort((a, b) => N.column[a] - N.column[b] || a - b);
  const told = new Set();
  const item = (node, relation, depth) => {
    const again = told.has(node);
    told.add(node);
    const judged = scene.verdicts.get(node);
    const words = again ? {} : cardWords(node, judged && judged);
    const next = again || depth > 8 ? [] : (links.get(node) || []).slice().sort((a, b) => N.column[a.to] - N.column[b.to] || a.to - b.to);
    return h("li", { class: node === state.selected ? "chosen" : null }, h("div", { class: "outline-row" }, relation ? h("span", { class: "relation", text: term(relation) }) : null, nodeLink(node), h("span", { class: "muted", text: [words.over, words.foot].filter(Boolean).join(" · ") })),
      next.length ? h("ul", {}, ...next.map((l) => item(l.to, l.bridge ? "" : l.relation, depth + 1))) : null);
  };
  const box = byId("outline");
  const scroll = box.scrollTop;
  put(box, h("ul", { class: "tree" }, ...roots.map((n) => item(n, "", 0))));
  if (!roots.length && scene.boxes.size) put(box, h("ul", { class: "tree" }, ...[...scene.boxes.keys()].map((n) => item(n, "", 9))));
  box.scrollTop = scroll;
}

function renderZoom() {
  const button = (name, words, act) => h("button", { type: "button", class: "zoom-button", "aria-label": t(name), title: t(name), onclick: act, text: words });
  put(byId("zoom"), button("zoom-in", "+", () => zoomBy(1.25)), button("zoom-out", "−", () => zoomBy(0.8)), button("fit-all", "⤢", () => fit(true)));
}

/** What a node opens when chosen from search or by a double click. */
function openNode(node) {
  if (kindOf[node] === "issue") go({ view: "issue", ref: attribute(node, "ref"), selected: -1, edge: -1 });
  else go({ view: "chain", node, selected: node, edge: -1 });
}

/** A hit of the search: chosen where it is shown, else opened with its issue around it. */
function showHit(node) {
  if (GRAPHS.has(state.view) && scene.boxes.has(node) && !asList()) return select(node);
  const issues = issuesOf.get(node) || [];
  if (kindOf[node] === "issue") return openNode(node);
  if (issues.length === 1 && CHAIN_KINDS.includes(kindOf[node])) return go({ view: "issue", ref: attribute(issues[0], "ref"), selected: node, edge: -1 });
  return go({ view: "chain", node, selected: node, edge: -1 });
}

function switchLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  settings.set("lang", lang);
  start();
  byId("lang").focus();
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  settings.set("theme", root.dataset.theme);
  repaint();
}

function repaint() {
  readTheme();
  if (network) { network.redraw(); drawMinimap(); }
}

/** Do the panels lie over the view? As wide as in the style sheet. */
const overlaid = () => matchMedia("(max-width: 1000px)").matches;

/** Show the present state. @param {State} before */
function render(before) {
  readFilters();
  renderHeader();
  const here = tabOf(state.view);
  for (const tab of TABS) byId(tab).hidden = tab !== here;
  byId("stage").dataset.view = state.view;
  const moved = before.view !== state.view || before.ref !== state.ref || before.node !== state.node || before.way !== state.way;
  if (moved && overlaid()) drawerOpen = false;
  renderFilters();
  renderSide();
  if (here === "overview") renderOverview();
  else if (here === "tables") renderTables();
  else if (here === "coverage") renderCoverage();
  else if (here === "report") renderReport();
  else renderGraph();
  if (moved) {
    if (!GRAPHS.has(state.view)) byId(here).scrollTop = 0;
    document.title = here === "overview" ? pageTitle() : `${GRAPHS.has(state.view) ? viewTitle() : t(`tab.${here}`)} — ${pageTitle()}`;
  }
  if (GRAPHS.has(state.view) && !asList() && state.selected >= 0 && (before.selected !== state.selected || moved)) requestAnimationFrame(() => reveal(state.selected));
}

function start() {
  writeFixedWords();
  renderZoom();
  drawnKey = "";
  searchBox(byId("search"), { label: t("search"), choose: showHit });
  render({ ...blank(), view: "" });
}

/** For tests and scripts: what the picture shows, by position of the node. */
window.RECTIFY = {
  boxes: () => [...scene.boxes.values()], links: () => scene.links, scale: () => network.getScale(), place: (node) => network.canvasToDOM(scene.boxes.get(node)),
  id: (node) => N.id[node], label: labelOf, kind: (node) => kindOf[node], selected: () => state.selected, bright: () => bright, csv, wrap,
  impact: (iri) => Object.fromEntries([...judge(N.id.findIndex((_, node) => iriOf(node) === iri))].map(([node, one]) => [iriOf(node), one.verdict])),
  curves: () => curves.map(({ link, curve }) => ({ link, points: curve.flatMap((one) => Array.from({ length: 21 }, (_, k) => pointOn(one, k / 20))) })),
  get network() { return network; }, drawn: () => drawnAt, address: () => decodeURIComponent(address(state)), searchable: isSearchable,
};

document.documentElement.dataset.theme = settings.get("theme") || "";
if (!document.documentElement.dataset.theme) delete document.documentElement.dataset.theme;
readTheme();
state = parse(location.hash);
start();

byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("stage").focus(); });
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing) { event.preventDefault(); byId("search-input").focus(); }
  if (event.key !== "Escape" || (typing && !byId("filters").contains(typing)) || event.target === host()) return;
  if (drawerOpen) openDrawer(false);
  else if (!byId("side").hidden) closeSide();
});
for (const type of ["pointerdown", "pointermove"]) byId("minimap").addEventListener(type, onMinimap);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
window.addEventListener("beforeprint", layOutForPaper);
window.addEventListener("afterprint", clearPaper);
let resizing = 0;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => { if (GRAPHS.has(state.view) || state.view === "report") render(state); }, 150);
});
buildEarly();
