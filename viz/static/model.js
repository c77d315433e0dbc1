// The graph of the page: columns as embedded, and what every view asks of them.

/** @typedef {{from: number, to: number, relation: string, edge: number, act: number}} Link
 * A relation as drawn: `edge` is the position of the relation whose words prove it, `act` the action
 * node that it goes through (-1: none). */

const DATA = JSON.parse(byId("data").textContent);
const N = DATA.nodes;
const E = DATA.edges;
const COUNT = N.id.length;
const TEXT = DATA.text;
const KINDS = DATA.kinds.map((kind) => kind.name);

const kindOf = N.kind.map((k) => KINDS[k]);
const relationOf = E.relation.map((r) => DATA.relations[r]);
const indexOfId = new Map(N.id.map((id, i) => [id, i]));
const more = Object.fromEntries(Object.entries(N.more).map(([name, [places, values]]) =>
  [name, new Map(places.map((place, i) => [place, values[i]]))]));

/** An attribute of a node, or undefined. @param {number} node @param {string} name */
function attribute(node, name) {
  return more[name] && more[name].get(node);
}

const isInferred = (edge) => (E.flags[edge] & 1) === 1;
const isDependence = (edge) => (E.flags[edge] & 2) === 2;
const basisOf = (edge) => DATA.bases[E.flags[edge] >> 2] || (isInferred(edge) ? "inferred" : "stated");
const isDocument = (node) => kindOf[node] === "document" || kindOf[node] === "rule";
const ofKind = (kind) => byKind.get(kind) || [];

/** @type {Map<string, number[]>} */
const byKind = new Map();
for (let i = 0; i < COUNT; i++) push(byKind, kindOf[i], i);

/** @type {number[][]} */
const outEdges = Array.from({ length: COUNT }, () => []);
/** @type {number[][]} */
const inEdges = Array.from({ length: COUNT }, () => []);
for (let e = 0; e < E.from.length; e++) {
  if (E.place[e] === 0) E.place[e] = N.places[E.from[e]].slice(0, 2);
  outEdges[E.from[e]].push(e);
  inEdges[E.to[e]].push(e);
}

