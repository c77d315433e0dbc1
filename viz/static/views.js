// What each view draws: which nodes, which links, where.

/**
 * @typedef {{key: string, boxes: Map<number, Box>, ways: Map<object, Box[]>, links: (Link & {bridge?: boolean})[], columns: Column[], compact: boolean,
 *   verdicts: Map<number, {verdict: string}>, quiet: Set<number>, gap?: number, left?: number}} Scene
 * `quiet`: nodes whose links are drawn only when chosen. */

const CHAIN_KINDS = ["issue", "recommendation", "measure", "document", "rule"];

/** Kinds drawn in a view, before the reader switches any on or off. */
function defaultKinds(view) {
  if (view === "all") return DATA.kinds.filter((kind) => kind.shown).map((kind) => kind.name);
  return view === "path" ? KINDS : CHAIN_KINDS;
}

/** @returns {Set<string>} kinds drawn now */
function drawnKinds() {
  const kinds = new Set(defaultKinds(state.view));
  if (["chain", "impact", "path"].includes(state.view)) for (const node of [state.node, state.to]) if (node >= 0) kinds.add(kindOf[node]);
  for (const mark of state.filters.kind || []) {
    if (mark.startsWith("-")) kinds.delete(mark.slice(1));
    else kinds.add(mark);
  }
  return kinds;
}

/** Nodes that a view is about, whatever their kind. @returns {number[]} */
function nodesOfView() {
  if (state.view === "issue") return nodesOfIssue(issueByRef.get(state.ref));
  if (state.view === "chain") return nodesOfChain(state.node);
  if (state.view === "impact") return [state.node, ...judge(state.node).keys()];
  if (state.view === "path") return state.to >= 0 ? (findPath(state.node, state.to) || [state.node, state.to]) : [state.node];
  return Array.from({ length: COUNT }, (_, i) => i);
}

function nodesOfIssue(issue) {
  const all = dossiers.get(issue);
  const acts = all.measures.flatMap((m) => targets(m, (l) => l.relation === "hasAction"));
  const shared = unique([...all.measures, ...all.made, ...all.relied, ...acts].flatMap((n) => [...bodiesOf(n), ...levelsOf(n)]));
  return unique([issue, ...subIssues(issue), ...all.measures, ...acts, ...all.made, ...all.relied, ...all.measures.flatMap(figuresOf), ...shared]);
}

const subIssues = (issue) => dossiers.get(issue).subs.flatMap((sub) => [sub, ...subIssues(sub)]);

function nodesOfChain(node) {
  const [up, down] = [state.way !== "down", state.way !== "up"];
  const found = unique([node, ...(up ? reach(node, false).keys() : []), ...(down ? reach(node, true).keys() : [])]);
  const sides = [...(down ? linksFrom[node] : []), ...(up ? linksTo[node] : [])].map((l) => (l.from === node ? l.to : l.from));
  const near = kindOf[node] === "body" || kindOf[node] === "level" ? sides : sides.filter((n) => !HIGH_UP.has(kindOf[n]) || found.includes(n));
  const all = unique([...found, ...near]);
  const acts = all.filter((n) => kindOf[n] === "measure").flatMap((m) => targets(m, (l) => l.relation === "hasAction"));
  const homes = kindOf[node] === "body" || kindOf[node] === "level" ? unique(all.flatMap((n) => (kindOf[n] === "measure" ? issuesOf.get(n) || [] : []))) : [];
  return unique([...all, ...homes, ...acts, ...all.flatMap(bodiesOf)]).filter((n) => kindOf[n] !== "notice");
}

/** Kinds that are no way between two things, strictest first: nearly all share a body, an aspect or a level. */
const NO_WAY = [["level", "notice", "inspection", "aspect", "body"], ["level", "notice", "inspection", "aspect"], ["level", "notice", "inspection"], []];

