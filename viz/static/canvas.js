// The picture: vis-network holds the nodes, moves and finds them; cards and lines are our own drawing.

/** @type {Scene} */
let scene = { key: "", boxes: new Map(), ways: new Map(), links: [], columns: [], compact: false, verdicts: new Map(), quiet: new Set() };
let network = null;
let nodeSet = null;
let hovered = -1;
/** Nodes that stay bright while one is chosen; null: all. @type {Set<number>|null} */
let bright = null;
let curves = [];
/** When the picture was first drawn, in ms after the page began to load. */
let drawnAt = 0;
/** Has the reader moved the picture? If not, it is fitted again when the window changes. */
let moved = false;
let size = { w: 0, h: 0 };

/** Scale at which cards are still read with ease: 12 px type; of the whole picture, 11 px. */
const readable = () => (scene.compact ? 0.8 : 0.88);
const HEAD = 34;
const host = () => byId("canvas");
const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function openNetwork() {
  nodeSet = new vis.DataSet();
  const groups = Object.fromEntries(KINDS.map((kind) => [kind, { shape: "custom", ctxRenderer: drawNode }]));
  const options = { ...DATA.options, groups, nodes: { ...DATA.options.nodes, ctxRenderer: drawNode } };
  network = new vis.Network(host(), { nodes: nodeSet, edges: new vis.DataSet() }, options);
  network.on("beforeDrawing", drawLinks);
  network.on("afterDrawing", drawHeads);
  network.once("afterDrawing", () => { drawnAt = performance.now(); });
  network.on("click", onClick);
  network.on("doubleClick", onDoubleClick);
  network.on("dragStart", () => { moved = true; });
  network.on("dragEnd", keepInSight);
  network.on("zoom", () => { moved = true; keepInSight(); });
  new ResizeObserver(onResize).observe(host());
  host().addEventListener("wheel", onWheel, { passive: false, capture: true });
  host().addEventListener("mousemove", onMove);
  host().addEventListener("mouseleave", () => hover(-1));
  host().addEventListener("keydown", onKey);
}

/** The card under a point of the picture, or -1. @param {{x: number, y: number}} point */
function nodeAt({ x, y }) {
  for (const box of scene.boxes.values()) if (Math.abs(x - box.x) <= box.w / 2 && Math.abs(y - box.y) <= box.h / 2) return box.node;
  return -1;
}

/**
 * Show a scene. The label is drawn by us and left out of the nodes, since vis-network would measure it.
 * Keep place and scale when it is only redrawn. @param {Scene} next @param {boolean} anew */
function showScene(next, anew) {
  scene = next;
  if (!network) openNetwork();
  curves = scene.links.map((link) => ({ link, curve: curveOf(scene.boxes.get(link.from), scene.boxes.get(link.to), scene.ways.get(link)) }));
  nodeSet.clear();
  nodeSet.add([...scene.boxes.values()].map((box) => ({ id: box.node, x: box.x, y: box.y, size: Math.max(box.w, box.h) / 2, group: kindOf[box.node] })));
  for (const box of scene.boxes.values()) tellExtent(box);
  brighten();
  if (anew) { fillHost(); fit(); }
  else network.redraw();
  drawMinimap();
}

/** The room may have changed since the last drawing: a panel beside it was opened or closed. */
function fillHost() {
  const { clientWidth: w, clientHeight: hgt } = host();
  if (size.w && (w !== size.w || hgt !== size.h)) network.setSize("100%", "100%");
  size = { w, h: hgt };
}

/** vis-network learns the extent of a node of our own shape only after it left the window once; until then it would not draw it. */
function tellExtent(box) {
  const node = network.body.nodes[box.node];
  node.shape.boundingBox = { left: box.x - box.w / 2, right: box.x + box.w / 2, top: box.y - box.h / 2, bottom: box.y + box.h / 2 };
}

/** Chain of the chosen node stays bright; of an edge, its two ends. */
function brighten() {
  bright = null;
  const node = state.selected;
  const whole = state.view === "issue" && kindOf[node] === "issue";
  if (state.edge >= 0) bright = new Set(ends(state.edge));
  else if (node >= 0 && scene.boxes.has(node) && !whole && state.view !== "path" && state.view !== "impact") {
    bright = new Set([node, ...reach(node, true).keys(), ...reach(node, false).keys()]);
    for (const link of scene.links) if (link.from === node || link.to === node) { bright.add(link.from); bright.add(link.to); }
  }
}

/** Ends of a relation as drawn: a hidden act stands for its measure. */
function ends(edge) {
  const links = scene.links.filter((l) => l.edge === edge);
  return links.length ? links.flatMap((l) => [l.from, l.to]) : [E.from[edge], E.to[edge]];
}

// ---- drawing

const detailNow = () => (network.getScale() * CARD.font < 5 ? 0 : 1);