function push(map, key, value) {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Full IRI of a node. @param {number} node */
function iriOf(node) {
  const id = N.id[node];
  const prefix = DATA.prefixes[id[0]];
  return prefix === undefined ? id : prefix + id.slice(1);
}

const HIGH_UP = new Set(["notice", "aspect", "issue", "recommendation"]);

/**
 * All relations as drawn. An act's relations are drawn from its measure (`act` ≥ 0) as long as acts are
 * not shown; what is rolled up to issues and above would only repeat them and is left out.
 * @returns {Link[]}
 */
function findLinks() {
  const links = [];
  const through = new Set();
  for (let e = 0; e < E.from.length; e++) {
    const a = E.from[e];
    if (kindOf[a] !== "action") continue;
    for (const up of inEdges[a]) {
      if (relationOf[up] !== "hasAction") continue;
      links.push({ from: E.from[up], to: E.to[e], relation: relationOf[e], edge: e, act: a });
      through.add(`${E.from[up]} ${relationOf[e]} ${E.to[e]}`);
    }
  }
  for (let e = 0; e < E.from.length; e++) {
    const mirrored = isInferred(e) && isDocument(E.from[e]) && outEdges[E.to[e]].some((back) => E.to[back] === E.from[e] && !isInferred(back));
    if (mirrored) continue;
    const rolledUp = isInferred(e) && HIGH_UP.has(kindOf[E.from[e]]) && !relationOf[e].startsWith("has");
    if (rolledUp || through.has(`${E.from[e]} ${relationOf[e]} ${E.to[e]}`)) continue;
    links.push({ from: E.from[e], to: E.to[e], relation: relationOf[e], edge: e, act: -1 });
  }
  return links;
}

const LINKS = findLinks();
/** @type {Link[][]} */
const linksFrom = Array.from({ length: COUNT }, () => []);
/** @type {Link[][]} */
const linksTo = Array.from({ length: COUNT }, () => []);
for (const link of LINKS) {
  linksFrom[link.from].push(link);
  linksTo[link.to].push(link);
}

const CONTAINS = new Set(["hasAspect", "hasIssue", "hasSubIssue", "hasMeasure", "hasAction", "hasRecommendation"]);
const SEVERAL = ofKind("notice").length > 1;
const depends = (link) => isDependence(link.edge) || CONTAINS.has(link.relation);
const skipsAct = (link) => link.act >= 0;

/** The nodes that links of a kind lead to, each once. */
function targets(node, test) {
  return unique(linksFrom[node].filter(test).map((link) => link.to));
}

function unique(list) {
  return [...new Set(list)];
}

const measuresOf = (issue) => unique([
  ...targets(issue, (l) => l.relation === "hasMeasure"),
  ...targets(issue, (l) => l.relation === "hasSubIssue").flatMap((sub) => measuresOf(sub)),
]);
const documentsOf = (measure) => targets(measure, (l) => isDocument(l.to));
const madeBy = (measure) => documentsOf(measure).filter((d) => kindOf[d] === "document");
const bodiesOf = (node) => targets(node, (l) => kindOf[l.to] === "body");
const LEVELS = ["supreme", "high", "intermediate", "basic"];
const levelRank = (level) => LEVELS.indexOf(N.id[level].split("-").pop());
const levelsOf = (node) => unique(outEdges[node].map((e) => E.to[e]).filter((n) => kindOf[n] === "level")).sort((a, b) => levelRank(a) - levelRank(b));
const allLevels = () => [...ofKind("level")].sort((a, b) => levelRank(a) - levelRank(b));
const figuresOf = (node) => targets(node, (l) => kindOf[l.to] === "figure");
const restsOn = (document) => targets(document, (l) => isDocument(l.to) && depends(l));

/**
 * @typedef {{issue: number, aspect: number, subs: number[], own: number[], measures: number[], made: number[], relied: number[],
 *   bodies: number[], levels: number[]}} Dossier All that belongs to one issue. */

/** What measures bring with them, and what the issue has itself. */
function dossierOf(issue, measures) {
  const papers = unique([issue, ...measures].flatMap(documentsOf));
  const all = [...papers];
  for (let i = 0; i < all.length; i++) for (const next of restsOn(all[i])) if (!all.includes(next)) all.push(next);
  const made = papers.filter((d) => kindOf[d] === "document");
  return {
    issue, measures, made, relied: all.filter((d) => !made.includes(d)),
    bodies: unique([issue, ...measures].flatMap(bodiesOf)), levels: unique([issue, ...measures].flatMap(levelsOf)),
  };
}

/** All of an issue with its sub-issues; `own` are the measures that are not under a sub-issue. @returns {Dossier} */
function dossier(issue) {
  return {
    ...dossierOf(issue, measuresOf(issue)), aspect: aspectAbove(issue),
    subs: targets(issue, (l) => l.relation === "hasSubIssue"), own: targets(issue, (l) => l.relation === "hasMeasure"),
  };
}

/** The aspect of an issue, or of the issue that it is part of; -1 if it has none. */
function aspectAbove(issue) {
  for (let at = issue, steps = 0; steps < 9; steps++) {
    const up = linksTo[at].find((l) => l.relation === "hasIssue" || l.relation === "hasSubIssue");
    if (!up) return -1;
    if (up.relation === "hasIssue") return up.from;
    at = up.from;
  }
  return -1;
}

/** The notice that holds an aspect, issue, measure or claim; -1 if none does. */
function noticeOf(node) {
  let at = node;
  for (let steps = 0; steps < 9 && at >= 0 && kindOf[at] !== "notice"; steps++) {
    const up = linksTo[at].find((l) => CONTAINS.has(l.relation) || l.relation === "makesClaim");
    at = up ? up.from : -1;
  }
  return at;
}

/** How deep an issue lies under others: 0 for most. */
const depthOf = (issue) => linksTo[issue].filter((l) => l.relation === "hasSubIssue").map((l) => 1 + depthOf(l.from))[0] || 0;

/** @type {Map<number, Dossier>} */
const dossiers = new Map(ofKind("issue").map((issue) => [issue, dossier(issue)]));

/** Issues that a node belongs to, in reading order. @type {Map<number, number[]>} */
const issuesOf = new Map();
for (const [issue, all] of dossiers) {
  push(issuesOf, issue, issue);
  const mine = all.subs.length ? dossierOf(issue, all.own) : all;
  for (const node of unique([...mine.measures, ...mine.made, ...mine.relied, ...mine.bodies, ...mine.levels])) push(issuesOf, node, issue);
  for (const measure of mine.measures) {
    for (const link of linksFrom[measure]) {
      if (link.act >= 0 && !(issuesOf.get(link.act) || []).includes(issue)) push(issuesOf, link.act, issue);
    }
    for (const node of figuresOf(measure)) push(issuesOf, node, issue);
    for (const act of targets(measure, (l) => l.relation === "hasAction")) {
      if (!(issuesOf.get(act) || []).includes(issue)) push(issuesOf, act, issue);
    }
  }
}
for (const aspect of ofKind("aspect")) issuesOf.set(aspect, targets(aspect, (l) => l.relation === "hasIssue"));

/** Measures that name, make or rest on a document; measures that a body acts in. */
const measuresWith = (node) => unique(linksTo[node].map((l) => l.from).filter((n) => kindOf[n] === "measure"));
const issueByRef = new Map(ofKind("issue").map((i) => [String(attribute(i, "ref")), i]));
const aspectOf = (node) => unique((issuesOf.get(node) || []).map((i) => dossiers.get(i).aspect)).filter((a) => a >= 0);

/**
 * Nodes that can be reached along dependence, with the number of steps; shared kinds end a way.
 * @param {number} start @param {boolean} down true: what it rests on; false: what rests on it
 * @returns {Map<number, number>}
 */
function reach(start, down) {
  const steps = new Map([[start, 0]]);
  const queue = [start];
  for (const node of queue) {
    if (node !== start && (kindOf[node] === "body" || kindOf[node] === "level" || kindOf[node] === "notice")) continue;
    for (const link of down ? linksFrom[node] : linksTo[node]) {
      const next = down ? link.to : link.from;
      if (!depends(link) || steps.has(next) || kindOf[next] === "action" || kindOf[next] === "notice") continue;
      steps.set(next, steps.get(node) + 1);
      queue.push(next);
    }
  }
  steps.delete(start);
  return steps;
}