/** The most telling short way between two nodes, along any relation. @returns {number[]|null} */
function findPath(from, to) {
  for (const closed of NO_WAY) {
    const way = findWay(from, to, new Set(closed));
    if (way) return way;
  }
  return null;
}

function findWay(from, to, closed) {
  const came = new Map([[from, -1]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) break;
    if (node !== from && closed.has(kindOf[node])) continue;
    const next = [...linksFrom[node].map((l) => l.to), ...linksTo[node].map((l) => l.from)];
    for (const n of next) {
      if (came.has(n) || kindOf[n] === "action" && n !== to && from !== n) continue;
      came.set(n, node);
      queue.push(n);
    }
  }
  if (!came.has(to)) return null;
  const way = [];
  for (let node = to; node >= 0; node = came.get(node)) way.unshift(node);
  return way;
}

/** @returns {Scene} */
function makeScene() {
  const kinds = drawnKinds();
  const about = nodesOfView();
  const fitting = about.filter((n) => kinds.has(kindOf[n]) && (passes(n) || n === state.node));
  const shown = new Set(fitting.length > MOST_DRAWN ? fewer(fitting) : fitting);
  const links = withoutShortcuts(linksAmong(shown, about, kinds.has("action")), shown);
  const verdicts = state.view === "impact" ? judge(state.node) : new Map();
  const planned = state.view === "all" && [...shown].every((n) => DATA.kinds[N.kind[n]].shown);
  const scene = planned ? plannedScene(shown, links) : columnScene(shown, links, verdicts);
  return { ...scene, links, verdicts, quiet: new Set(state.view === "all" ? [...shown].filter((n) => kindOf[n] === "body" || kindOf[n] === "level") : []), key: sceneKey(), left: fitting.length - shown.size };
}

/** More boxes than these help nobody, and slow the picture. */
const MOST_DRAWN = 2000;

/** Of a picture that is too large: aspects and issues, or the first of them. */
function fewer(nodes) {
  const heads = nodes.filter((n) => kindOf[n] === "aspect" || kindOf[n] === "issue");
  return heads.length && heads.length <= MOST_DRAWN ? heads : nodes.sort((a, b) => N.y[a] - N.y[b] || a - b).slice(0, MOST_DRAWN);
}

const sceneKey = () => [state.view, state.ref, state.node, state.to, state.way, lang, JSON.stringify(state.filters)].join("|");

/**
 * A measure that follows a rule, and makes a document by that rule: the picture shows the way over the
 * document; the direct relation is told beside it.
 */
function withoutShortcuts(links, shown) {
  if (state.view !== "issue") return links;
  return links.filter((l) => !(kindOf[l.from] === "measure" && kindOf[l.to] === "rule" && linksFrom[l.from].some((made) => shown.has(made.to) && kindOf[made.to] === "document" && restsOn(made.to).includes(l.to))));
}

/** Links between shown nodes, and dashed bridges over kinds that are switched off. */
function linksAmong(shown, about, withActs) {
  const relations = new Set(state.filters.relation || []);
  const bases = new Set(state.filters.basis || []);
  const fits = (l) => (!relations.size || relations.has(l.relation) || CONTAINS.has(l.relation)) && (!bases.size || bases.has(basisOf(l.edge)) || CONTAINS.has(l.relation));
  const found = LINKS.filter((l) => shown.has(l.from) && shown.has(l.to) && fits(l) && (withActs ? !(skipsAct(l) && shown.has(l.act)) : true));
  if (state.view === "path") return found.filter((l) => Math.abs(about.indexOf(l.from) - about.indexOf(l.to)) === 1);
  return [...found, ...bridges(shown, new Set(about), found)];
}

