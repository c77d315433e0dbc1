// Pointing at the picture: cards and lines under the pointer, and the keys that walk it.

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
