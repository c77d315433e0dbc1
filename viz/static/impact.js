// "If this document were withdrawn": the rules of kg/network/effects.py, told for every document on the page.

const EFFECTS = DATA.effects.order;
const EVENTS = ["withdrawn", "amended", "replaced"].filter((event) => DATA.effects.rules[event]);
const WHOLES = ["measure", "issue", "recommendation"];
const PARTS = new Set(DATA.effects.composition);
const worse = (one, other) => EFFECTS.indexOf(one) < EFFECTS.indexOf(other);
const judgements = new Map();

/**
 * The effect of the event in the address on every node that touches a document.
 * @param {number} document
 * @returns {Map<number, {verdict: string, next: number, relation: string, parts?: [number, number]}>}
 */
function judge(document) {
  const key = `${document} ${state.event}`;
  if (!judgements.has(key)) judgements.set(key, judgeAnew(document, DATA.effects.rules[state.event]));
  return judgements.get(key);
}

function judgeAnew(document, rules) {
  const touched = new Map();
  for (const e of inEdges[document]) {
    const verdict = rules[relationOf[e]];
    const source = E.from[e];
    if (!verdict || source === document || isShortcut(e)) continue;
    if (!touched.has(source) || worse(verdict, touched.get(source).verdict)) touched.set(source, { verdict, next: document, relation: relationOf[e] });
  }
  spread(document, touched);
  gather(document, touched);
  return touched;
}

/** A rolled-up relation says nothing that a part of its subject does not say better. */
function isShortcut(edge) {
  if (!isInferred(edge)) return false;
  const same = new Set([relationOf[edge], ...(DATA.effects.below[relationOf[edge]] || [])]);
  return outEdges[E.from[edge]].some((up) => PARTS.has(relationOf[up]) && outEdges[E.to[up]].some((e) => E.to[e] === E.to[edge] && same.has(relationOf[e])));
}

/** Weaken what rests, at any distance, on what breaks or is weakened. */
function spread(document, touched) {
  const queue = [...touched.keys()].filter((n) => ["breaks", "weakened"].includes(touched.get(n).verdict));
  for (const node of queue) {
    for (const e of inEdges[node]) {
      const source = E.from[e];
      if (!isDependence(e) || PARTS.has(relationOf[e]) || isShortcut(e) || source === document) continue;
      if (touched.has(source) && touched.get(source).verdict !== "stays") continue;
      touched.set(source, { verdict: "weakened", next: node, relation: relationOf[e] });
      queue.push(source);
    }
  }
}

/** Give a whole the effect that follows from its parts: measures first, then issues. */
function gather(document, touched) {
  const done = new Set();
  const visit = (whole) => {
    if (done.has(whole)) return;
    done.add(whole);
    const edges = outEdges[whole].filter((e) => PARTS.has(relationOf[e]));
    for (const e of edges) if (WHOLES.includes(kindOf[E.to[e]])) visit(E.to[e]);
    const verdicts = edges.map((e) => (touched.get(E.to[e]) || {}).verdict);
    const hit = edges.filter((e) => touched.has(E.to[e]));
    if (!hit.length || whole === document) return;
    const worst = hit.reduce((best, e) => (worse(touched.get(E.to[e]).verdict, touched.get(E.to[best]).verdict) ? e : best));
    const verdict = shared(verdicts);
    const parts = [verdicts.filter((v) => v && v !== "stays").length, verdicts.length];
    if (!touched.has(whole) || worse(verdict, touched.get(whole).verdict)) touched.set(whole, { verdict, next: E.to[worst], relation: relationOf[worst], parts });
    else touched.get(whole).parts = parts;
  };
  for (const kind of WHOLES) ofKind(kind).forEach(visit);
}

function shared(verdicts) {
  if (verdicts.every((v) => v === "breaks" || v === "undone")) return verdicts.includes("breaks") ? "breaks" : "undone";
  return verdicts.every((v) => !v || v === "stays") ? "stays" : "weakened";
}

const verdictName = (verdict) => DATA.effects.words[verdict][langIndex()];
const eventName = (event) => DATA.effects.events[event][langIndex()];

/** Why a node is judged so: an issue by its measures, a measure by its act, others by their own relation. */
function reasonOf(node, judged) {
  if (judged.parts && PARTS.has(judged.relation) && kindOf[judged.next] === "measure") return t("parts-hit", { hit: judged.parts[0], all: judged.parts[1] });
  const act = kindOf[judged.next] === "action" && judge(state.node).get(judged.next);
  if (act) return reasonOf(judged.next, act);
  const key = `why.${judged.relation}`;
  return t(DATA.strings[key] ? key : "because", { relation: term(judged.relation), target: labelOf(judged.next) });
}
