// Filters: kinds as a row of signs above the picture, the others in a drawer; one set of rules for every view.

/** Facets of the drawer: how their values are found and called. */
const DRAWER = {
  aspect: { values: () => ofKind("aspect").map(String), name: (v) => labelOf(Number(v)), of: (node) => aspectOf(node).map(String) },
  status: { values: () => statusValues(), name: term, of: (node) => [attribute(node, "status")].filter(Boolean) },
  level: { values: () => allLevels().map(String), name: (v) => labelOf(Number(v)), of: (node) => levelsOf(node).map(String) },
  body: { values: () => ofKind("body").map(String), name: (v) => labelOf(Number(v)), of: (node) => bodiesOf(node).map(String) },
  relation: { values: () => unique(LINKS.map((l) => l.relation)).filter((r) => !CONTAINS.has(r)).sort(), name: term, of: (node) => linksFrom[node].concat(linksTo[node]).map((l) => l.relation) },
  basis: { values: () => unique(LINKS.map((l) => basisOf(l.edge))).sort(), name: (v) => t(`basis.${v}`), of: (node) => linksFrom[node].concat(linksTo[node]).map((l) => basisOf(l.edge)) },
};
/** In the address, nodes are named by id, not by position. */
const NODE_FACETS = new Set(["aspect", "level", "body"]);
const FILTERED = new Set(["issue", "measure", "action", "document", "rule"]);
const ownValues = Object.fromEntries(Object.keys(DRAWER).map((facet) => [facet, new Map()]));

