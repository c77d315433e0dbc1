// Tables beside the picture: the same filters, sortable, as CSV to copy or keep.

const listWords = (nodes, name) => nodes.map(name || labelOf).join(lang === "zh" ? "、" : "; ");
const issueRefs = (node) => (issuesOf.get(node) || []).map((i) => attribute(i, "ref")).join(lang === "zh" ? "、" : ", ");

/**
 * Columns of each table: name, value of a row; numbers sort as numbers. `node` columns link to the node.
 * @type {Object<string, {rows: () => number[], columns: [string, (node: number) => *, string?][]}>}
 */
const TABLE = {
  issue: {
    rows: () => ofKind("issue"),
    columns: [
      ["col.number", (n) => attribute(n, "ref")], ["kind.issue", labelOf, "node"], ["kind.aspect", (n) => (dossiers.get(n).aspect >= 0 ? labelOf(dossiers.get(n).aspect) : ""), "list"],
      ["kind.measure", (n) => dossiers.get(n).measures.length], ["kind.document", (n) => dossiers.get(n).made.length], ["kind.rule", (n) => dossiers.get(n).relied.length],
      ["kind.body", (n) => listWords(dossiers.get(n).bodies, shortBody), "list"], ["kind.level", (n) => listWords(dossiers.get(n).levels), "list"], ["col.progress", (n) => progress(n).words],
    ],
  },
  measure: {
    rows: () => ofKind("measure"),
    columns: [
      ["kind.issue", issueRefs], ["col.number", (n) => attribute(n, "number")], ["kind.measure", labelOf, "node"], ["facet.status", (n) => statusWords(n)],
      ["kind.document", (n) => listWords(madeBy(n)), "list"], ["kind.rule", (n) => listWords(documentsOf(n).filter((d) => kindOf[d] === "rule")), "list"],
      ["kind.body", (n) => listWords(bodiesOf(n), shortBody), "list"], ["kind.level", (n) => listWords(levelsOf(n)), "list"], ["kind.figure", (n) => figuresOf(n).length],
    ],
  },
  document: {
    rows: () => [...ofKind("document"), ...ofKind("rule")].sort((a, b) => (N.places[a][0] || 0) - (N.places[b][0] || 0)),
    columns: [
      ["documents", labelOf, "node"], ["col.use", (n) => unique(linksTo[n].filter((l) => !isDocument(l.from)).map((l) => term(l.relation))).join(lang === "zh" ? "、" : ", ")],
      ["facet.status", (n) => statusWords(n)], ["col.issuer", (n) => listWords(targets(n, (l) => l.relation === "issuedBy")), "list"],
      ["col.rests", (n) => listWords(restsOn(n)), "list"], ["col.carries", (n) => [...reach(n, false).keys()].filter((m) => kindOf[m] === "measure").length],
      ["kind.issue", issueRefs], ["kind.level", (n) => listWords(levelsOf(n))],
    ],
  },
  body: {
    rows: () => [...ofKind("body")].sort((a, b) => measuresWith(b).length - measuresWith(a).length || a - b),
    columns: [
      ["kind.body", labelOf, "node"], ["col.type", (n) => term(DATA.types[N.type[n]])], ["col.responsible", (n) => measuresWith(n).filter((m) => linksFrom[m].some((l) => l.to === n && (l.relation === "responsibleOrganization" || l.relation === "leadOrganization"))).length],
      ["kind.measure", (n) => measuresWith(n).length], ["col.issued", (n) => unique(linksTo[n].filter((l) => l.relation === "issuedBy").map((l) => l.from)).length], ["kind.issue", issueRefs],
    ],
  },
};

const OF_NOTICE = ["kind.notice", noticeName, "list"];

/** The columns of a table; of several notices also which one an issue or a measure is of. */
function columnsOf(name) {
  const { columns } = TABLE[name];
  return SEVERAL && (name === "issue" || name === "measure") ? [...columns, OF_NOTICE] : columns;
}

const statusWords = (node) => [attribute(node, "status") && term(attribute(node, "status")), attribute(node, "isTrial") && t("trial"), attribute(node, "awaited") && t("awaited")].filter(Boolean).join(lang === "zh" ? "、" : ", ");
/** The name of a column: of counts and lists in the plural, where the language has one. */
const columnName = (key, many) => (key.startsWith("kind.") ? kindName(key.slice(5), many && key !== "kind.aspect") : t(key));

