// Moving the picture: fit, pan and zoom, what is kept in sight, and the small map of the whole.

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