function statusValues() {
  const used = unique([...(more.status ? more.status.values() : [])]);
  const rank = (name) => (name.startsWith("status-doc") ? 2 : name.startsWith("status-item") ? 0 : 1);
  return used.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const valuesOf = (node, facet) => {
  const known = ownValues[facet];
  if (!known.has(node)) known.set(node, new Set(DRAWER[facet].of(node)));
  return known.get(node);
};

/** Chosen values of a facet, as positions for facets of nodes. @returns {Set<string>} */
function chosen(facet) {
  const values = state.filters[facet] || [];
  return new Set(NODE_FACETS.has(facet) ? values.map((id) => String(indexOfId.get(id))) : values);
}

let activeFilters = [];
let passed = new Map();

/** Read the filters of the address; `without` leaves one facet out, for counting. */
function readFilters(without) {
  activeFilters = Object.keys(DRAWER).filter((f) => f !== without && chosen(f).size).map((facet) => ({ facet, wanted: chosen(facet) }));
  passed = new Map();
}

/** Does a node stay under the filters? Kinds that no filter speaks of always stay. @param {number} node */
function passes(node) {
  if (!activeFilters.length || !FILTERED.has(kindOf[node])) return true;
  if (!passed.has(node)) passed.set(node, activeFilters.every(({ facet, wanted }) => fits(node, facet, wanted)));
  return passed.get(node);
}

/**
 * An issue fits if one of its measures does; a document if it does itself, or, where the filter speaks only of
 * measures, if one of its measures does.
 */
function fits(node, facet, wanted) {
  const has = (n) => [...valuesOf(n, facet)].some((value) => wanted.has(value));
  const kind = kindOf[node];
  if (has(node)) return true;
  if (facet === "aspect") return false;
  if (kind === "issue") return dossiers.get(node).measures.some((m) => fits(m, facet, wanted));
  if (kind === "measure") return facet !== "status" || onlyDocuments(wanted) ? documentsOf(node).some(has) : false;
  if (kind === "action") return measuresOfAct(node).some((m) => fits(m, facet, wanted));
  if (facet === "status" && [...wanted].some((v) => v.startsWith("status-doc"))) return false;
  return measuresWith(node).some(has);
}

const onlyDocuments = (wanted) => [...wanted].every((value) => value.startsWith("status-doc"));
const measuresOfAct = (act) => linksTo[act].map((l) => l.from);

/** How many measures and documents would be left for each value of a facet. @returns {Map<string, number>} */
function countValues(facet) {
  readFilters(facet);
  const counts = new Map();
  for (const kind of facet === "aspect" ? ["issue"] : ["measure", "document", "rule"]) {
    for (const node of ofKind(kind)) {
      if (passes(node)) for (const value of valuesOf(node, facet)) counts.set(value, (counts.get(value) || 0) + 1);
    }
  }
  readFilters();
  return counts;
}

const filtersOn = () => Object.keys(DRAWER).reduce((sum, facet) => sum + (state.filters[facet] || []).length, 0);

function toggleFilter(facet, value) {
  const id = NODE_FACETS.has(facet) ? N.id[Number(value)] : value;
  const now = state.filters[facet] || [];
  const next = now.includes(id) ? now.filter((v) => v !== id) : [...now, id];
  go({ filters: { ...state.filters, [facet]: next } });
}

function clearFilters() {
  go({ filters: {} });
}

/** The drawer with all facets but kind. */
function renderFilters() {
  const drawer = byId("filters");
  drawer.hidden = !drawerOpen;
  if (!drawerOpen) return;
  const focused = document.activeElement && document.activeElement.id;
  const groups = Object.keys(DRAWER).map((facet) => facetGroup(facet)).filter(Boolean);
  const scroll = drawer.scrollTop;
  put(drawer,
    h("div", { class: "side-head" }, h("h2", { text: t("filters") }), h("button", { class: "icon", type: "button", "aria-label": t("close"), onclick: () => openDrawer(false) }, sign("close"))),
    h("button", { class: "button", type: "button", disabled: !filtersOn() && !(state.filters.kind || []).length, onclick: clearFilters, text: t("clear-all") }), ...groups);
  drawer.scrollTop = scroll;
  if (focused && byId(focused)) byId(focused).focus();
}

function facetGroup(facet) {
  const wanted = chosen(facet);
  const counts = countValues(facet);
  const values = DRAWER[facet].values().filter((v) => counts.get(v) || wanted.has(v));
  if (values.length < 2 && !wanted.size) return null;
  if (facet === "body" || facet === "relation") values.sort((a, b) => (counts.get(b) || 0) - (counts.get(a) || 0));
  const row = (value, i) => {
    const id = `f-${facet}-${i}`;
    const box = h("input", { type: "checkbox", id, onchange: () => toggleFilter(facet, value) });
    box.checked = wanted.has(value);
    return h("li", {}, box, h("label", { for: id }, h("span", { text: DRAWER[facet].name(value) }), h("span", { class: "count", text: number(counts.get(value) || 0) })));
  };
  const list = h("ul", { class: "facet" }, ...values.map(row));
  return h("details", { class: "facet-group", open: facet !== "body" || wanted.size > 0 }, h("summary", {}, h("span", { text: t(`facet.${facet}`) }), wanted.size ? h("span", { class: "count on", text: number(wanted.size) }) : null), list);
}

let drawerOpen = false;

function openDrawer(open) {
  drawerOpen = open;
  render(state);
  const button = byId("filter-button");
  if (open) byId("filters").querySelector("button").focus();
  else if (button) button.focus();
}

/** Signs of the kinds with counts: legend and filter in one. */
function renderLegend() {
  const about = nodesOfView();
  const counts = new Map();
  for (const node of about) if (passes(node)) counts.set(kindOf[node], (counts.get(kindOf[node]) || 0) + 1);
  const drawn = drawnKinds();
  const usual = new Set(defaultKinds(state.view));
  const chip = (kind) => h("button", {
    type: "button", class: "chip", "aria-pressed": String(drawn.has(kind)), "data-kind": kind,
    onclick: () => toggleKind(kind, drawn.has(kind), usual.has(kind)),
  }, glyph(kind), h("span", { text: kindName(kind, true) }), h("span", { class: "count", text: number(counts.get(kind)) }));
  const kinds = KINDS.filter((kind) => counts.get(kind) && !["notice", "inspection", "claim", "check"].includes(kind) || counts.get(kind) && drawn.has(kind));
  put(byId("legend"), ...kinds.map(chip), filterButton());
}

function filterButton() {
  const on = filtersOn();
  return h("button", { type: "button", class: "chip filter-button", id: "filter-button", "aria-expanded": String(drawerOpen), "aria-controls": "filters", onclick: () => openDrawer(!drawerOpen) },
    sign("filter"), h("span", { text: t("filters") }), on ? h("span", { class: "count on", text: number(on) }) : null);
}

function toggleKind(kind, on, usual) {
  const rest = (state.filters.kind || []).filter((mark) => mark !== kind && mark !== `-${kind}`);
  if (on && usual) rest.push(`-${kind}`);
  else if (on !== usual || !on) rest.push(kind);
  const keep = rest.filter((mark) => !(mark === kind && usual));
  go({ filters: { ...state.filters, kind: keep } });
}

/** A line that says which filters are on, with a way to take each away. */
function filterLine() {
  const on = Object.keys(DRAWER).flatMap((facet) => [...chosen(facet)].map((value) => [facet, value]));
  if (!on.length) return null;
  return h("div", { class: "filter-line" }, h("span", { class: "muted", text: t("filtered-by") }),
    ...on.map(([facet, value]) => h("button", { type: "button", class: "tag-button", onclick: () => toggleFilter(facet, value), "aria-label": t("remove-filter", { name: DRAWER[facet].name(value) }) }, h("span", { text: DRAWER[facet].name(value) }), sign("close"))),
    h("button", { type: "button", class: "link", onclick: clearFilters, text: t("clear-all") }));
}
