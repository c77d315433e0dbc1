// The picture: vis-network holds the nodes, moves and finds them; cards and lines are our own drawing.

/** @type {Scene} */
let scene = { key: "", boxes: new Map(), ways: new Map(), links: [], columns: [], compact: false, verdicts: new Map(), quiet: new Set() };
let network = null;
let nodeSet = null;
let hovered = -1;
/** Nodes that stay bright while one is chosen; null: all. @type {Set<number>|null} */
let bright = null;
let curves = [];
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
  if (anew) { size = { w: host().clientWidth, h: host().clientHeight }; fit(); }
  else network.redraw();
  drawMinimap();
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
  for (const [node, words] of relationWords()) {
    const box = scene.boxes.get(node);
    const alpha = bright && !bright.has(node) ? 0.3 : 1;
    g.fade(alpha, () => g.words(words, box.x - box.w / 2 - 11, box.y - 6, { size: 11.5, color: theme.soft, align: "right", halo: theme.paper }));
  }
}

function relationWords() {
  const words = new Map();
  const vague = (link) => Number(link.relation === "concernsDocument" || link.relation === "mentionsDocument");
  for (const link of [...scene.links].sort((a, b) => vague(a) - vague(b))) {
    const { from, to } = link;
    if (!isDocument(to) && state.view !== "path") continue;
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
  g.box(0, 0, ctx.canvas.clientWidth, HEAD, { fill: theme.paper });
  g.box(0, HEAD - 1, ctx.canvas.clientWidth, 1, { fill: theme.line });
  if (state.view !== "path") {
    for (const head of scene.columns) {
      if (head.w * scale < 60) continue;
      const left = network.canvasToDOM({ x: head.x - head.w / 2, y: 0 }).x;
      g.words(cut(`${head.title}  ${head.count}`, head.w * scale + 20, 12.5), left + 2, 22, { size: 12.5, color: theme.soft, weight: 600 });
    }
  }
  ctx.restore();
  drawMinimapFrame();
}

// ---- moving

/** The window or a side panel changed the room: fit again, or keep what is at the top left. */
function onResize() {
  const { clientWidth: w, clientHeight: hgt } = host();
  if (!w || !hgt || (w === size.w && hgt === size.h)) return;
  const scale = network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const first = !size.w;
  size = { w, h: hgt };
  network.setSize("100%", "100%");
  network.redraw();
  if (first) return;
  if (!moved) showScene(makeScene(), true);
  else network.moveTo({ position: { x: corner.x + w / 2 / scale, y: corner.y + hgt / 2 / scale }, scale, animation: false });
  if (state.selected >= 0) reveal(state.selected);
  drawMinimap();
}

/** Show all if it stays readable, else as much as is readable from the top left. @param {boolean} [whole] */
function fit(whole) {
  const b = boundsOf(scene.boxes.values());
  const { clientWidth: w, clientHeight: hgt } = host();
  const room = { w: w - 48, h: hgt - HEAD - 48 };
  const fitting = Math.min(room.w / (b.right - b.left), room.h / (b.bottom - b.top));
  const broad = room.w / (b.right - b.left);
  const scale = whole ? Math.min(1, fitting) : Math.min(1.15, Math.max(fitting, Math.min(0.94, Math.max(broad, readable()))));
  const x = (b.right - b.left) * scale <= room.w ? (b.left + b.right) / 2 : b.left + (w / 2 - 24) / scale;
  const y = (b.bottom - b.top) * scale <= room.h ? (b.top + b.bottom) / 2 - HEAD / 2 / scale : b.top + (hgt / 2 - HEAD - 24) / scale;
  network.moveTo({ position: { x, y }, scale, animation: false });
  moved = false;
}

function onWheel(event) {
  event.preventDefault();
  event.stopPropagation();
  const unit = event.deltaMode === 1 ? 18 : 1;
  if (event.ctrlKey || event.metaKey) {
    const r = host().getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY * unit / 300), { x: event.clientX - r.left, y: event.clientY - r.top });
    return;
  }
  const shift = event.shiftKey && !event.deltaX;
  pan((shift ? event.deltaY : event.deltaX) * unit, (shift ? 0 : event.deltaY) * unit);
}

function pan(dx, dy) {
  moved = true;
  const scale = network.getScale();
  const p = network.getViewPosition();
  network.moveTo({ position: { x: p.x + dx / scale, y: p.y + dy / scale }, scale, animation: false });
  keepInSight();
}