function bridges(shown, about, found) {
  const direct = new Set(found.map((l) => `${l.from} ${l.to}`));
  const joined = [];
  for (const from of shown) {
    const queue = linksFrom[from].filter((l) => depends(l) && about.has(l.to) && !shown.has(l.to) && kindOf[l.to] !== "action").map((l) => l.to);
    const seen = new Set(queue);
    for (const middle of queue) {
      for (const l of linksFrom[middle]) {
        if (!depends(l) || seen.has(l.to) || !about.has(l.to) || kindOf[l.to] === "action") continue;
        seen.add(l.to);
        if (!shown.has(l.to)) { queue.push(l.to); continue; }
        const key = `${from} ${l.to}`;
        if (l.to !== from && !direct.has(key)) { direct.add(key); joined.push({ from, to: l.to, relation: "bridge", edge: -1, act: -1, bridge: true }); }
      }
    }
  }
  return joined;
}

/** The whole picture, placed beforehand. */
function plannedScene(shown, links) {
  const boxes = new Map();
  for (const node of shown) {
    const box = card(node, CARD.width, { most: CARD.lines });
    box.x = N.x[node];
    box.y = N.y[node];
    boxes.set(node, box);
  }
  return { boxes, ways: freeWays(boxes, links), compact: true, columns: columnHeads(boxes) };
}

/** For links that pass over columns of the whole picture: a straight way at the height of one of their ends, where one is free. */
function freeWays(boxes, links) {
  const columns = new Map();
  for (const box of boxes.values()) push(columns, box.x, box);
  const xs = [...columns.keys()].sort((a, b) => a - b);
  const free = (x, y) => columns.get(x).every((box) => Math.abs(box.y - y) > box.h / 2 + 3);
  const ways = new Map();
  for (const link of links) {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    const between = xs.filter((x) => x > from.x && x < to.x);
    const y = between.length ? [to.y, from.y].find((height) => between.every((x) => free(x, height))) : undefined;
    if (y !== undefined) ways.set(link, between.map((x) => ({ x, y, w: CARD.width, h: 0 })));
  }
  return ways;
}

function columnScene(shown, links, verdicts) {
  const many = shown.size > 120;
  const steps = state.view === "path" && state.to >= 0 ? new Map(nodesOfView().map((node, i) => [node, i])) : null;
  const columnOf = (node) => (steps && steps.has(node) ? steps.get(node) : N.column[node]);
  const ranks = unique([...shown].map(columnOf)).length;
  const gap = many ? 80 : 96;
  const width = many ? CARD.width : Math.max(204, Math.min(290, (stageWidth() - 64 - gap * (ranks - 1)) / ranks));
  const list = [...shown].sort((a, b) => columnOf(a) - columnOf(b) || a - b)
    .map((node) => card(node, width, many ? { most: CARD.lines } : cardWords(node, verdicts.get(node))));
  const ways = arrange(list, links, columnOf, gap);
  if (state.view === "issue") raiseIssue(list);
  const boxes = new Map(list.map((box) => [box.node, box]));
  return { boxes, ways, gap, compact: many, columns: columnHeads(boxes) };
}

/** Of a picture higher than the window, the issue stands where it is seen first. */
function raiseIssue(list) {
  const issue = list.find((box) => box.node === issueByRef.get(state.ref));
  const top = Math.min(...list.map((box) => box.y - box.h / 2));
  if (issue) issue.y = Math.min(issue.y, top + Math.max(200, byId("stage").clientHeight * 0.36));
}

const stageWidth = () => byId("stage").clientWidth || window.innerWidth;

/** @param {Map<number, Box>} boxes @returns {Column[]} */
function columnHeads(boxes) {
  const heads = new Map();
  for (const box of boxes.values()) push(heads, box.x, box);
  return [...heads].sort((a, b) => a[0] - b[0]).map(([x, column]) => {
    const kinds = unique(column.map((box) => kindOf[box.node]));
    return { x, w: Math.max(...column.map((b) => b.w)), title: kinds.slice(0, 2).map((kind) => kindName(kind, true)).join(lang === "zh" ? "、" : ", "), count: column.length };
  });
}

