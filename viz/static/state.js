// What is shown is kept in the address, so that back, forward, bookmarks and links work.

/**
 * @typedef {Object} State
 * @property {string} view overview, all, issue, chain, impact, path, tables, coverage or report
 * @property {string} ref the issue of view "issue"
 * @property {number} node the node of chain, impact and path
 * @property {number} to the other end of a path, -1 while it is being chosen
 * @property {string} event of view "impact": withdrawn, amended or replaced
 * @property {string} way of view "chain": up, down, or both ("")
 * @property {string} table the table of view "tables"
 * @property {string} sort column and direction of that table
 * @property {number} selected the chosen node, or -1
 * @property {number} edge the chosen relation, or -1
 * @property {boolean} text the notice is open beside the picture
 * @property {boolean} list the chain is shown as an indented list
 * @property {Object<string, string[]>} filters facet to chosen values
 */

const VIEWS = ["overview", "all", "issue", "chain", "impact", "path", "tables", "coverage", "report"];
const GRAPHS = new Set(["all", "issue", "chain", "impact", "path"]);
const FACETS = ["kind", "aspect", "relation", "status", "level", "body", "basis"];

/** @returns {State} */
function blank() {
  return { view: "overview", ref: "", node: -1, to: -1, event: "withdrawn", way: "", table: "issue", sort: "", selected: -1, edge: -1, text: false, list: false, filters: {} };
}

/** @type {State} */
let state = blank();

const quote = (words) => encodeURIComponent(words).replace(/%(2F|3A|40|7E|2C)/g, decodeURIComponent);

/** @param {State} s @returns {string} the part of the address after # */
function address(s) {
  const parts = [];
  const id = (node) => quote(N.id[node]);
  if (s.view === "issue") parts.push(`issue=${quote(s.ref)}`);
  else if (s.view === "chain") parts.push(`chain=${id(s.node)}`, ...(s.way ? [s.way] : []));
  else if (s.view === "impact") parts.push(`impact=${id(s.node)}`, ...(s.event === "withdrawn" ? [] : [`event=${s.event}`]));
  else if (s.view === "path") parts.push(`path=${id(s.node)}`, ...(s.to >= 0 ? [`to=${id(s.to)}`] : []));
  else if (s.view === "tables") parts.push(`tables=${s.table}`, ...(s.sort ? [`sort=${quote(s.sort)}`] : []));
  else if (s.view !== "overview") parts.push(s.view);
  if (s.edge >= 0) parts.push(`relation=${id(E.from[s.edge])}~~${relationOf[s.edge]}~~${id(E.to[s.edge])}`);
  else if (s.selected >= 0) parts.push(`node=${id(s.selected)}`);
  if (s.text) parts.push("text");
  if (s.list) parts.push("list");
  for (const facet of FACETS) {
    const values = s.filters[facet];
    if (values && values.length) parts.push(`${facet === "relation" ? "relations" : facet}=${values.map((v) => quote(v).replace(/,/g, "%2C")).join(",")}`);
  }
  return parts.join("&");
}

/** @param {string} hash @returns {State} */
function parse(hash) {
  const s = blank();
  const find = (word) => {
    const node = indexOfId.get(unquote(word));
    return node === undefined ? -1 : node;
  };
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const [name, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    if (name === "issue" && issueByRef.has(unquote(value))) Object.assign(s, { view: "issue", ref: unquote(value) });
    else if ((name === "chain" || name === "impact" || name === "path") && find(value) >= 0) Object.assign(s, { view: name, node: find(value) });
    else if ((name === "up" || name === "down") && !value) s.way = name;
    else if (name === "to") s.to = find(value);
    else if (name === "event" && EVENTS.includes(value)) s.event = value;
    else if (name === "tables") Object.assign(s, { view: "tables", table: TABLES.includes(value) ? value : "issue" });
    else if (name === "sort") s.sort = unquote(value);
    else if (name === "node") s.selected = find(value);
    else if (name === "relation") s.edge = findEdge(value.split("~~").map(unquote));
    else if (name === "text" || name === "list") s[name] = true;
    else if (name === "relations" || FACETS.includes(name)) s.filters[name === "relations" ? "relation" : name] = value.split(",").map(unquote).filter(Boolean);
    else if (VIEWS.includes(name) && !value && !["issue", "chain", "impact", "path"].includes(name)) s.view = name;
  }
  if (s.edge >= 0) s.selected = -1;
  return s;
}

function unquote(words) {
  try { return decodeURIComponent(words); } catch (error) { return words; }
}

/** @param {string[]} words from, relation, to */
function findEdge([from, relation, to]) {
  const source = indexOfId.get(from);
  if (source === undefined) return -1;
  const edge = outEdges[source].find((e) => relationOf[e] === relation && N.id[E.to[e]] === to);
  return edge === undefined ? -1 : edge;
}

const TABLES = ["issue", "measure", "document", "body"];

/**
 * Show something else. Steps are remembered for back and forward unless `quiet`.
 * @param {Partial<State>} change @param {{quiet?: boolean}} [how]
 */
function go(change, how) {
  const before = state;
  state = { ...state, ...change };
  if ("view" in change && !("way" in change)) state.way = "";
  if ("view" in change && !("selected" in change)) Object.assign(state, { selected: -1, edge: -1 });
  const hash = address(state);
  if (hash !== decodeSafely(location.hash)) {
    ownHash = hash;
    if (how && how.quiet) replaceHash(hash);
    else location.hash = hash;
  }
  render(before);
}

/** Choose a node in the present view, or nothing (-1). */
function select(node) {
  go({ selected: node, edge: -1 });
}

let ownHash = "";
const decodeSafely = (hash) => hash.replace(/^#/, "");

function replaceHash(hash) {
  try { history.replaceState(null, "", `#${hash}`); } catch (error) { location.hash = hash; }
}

/** In the frame of a notebook a link to # would lead to the notebook: the frame has no address of its own. */
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[href^='#']");
  if (!link || event.defaultPrevented || location.protocol !== "about:") return;
  event.preventDefault();
  location.hash = link.getAttribute("href");
});

window.addEventListener("hashchange", () => {
  if (decodeSafely(location.hash) === address(state)) return;
  const before = state;
  state = parse(location.hash);
  render(before);
});