function zoomBy(factor, at) {
  moved = true;
  const scale = Math.min(3, Math.max(0.05, network.getScale() * factor));
  const point = at || { x: host().clientWidth / 2, y: host().clientHeight / 2 };
  const fixed = network.DOMtoCanvas(point);
  const center = { x: fixed.x - (point.x - host().clientWidth / 2) / scale, y: fixed.y - (point.y - host().clientHeight / 2) / scale };
  network.moveTo({ position: center, scale, animation: false });
  keepInSight();
}

/** The picture can be moved to its edge and no further. */
function keepInSight() {
  const b = boundsOf(scene.boxes.values());
  const scale = network.getScale();
  const p = network.getViewPosition();
  const halfW = Math.max(0, host().clientWidth / 2 / scale - 80 / scale);
  const halfH = Math.max(0, host().clientHeight / 2 / scale - 80 / scale);
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const x = clamp(p.x, b.left - halfW, b.right + halfW);
  const y = clamp(p.y, b.top - halfH, b.bottom + halfH);
  if (x !== p.x || y !== p.y) network.moveTo({ position: { x, y }, scale, animation: false });
}

/** Bring a node into sight without moving more than needed. @param {number} node */
function reveal(node) {
  const box = scene.boxes.get(node);
  if (!box || !network) return;
  const scale = network.getScale();
  if (scale * CARD.font < 10) {
    network.moveTo({ position: { x: box.x, y: box.y }, scale: 1, animation: false });
    return;
  }
  const p = network.canvasToDOM({ x: box.x, y: box.y });
  const over = (low, high, from, to) => (low < from ? low - from : high > to ? Math.min(high - to, low - from) : 0);
  const dx = over(p.x - box.w / 2 * scale, p.x + box.w / 2 * scale, 20, host().clientWidth - 20);
  const dy = over(p.y - box.h / 2 * scale, p.y + box.h / 2 * scale, HEAD + 16, host().clientHeight - 20);
  if (dx || dy) pan(dx, dy);
}

// ---- pointing and keys

function onClick({ pointer }) {
  const node = nodeAt(pointer.canvas);
  if (node >= 0) return select(node);
  const link = linkAt(pointer.canvas);
  if (link) return go({ edge: link.edge, selected: -1 });
  if (state.selected >= 0 || state.edge >= 0) go({ selected: -1, edge: -1 });
}

function onDoubleClick({ pointer }) {
  const node = nodeAt(pointer.canvas);
  if (node >= 0) openNode(node);
}

/** The link under a point, if one is near enough. */
function linkAt({ x, y }) {
  const near = 7 / network.getScale();
  let best = null;
  let least = near;
  for (const { link, curve } of curves) {
    if (link.bridge || link.edge < 0 || !visibleLink(link)) continue;
    for (const part of curve) {
      for (let k = 0; k < 20; k++) {
        const distance = toSegment(x, y, ...pointOn(part, k / 20), ...pointOn(part, (k + 1) / 20));
        if (distance < least) { least = distance; best = link; }
      }
    }
  }
  return best;
}

function toSegment(x, y, ax, ay, bx, by) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const k = length ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - k * (bx - ax), y - ay - k * (by - ay));
}

function onMove(event) {
  const r = host().getBoundingClientRect();
  const point = { x: event.clientX - r.left, y: event.clientY - r.top };
  const tip = byId("tip");
  const place = network.DOMtoCanvas(point);
  hover(event.buttons ? -1 : nodeAt(place));
  const link = hovered < 0 && !event.buttons ? linkAt(place) : null;
  host().classList.toggle("on-link", Boolean(link) || hovered >= 0);
  const words = hovered >= 0 ? hoverWords(hovered) : link ? `${labelOf(link.from)} — ${term(link.relation)} → ${labelOf(link.to)}` : "";
  tip.hidden = !words;
  tip.textContent = words;
  if (words) {
    tip.style.left = `${Math.min(point.x + 14, host().clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(point.y + 16, host().clientHeight - tip.offsetHeight - 8)}px`;
  }
}

/** The whole label where the card cuts it or is too small to read. */
function hoverWords(node) {
  const box = scene.boxes.get(node);
  if (!box) return "";
  const whole = box.lines.join("").replace(/\s/g, "") === cardLabel(node).replace(/\s/g, "");
  return whole && network.getScale() * CARD.font >= 10 ? "" : `${kindName(kindOf[node])}  ${labelOf(node)}`;
}