/** What is printed before a measure, where it says something: no ● and no —. */
const markerWords = (node) => (/[\p{L}\p{N}]/u.test(attribute(node, "marker") || "") ? attribute(node, "marker") : undefined);

/** Small words above and below the title of a card. */
function cardWords(node, judged) {
  const kind = kindOf[node];
  const verdict = judged ? verdictName(judged.verdict) : "";
  const status = attribute(node, "status");
  const dot = (...parts) => parts.filter(Boolean).join(" · ");
  if (kind === "issue") return { over: dot(verdict, t("issue-n", { n: attribute(node, "ref") })), foot: state.view === "issue" ? "" : progress(node).words };
  if (kind === "measure") return { over: dot(verdict, markerWords(node), status && term(status)), foot: dot(levelWords(node), bodyWords(node)) };
  if (kind === "action") return { over: verdict || kindName(kind), most: 4 };
  if (isDocument(node)) {
    const issuer = targets(node, (l) => l.relation === "issuedBy").map(shortBody)[0];
    const here = issueByRef.get(state.ref);
    const others = (issuesOf.get(node) || []).filter((i) => state.view !== "issue" || (i !== here && !subIssues(here).includes(i)));
    const also = others.length && state.view === "issue" ? t("also-issues", { list: others.slice(0, 4).map((i) => attribute(i, "ref")).join(lang === "zh" ? "、" : ", ") }) : "";
    return { over: dot(verdict, attribute(node, "awaited") ? t("awaited") : status && term(status), attribute(node, "isTrial") && t("trial"), attribute(node, "documentNumber")), foot: dot(levelWords(node), issuer, also) };
  }
  return { over: verdict || (kind === "body" ? term(DATA.types[N.type[node]]) : kindName(kind)), most: 4 };
}

/** Bodies that answer for a measure, then others. */
function bodyWords(measure) {
  const roles = linksFrom[measure].filter((l) => kindOf[l.to] === "body");
  const first = unique(roles.filter((l) => l.relation === "responsibleOrganization" || l.relation === "leadOrganization").map((l) => l.to));
  const names = (first.length ? first : unique(roles.map((l) => l.to))).map(shortBody);
  return names.length > 2 ? t("and-others", { names: names.slice(0, 2).join(lang === "zh" ? "、" : ", "), count: names.length }) : names.join(lang === "zh" ? "、" : ", ");
}

/** Levels in a few words: 三级法院 where it is all three. */
function levelWords(node) {
  const levels = levelsOf(node);
  const set = `levels.${levels.map((level) => LEVELS[levelRank(level)]).join("-")}`;
  return DATA.strings[set] ? t(set) : levels.map(levelName).join("/");
}


const bodyNames = new Set(ofKind("body").map((node) => N.label[node]));

/** A department without the name of the body it belongs to, which is the same on every card. */
function shortBody(node) {
  const label = labelOf(node);
  for (let end = label.length - 2; end > 2; end--) if (bodyNames.has(label.slice(0, end))) return label.slice(end);
  return label;
}

/** How far an issue is, told by its own status or by those of its measures. */
function progress(issue) {
  const own = attribute(issue, "status");
  const { measures } = dossiers.get(issue);
  if (own) return { state: own, words: term(own) };
  const count = (name) => measures.filter((m) => attribute(m, "status") === name).length;
  if (!measures.length) return { state: "", words: t("no-measures") };
  const open = count("status-in-progress");
  if (open) return { state: "status-in-progress", words: t("n-open", { count: open }) };
  if (count("status-planned")) return { state: "status-planned", words: t("n-planned", { count: count("status-planned") }) };
  if (count("status-continuous")) return { state: "status-continuous", words: t("n-continuous", { count: count("status-continuous") }) };
  return count("status-completed") === measures.length ? { state: "status-completed", words: t("all-done") } : { state: "", words: t("not-said") };
}