function drawNode({ ctx, id }) {
  const box = scene.boxes.get(id);
  return {
    drawNode() {
      if (!box) return;
      const judged = scene.verdicts.get(id);
      paintCard(canvasSurface(ctx), box, {
        alpha: bright && !bright.has(id) ? 0.3 : 1, chosen: id === state.selected || (state.view === "impact" && id === state.node),
        hover: id === hovered, verdict: judged ? judged.verdict : "", detail: detailNow(),
      });
    },
    nodeDimensions: box ? { width: box.w, height: box.h } : { width: 10, height: 10 },
  };
}

/** More lines than these to one body are a blot; its cards stay bright instead. */
const MOST_LINES = 24;

/** Is a link drawn at all: those of shared bodies only when asked for. */
function visibleLink(link) {
  if (!scene.quiet.has(link.to) && !scene.quiet.has(link.from)) return true;
  return [link.from, link.to].some((n) => (n === state.selected || n === hovered) && (linksTo[n].length < MOST_LINES || !scene.quiet.has(n)));
}

function linkStyle(link) {
  const chosen = state.edge >= 0 && link.edge === state.edge;
  const touching = link.from === hovered || link.to === hovered || link.from === state.selected || link.to === state.selected;
  const lit = chosen || (touching && (!bright || (bright.has(link.from) && bright.has(link.to))));
  const dash = link.bridge ? [2, 4] : link.edge >= 0 && basisOf(link.edge) !== "stated" && !CONTAINS.has(link.relation) ? [6, 4] : [];
  return { color: chosen ? theme.accent : lit ? theme.soft : theme.edge, width: chosen ? 2.6 : lit ? 2 : 1.4, dash, alpha: bright && !(bright.has(link.from) && bright.has(link.to)) ? 0.25 : 1 };
}

function paintLinks(g, all) {
  for (const { link, curve } of curves) {
    if (!all && !visibleLink(link)) continue;
    const style = linkStyle(link);
    g.fade(style.alpha, () => g.curve(curve, style));
  }
}

function drawLinks(ctx) {
  if (!theme) readTheme();
  const g = canvasSurface(ctx);
  paintLinks(g, false);
  if (!scene.compact && network.getScale() > 0.5) paintRelations(g);
}

/** Before each document, the verbs that lead to it: 制发, 修订, 落实. */
function paintRelations(g) {
  if (state.view === "path") { paintSteps(g); return; }
  for (const [node, words] of relationWords()) {
    const box = scene.boxes.get(node);
    const alpha = bright && !bright.has(node) ? 0.3 : 1;
    g.fade(alpha, () => g.words(words, box.x - box.w / 2 - 11, box.y - 6, { size: 11.5, color: theme.soft, align: "right", halo: theme.paper }));
  }
}

/** On a path, the relation above the line of each step, whichever way it points. */
function paintSteps(g) {
  const steps = new Map();
  for (const link of scene.links) {
    const [a, b] = [scene.boxes.get(link.from), scene.boxes.get(link.to)].sort((p, q) => p.x - q.x);
    const key = `${(a.x + a.w / 2 + b.x - b.w / 2) / 2} ${(a.y + b.y) / 2}`;
    if (!(steps.get(key) || []).includes(term(link.relation))) push(steps, key, term(link.relation));
  }
  for (const [key, words] of steps) {
    const [x, y] = key.split(" ").map(Number);
    g.words(cut(words.join("/"), scene.gap - 10, 11.5), x, y - 8, { size: 11.5, color: theme.soft, align: "center", halo: theme.paper });
  }
}

function relationWords() {
  const words = new Map();
  const vague = (link) => Number(link.relation === "concernsDocument" || link.relation === "mentionsDocument");
  for (const link of [...scene.links].sort((a, b) => vague(a) - vague(b))) {
    const { from, to } = link;
    if (!isDocument(to)) continue;
    if (link.bridge || scene.boxes.get(from).x >= scene.boxes.get(to).x) continue;
    const known = words.get(to) || [];
    if (!known.includes(term(link.relation))) words.set(to, [...known, term(link.relation)]);
  }
  return [...words].map(([node, list]) => [node, cut(list.join("/"), scene.gap - 18, 11.5)]);
}

/** Names of the columns, always in sight at the top. */
function drawHeads(ctx) {
  const scale = network.getScale();
  const dpr = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.save();
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  const g = canvasSurface(ctx);
  if (state.view !== "path") {
    g.box(0, 0, ctx.canvas.clientWidth, HEAD, { fill: theme.paper });
    g.box(0, HEAD - 1, ctx.canvas.clientWidth, 1, { fill: theme.line });
    for (const head of scene.columns) {
      if (head.w * scale < 60) continue;
      const left = network.canvasToDOM({ x: head.x - head.w / 2, y: 0 }).x;
      g.words(cut(`${head.title}  ${head.count}`, head.w * scale + 20, 12.5), left + 2, 22, { size: 12.5, color: theme.soft, weight: 600 });
    }
  }
  ctx.restore();
  drawMinimapFrame();
}
