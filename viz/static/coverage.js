// Coverage: which issue reaches which level of court, and what kinds of documents it brought.

/** Kind of a document, as the graph says. */
const genreOf = (document) => attribute(document, "documentType") || "";
const genreName = (name) => (name ? term(name) : t("no-genre"));

/** @returns {{title: string, key: string, columns: [string, string][], cell: (issue: number, key: string) => number[]}[]} */
function matrices() {
  const genres = unique([...ofKind("document")].map(genreOf));
  const count = (genre) => ofKind("document").filter((d) => genreOf(d) === genre).length;
  genres.sort((a, b) => Number(!a) - Number(!b) || count(b) - count(a) || (a < b ? -1 : 1));
  return [
    { key: "levels", title: t("issues-by-level"), columns: allLevels().map((l) => [String(l), labelOf(l)]), cell: (issue, key) => dossiers.get(issue).measures.filter((m) => levelsOf(m).includes(Number(key))) },
    { key: "genres", title: t("issues-by-genre"), columns: genres.map((g) => [g, genreName(g)]), cell: (issue, key) => dossiers.get(issue).made.filter((d) => genreOf(d) === key) },
  ];
}

function renderCoverage() {
  const issues = ofKind("issue").filter(passes);
  put(byId("coverage"), h("div", { class: "page-head" }, h("h1", { text: t("coverage") }), h("div", { class: "page-tools" }, filterButton())), filterLine(),
    h("p", { class: "lead", text: t("coverage-lead") }),
    ...matrices().filter((m) => m.columns.length).map((m) => matrix(m, issues)));
}

function matrix({ key, title, columns, cell }, issues) {
  const cells = issues.map((issue) => columns.map(([column]) => cell(issue, column)));
  const most = Math.max(1, ...cells.flat().map((list) => list.length));
  const totals = columns.map((_, c) => unique(cells.flatMap((row) => row[c])).length);
  const head = h("tr", {}, h("th", { scope: "col", text: kindName("issue") }), ...columns.map(([, name], c) => h("th", { scope: "col", class: "turn" }, h("span", { text: name }), h("span", { class: "count", text: number(totals[c]) }))));
  const row = (issue, r) => h("tr", { class: cells[r].every((list) => !list.length) ? "bare" : null },
    h("th", { scope: "row" }, h("a", { href: `#issue=${quote(attribute(issue, "ref"))}`, class: "row-link" }, glyph("issue", attribute(issue, "ref")), h("span", { text: labelOf(issue) }))),
    ...cells[r].map((list, c) => h("td", { class: list.length ? `heat heat-${Math.ceil(4 * list.length / most)}` : "heat" }, list.length
      ? h("button", { type: "button", onclick: () => showCell(list), "aria-label": `${labelOf(issue)} · ${columns[c][1]}: ${list.length}`, text: number(list.length) }) : null)));
  return h("section", { class: "matrix", "aria-labelledby": `matrix-${key}` }, h("h2", { id: `matrix-${key}`, text: title }),
    h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": t("scrolls", { name: title }) }, h("table", { class: "table heat-table" }, h("thead", {}, head), fillLazily(h("tbody", {}), issues.map((issue, r) => ({ issue, r })), ({ issue, r }) => row(issue, r), 200))));
}

/** Show what a cell counts: the one thing, or a list of them. */
function showCell(list) {
  if (list.length === 1) return select(list[0]);
  go({ selected: -1, edge: -1, text: false });
  const side = byId("side");
  side.hidden = false;
  document.body.classList.add("with-side");
  put(byId("side-head"), h("h2", { class: "side-title", text: t("n-items", { count: list.length }) }), h("button", { type: "button", class: "icon", id: "side-close", "aria-label": t("close"), onclick: () => render(state) }, sign("close")));
  byId("side-text").hidden = true;
  put(byId("side-details"), h("ul", { class: "neighbours" }, ...list.map((n) => h("li", {}, nodeLink(n)))));
  byId("side-close").focus();
}