function hover(node) {
  if (node === hovered) return;
  hovered = node;
  if (node < 0) byId("tip").hidden = true;
  network.redraw();
}

function onKey(event) {
  const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (steps) { event.preventDefault(); walk(steps[0], steps[1]); }
  else if (event.key === "Enter" && state.selected >= 0) openNode(state.selected);
  else if (event.key === "Escape") select(-1);
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") fit(true);
}

/** Arrow keys: along the links to the right and left, up and down within the column. */
function walk(dx, dy) {
  const boxes = [...scene.boxes.values()];
  if (!boxes.length) return;
  const here = scene.boxes.get(state.selected);
  if (!here) { select(boxes.reduce((a, b) => (b.x < a.x || (b.x === a.x && b.y < a.y) ? b : a)).node); return; }
  const linked = new Set(scene.links.flatMap((l) => (l.from === here.node ? [l.to] : l.to === here.node ? [l.from] : [])));
  const ahead = boxes.filter((b) => b !== here && (dx ? Math.sign(b.x - here.x) === dx && linked.has(b.node) : Math.abs(b.x - here.x) < 1 && Math.sign(b.y - here.y) === dy));
  if (!ahead.length) return;
  const distance = (b) => (dx ? Math.abs(b.x - here.x) * 3 + Math.abs(b.y - here.y) : Math.abs(b.y - here.y));
  const next = ahead.reduce((a, b) => (distance(b) < distance(a) ? b : a)).node;
  select(next);
  announce(`${kindName(kindOf[next])} ${labelOf(next)}`);
}

// ---- map of the whole

const MAP = { w: 150, h: 190 };
let mapView = null;

/** A small map when the picture is much larger than the window. */
function drawMinimap() {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("minimap"));
  const b = boundsOf(scene.boxes.values());
  const scale = Math.min(MAP.w / (b.right - b.left), MAP.h / (b.bottom - b.top));
  const times = scene.compact ? 1.5 : 3;
  const large = (b.bottom - b.top) * network.getScale() > host().clientHeight * times || (b.right - b.left) * network.getScale() > host().clientWidth * times;
  canvas.hidden = !large || host().clientWidth < 520;
  mapView = canvas.hidden ? null : { b, scale };
  drawMinimapFrame();
}

function drawMinimapFrame() {
  if (!mapView) return;
  const canvas = /** @type {HTMLCanvasElement} */ (byId("minimap"));
  const { b, scale } = mapView;
  const dpr = window.devicePixelRatio || 1;
  const w = Math.ceil((b.right - b.left) * scale) + 8;
  const hgt = Math.ceil((b.bottom - b.top) * scale) + 8;
  if (canvas.width !== Math.round(w * dpr)) { canvas.width = Math.round(w * dpr); canvas.style.width = `${w}px`; }
  if (canvas.height !== Math.round(hgt * dpr)) { canvas.height = Math.round(hgt * dpr); canvas.style.height = `${hgt}px`; }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, w, hgt);
  const x = (value) => 4 + (value - b.left) * scale;
  const y = (value) => 4 + (value - b.top) * scale;
  for (const box of scene.boxes.values()) {
    ctx.fillStyle = theme.kinds[kindOf[box.node]];
    ctx.globalAlpha = bright && !bright.has(box.node) ? 0.25 : 0.85;
    ctx.fillRect(x(box.x - box.w / 2), y(box.y - box.h / 2), Math.max(1.5, box.w * scale), Math.max(1, box.h * scale));
  }
  ctx.globalAlpha = 1;
  const a = network.DOMtoCanvas({ x: 0, y: HEAD });
  const z = network.DOMtoCanvas({ x: host().clientWidth, y: host().clientHeight });
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(Math.max(1, x(a.x)), Math.max(1, y(a.y)), Math.min(w - 2, (z.x - a.x) * scale), Math.min(hgt - 2, (z.y - a.y) * scale));
}

function onMinimap(event) {
  if (!mapView || (event.type === "pointermove" && !event.buttons)) return;
  const r = byId("minimap").getBoundingClientRect();
  const { b, scale } = mapView;
  network.moveTo({ position: { x: b.left + (event.clientX - r.left - 4) / scale, y: b.top + (event.clientY - r.top - 4) / scale }, scale: network.getScale(), animation: false });
  keepInSight();
}
