// The first picture: the notice, its aspects, its issues in order, and what each has and lacks.

function renderOverview() {
  const page = byId("overview");
  const issues = ofKind("issue");
  put(page, masthead(), h("div", { class: "overview-tools" }, keyLine(), filterButton()), filterLine(), groupsOfIssues(issues), ofKind("recommendation").length ? recommendations() : null);
}

function masthead() {
  const notice = ofKind("notice")[0];
  const inspection = ofKind("inspection")[0];
  const who = inspection === undefined ? [] : [...targets(inspection, (l) => l.relation === "conductedBy").map(labelOf), attribute(inspection, "inspectionType") ? term(attribute(inspection, "inspectionType")) : labelOf(inspection)];
  const facts = SEVERAL ? [] : [
    inspection !== undefined && h("span", {}, `${who.join(" · ")} ${period(attribute(inspection, "startDate"), attribute(inspection, "endDate"))}`),
    inspection !== undefined && attribute(inspection, "feedbackDate") && h("span", { text: t("feedback-on", { date: date(attribute(inspection, "feedbackDate")) }) }),
    notice !== undefined && attribute(notice, "issued") && h("span", { text: t("issued-on", { date: date(attribute(notice, "issued")) }) }),
    notice !== undefined && attribute(notice, "cutoffDate") && h("span", { text: t("as-of", { date: date(attribute(notice, "cutoffDate")) }) }),
  ].filter(Boolean);
  return h("header", { class: "masthead" }, h("h1", { id: "title", text: pageTitle() }), facts.length ? h("p", { class: "facts" }, ...facts) : null, flow());
}

/** The chain in numbers: what leads to what, and how many of each. */
function flow() {
  const step = (kind, target) => {
    const count = ofKind(kind).length;
    return h("a", { class: "flow-step", href: `#${address({ ...blank(), ...target })}` }, h("span", { class: "flow-number", text: number(count) }), h("span", { class: "flow-name" }, glyph(kind), h("span", { text: kindName(kind, count !== 1) })));
  };
  const arrow = () => h("span", { class: "flow-arrow", "aria-hidden": "true", text: "→" });
  return h("div", { class: "flow" },
    h("div", { class: "flow-chain" },
      step("issue", { view: "tables", table: "issue" }), arrow(), step("measure", { view: "tables", table: "measure" }), arrow(),
      step("document", { view: "tables", table: "document" }), arrow(), step("rule", { view: "tables", table: "document" })),
    h("div", { class: "flow-side" }, step("body", { view: "tables", table: "body" }),
      h("a", { class: "button all-button", href: `#${address({ ...blank(), view: "all" })}`, text: t("show-all") })));
}

/** How to read the rows: the signs used in them. */
function keyLine() {
  const item = (mark, words) => h("span", { class: "key-item" }, mark, h("span", { text: words }));
  return h("p", { class: "key" }, h("span", { class: "key-lead", text: t("how-to-read") }),
    item(measureMark("status-completed"), term("status-completed")), item(measureMark("status-in-progress"), term("status-in-progress")),
    item(measureMark("status-continuous"), term("status-continuous")), item(measureMark("status-planned"), term("status-planned")),
    item(documentMark("status-doc-issued"), t("key-made")), item(documentMark("status-doc-drafting"), t("key-drafting")));
}

/** A measure as a small square: full, half, ringed or empty, by how far it is. */
function measureMark(status) {
  const inner = {
    "status-completed": svg("rect", { x: 1.5, y: 1.5, width: 11, height: 11, rx: 2.5, class: "full" }),
    "status-in-progress": svg("path", { d: "M2 12V4a2.300 2.300 0 0 1 2.300-2.300H7v10.600H4.300A2.300 2.300 0 0 1 2 12z", class: "full" }),
    "status-continuous": svg("rect", { x: 5, y: 5, width: 4, height: 4, rx: 1, class: "full" }),
  }[status];
  return svg("svg", { viewBox: "0 0 14 14", class: "mark kind-measure", "aria-hidden": "true" }, svg("rect", { x: 1.5, y: 1.5, width: 11, height: 11, rx: 2.5, class: "frame-line" }), inner);
}

function documentMark(status) {
  const open = status === "status-doc-drafting" || status === "status-doc-forthcoming";
  return svg("svg", { viewBox: "0 0 14 14", class: "mark kind-document", "aria-hidden": "true" },
    svg("path", { d: "M2.500 1h6l3 3v9h-9z", class: open ? "frame-line dashed" : "full" }));
}

function groupsOfIssues(issues) {
  const shown = issues.filter(passes);
  if (!issues.length) return h("p", { class: "empty", text: t("no-issues") });
  if (!shown.length) return h("p", { class: "empty", text: t("nothing-left") });
  return SEVERAL ? groupsByNotice(shown) : groupsByAspect(shown, "h2");
}

/** Notices that the reader opened, of several in one graph. */
const openNotices = new Set();