/** Rows of a table under the filters, in the order of the address. */
function tableRows(name) {
  const { rows } = TABLE[name];
  const columns = columnsOf(name);
  const wanted = chosen("body");
  let nodes = rows().filter((n) => (name === "body" ? (!wanted.size || wanted.has(String(n))) && (!filtersOn() || measuresWith(n).some(passes) || wanted.has(String(n))) : passes(n)));
  const [key, down] = state.sort.split(":");
  const at = columns.findIndex(([one]) => one === key);
  if (at >= 0) {
    const value = new Map(nodes.map((n) => [n, columns[at][1](n)]));
    nodes = [...nodes].sort((a, b) => compare(value.get(a), value.get(b)) * (down ? -1 : 1) || 0);
  }
  return nodes;
}

function compare(a, b) {
  const both = [a, b].map((v) => (typeof v === "number" ? v : /^\d+([.-]\d+)*$/.test(v || "") ? v : null));
  if (both.every((v) => v !== null)) {
    const [x, y] = both.map((v) => String(v).split(/[.-]/).map(Number));
    const at = x.findIndex((part, i) => part !== y[i]);
    return at < 0 ? x.length - y.length : x[at] - (at < y.length ? y[at] : -1);
  }
  return String(a || "").localeCompare(String(b || ""), lang === "zh" ? "zh-CN" : "en");
}

function renderTables() {
  const page = byId("tables");
  const name = state.table;
  const columns = columnsOf(name);
  const nodes = tableRows(name);
  const [sorted, down] = state.sort.split(":");
  const picker = h("div", { class: "switch", role: "group", "aria-label": t("tables") }, ...TABLES.map((one) => h("button", { type: "button", class: "switch-button", "aria-pressed": String(one === name), onclick: () => go({ table: one, sort: "" }), text: one === "document" ? t("documents") : kindName(one, true) })));
  const heads = columns.map(([key, , kind]) => h("th", { scope: "col", "aria-sort": sorted === key ? (down ? "descending" : "ascending") : "none", class: kind === "node" ? "wide" : nodes.length && typeof columns[columns.findIndex(([one]) => one === key)][1](nodes[0]) === "number" ? "number" : null },
    h("button", { type: "button", onclick: () => go({ sort: sorted === key ? (down ? "" : `${key}:down`) : key }, { quiet: true }) }, h("span", { text: columnName(key, kind !== "node") }), h("span", { class: "sort-sign", "aria-hidden": "true", text: sorted === key ? (down ? "↓" : "↑") : "" }))));
  const row = (node) => h("tr", { class: node === state.selected ? "chosen" : null, "data-node": node, onclick: (event) => { if (!event.target.closest("button, a") && !String(getSelection())) select(node); } },
    ...columns.map(([, value, kind]) => cellOf(value(node), kind === "node" && node, kind === "list")));
  const scroll = page.scrollTop;
  put(page, h("div", { class: "page-head" }, h("h1", { text: t("tables") }), picker,
    h("div", { class: "page-tools" }, filterButton(), h("button", { type: "button", class: "button", onclick: () => copyTable(name), text: t("copy-csv") }), h("button", { type: "button", class: "button", onclick: () => saveTable(name), text: t("save-csv") }))),
  filterLine(),
  h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": t("scrolls", { name: t("tables") }) }, h("table", { class: `table table-${name}` }, h("caption", { class: "unseen", text: `${name === "document" ? t("documents") : kindName(name, true)} (${number(nodes.length)})` }), h("thead", {}, h("tr", {}, ...heads)), fillLazily(h("tbody", {}), nodes, row, 300))),
  nodes.length ? h("p", { class: "muted", text: t("rows", { count: number(nodes.length) }) }) : h("p", { class: "empty", text: t("nothing-left") }));
  page.scrollTop = scroll;
}

function cellOf(value, node, list) {
  if (node !== false && node !== undefined) return h("th", { scope: "row", class: "wide" }, h("button", { type: "button", class: "row-link", onclick: () => select(node) }, glyph(kindOf[node], glyphNumber(node)), h("span", { text: value })));
  return h("td", { class: typeof value === "number" ? "number" : list && String(value).length > 8 ? "list" : null, text: typeof value === "number" ? number(value) : value === undefined ? "" : value });
}

/**
 * Rows as CSV that a spreadsheet opens as it is: byte order mark, and no cell that could be a formula.
 * @param {*[][]} rows @returns {string}
 */
function csv(rows) {
  const cell = (value) => {
    const words = value === undefined || value === null ? "" : String(value);
    const safe = typeof value !== "number" && /^[\s]*[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function tableCsv(name) {
  const columns = columnsOf(name);
  return csv([columns.map(([key, , kind]) => columnName(key, kind !== "node")), ...tableRows(name).map((n) => columns.map(([, value]) => value(n)))]);
}

function saveTable(name) {
  download(`rectify-${name}.csv`, new Blob([tableCsv(name)], { type: "text/csv;charset=utf-8" }));
}

function copyTable(name) {
  copyText(tableCsv(name).slice(1)).then(() => announce(t("copied")));
}