/** Of many notices each is one line, its aspects and issues inside it; they are made when it is opened. */
function groupsByNotice(shown) {
  const groups = new Map();
  for (const issue of shown) push(groups, noticeOf(issue), issue);
  if (!openNotices.size) openNotices.add([...groups.keys()][0]);
  return fillLazily(h("div", {}), [...groups], ([notice, list]) => {
    const body = h("div", {});
    const sum = (pick) => unique(list.flatMap((issue) => dossiers.get(issue)[pick])).length;
    const toggled = (open) => {
      if (open) openNotices.add(notice);
      else openNotices.delete(notice);
      if (open && !body.childElementCount) body.append(groupsByAspect(list, "h3"));
    };
    if (openNotices.has(notice)) toggled(true);
    return h("details", { class: "notice", open: openNotices.has(notice), ontoggle: (event) => toggled(event.target.open) },
      h("summary", {}, h("h2", { text: notice >= 0 ? labelOf(notice) : t("no-aspect") }),
        h("span", { class: "aspect-count", text: [counted("issue", list.length), counted("measure", sum("measures")), counted("document", sum("made"))].join(" · ") })), body);
  }, 60);
}

/** @param {number[]} shown @param {string} heading its level */
function groupsByAspect(shown, heading) {
  const groups = new Map();
  for (const issue of shown) push(groups, dossiers.get(issue).aspect, issue);
  return fillLazily(h("div", {}), [...groups].map(([aspect, list], i) => ({ aspect, list, i })), ({ aspect, list, i }) => {
    const sum = (pick) => unique(list.flatMap((issue) => dossiers.get(issue)[pick])).length;
    const title = aspect >= 0 ? labelOf(aspect) : t("no-aspect");
    const id = `aspect-${aspect >= 0 ? aspect : `of-${list[0]}`}`;
    return h("section", { class: "aspect", "aria-labelledby": id },
      h("div", { class: "aspect-head" },
        h(heading, { id, class: "aspect-title" }, h("span", { class: "aspect-number", "aria-hidden": "true", text: aspect >= 0 ? numeral(attribute(aspect, "number") || i + 1) : "" }), h("span", {}, title, h("span", { class: "aspect-count", text: counted("issue", list.length) }))),
        h("span", { class: "aspect-sum", text: counted("measure", sum("measures")) }), h("span", { class: "aspect-sum", text: counted("document", sum("made")) })),
      fillLazily(h("ol", { class: "issues" }), list, issueRow));
  }, 12);
}

function numeral(value) {
  return lang === "zh" && value <= 10 ? "一二三四五六七八九十"[value - 1] : String(value);
}

const MOST_MARKS = 14;

function issueRow(issue) {
  const all = dossiers.get(issue);
  const gone = progress(issue);
  const lacks = [!all.measures.length && t("lacks-measures"), all.measures.length > 0 && !all.made.length && t("lacks-documents")].filter(Boolean);
  const marks = (list, make) => h("span", { class: "marks" }, ...list.slice(0, MOST_MARKS).map((n) => make(attribute(n, "status"))), list.length > MOST_MARKS ? h("span", { class: "muted", text: "…" }) : null);
  const cell = (kind, count, strip) => h("span", { class: `cell ${count ? "" : "none"}` }, h("span", { class: "cell-count", text: number(count) }), h("span", { class: "cell-name", text: kindName(kind, count !== 1) }), strip);
  const name = `${t("issue-n", { n: attribute(issue, "ref") })} ${labelOf(issue)}`;
  return h("li", { class: depthOf(issue) ? "issue sub" : "issue" }, h("a", { class: "issue-row", href: `#issue=${quote(attribute(issue, "ref"))}`, "aria-label": [name, counted("measure", all.measures.length), counted("document", all.made.length), gone.words, ...lacks].join(", ") },
    h("span", { class: "issue-number", text: attribute(issue, "ref") }),
    h("span", { class: "issue-title" }, h("span", { text: labelOf(issue) }), ...lacks.map((words) => h("span", { class: "lack", text: words }))),
    cell("measure", all.measures.length, marks(all.measures, measureMark)),
    cell("document", all.made.length, marks(all.made, documentMark)),
    h("span", { class: `progress ${gone.state}`, text: gone.words }), sign("right")));
}

function recommendations() {
  return h("section", { class: "aspect", "aria-labelledby": "recommendations" }, h("h2", { class: "aspect-title", id: "recommendations" }, h("span", { text: kindName("recommendation", true) })),
    h("ol", { class: "issues" }, ...ofKind("recommendation").map((node) => h("li", { class: "issue" }, h("a", { class: "issue-row", href: `#${address({ ...blank(), view: "chain", node, selected: node })}` },
      h("span", { class: "issue-number", text: attribute(node, "number") || "" }), h("span", { class: "issue-title" }, h("span", { text: labelOf(node) })), sign("right"))))));
}
