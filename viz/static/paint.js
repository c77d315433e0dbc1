// Signs, cards and lines: the same drawing for the canvas of vis-network and for SVG and PNG files.

/** Signs of the kinds on a grid of 20 by 20: shape tells what colour tells. */
const SIGNS = {
  notice: "M10 1l2.6 5.9 6.4.6-4.8 4.3 1.4 6.5L10 15l-5.6 3.3 1.4-6.5L1 7.5l6.4-.6z",
  inspection: "M8.5 1a7.5 7.5 0 0 1 6 12l4.6 4.6-1.5 1.5-4.6-4.6A7.5 7.5 0 1 1 8.5 1zm0 2.2a5.3 5.3 0 1 0 0 10.600a5.3 5.3 0 0 0 0-10.600z",
  aspect: "M4.500 1h11v18l-5.500-4.200-5.500 4.200z",
  issue: "M10 .5a9.500 9.500 0 1 1 0 19a9.500 9.500 0 1 1 0-19z",
  recommendation: "M10 .5l8.500 4.700v9.600L10 19.500l-8.500-4.700V5.200z",
  measure: "M4 1h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3z",
  action: "M4 2l14 8-14 8z",
  document: "M3.500.500h9l4.500 4.500v14.500H3.500zM11.800 2v3.700h3.700zM6 9h8.500v1.400H6zM6 12h8.500v1.400H6zM6 15h5.500v1.400H6z",
  rule: "M5.500.500H17v15H6a1.300 1.300 0 0 0 0 2.600h11v1.400H6A3 3 0 0 1 3 16.500V3A2.500 2.500 0 0 1 5.500.500zM7 4h7v1.500H7zM7 7.500h7V9H7z",
  body: "M10 .5l9 5v2.300H1V5.500zM3 9h2.600v7H3zM8.700 9h2.600v7H8.700zM14.400 9H17v7h-2.600zM1 17h18v2.300H1z",
  level: "M1.500 14h17v4.500h-17zM4.500 8h11v4.500h-11zM7.500 2h5v4.500h-5z",
  figure: "M1.500 11h4.500v8H1.500zM7.800 6h4.400v13H7.800zM14 1h4.500v18H14z",
  claim: "M1.500 2.500h17v12H9.500l-5 4v-4h-3z",
  check: "M1 10.500l2.300-2.300 4.700 4.700L16.800 4 19 6.300 8 17.300z",
  other: "M10 1l9 9-9 9-9-9z",
  search: "M8.500 2a6.500 6.500 0 0 1 5.200 10.400l4.500 4.500-1.300 1.300-4.500-4.500A6.500 6.500 0 1 1 8.500 2zm0 1.800a4.700 4.700 0 1 0 0 9.400a4.700 4.700 0 0 0 0-9.400z",
  close: "M4.300 3L10 8.700 15.700 3 17 4.300 11.300 10l5.700 5.700-1.300 1.300-5.700-5.700L4.300 17 3 15.700 8.700 10 3 4.300z",
  filter: "M2 4h16v1.800H2zM5 9.100h10v1.800H5zM8 14.200h4V16H8z",
  text: "M3 3h14v1.700H3zM3 7.100h14v1.700H3zM3 11.200h14v1.700H3zM3 15.300h9V17H3z",
  right: "M7 3.500L13.500 10 7 16.500l-1.300-1.300L10.900 10 5.700 4.800z",
  left: "M13 3.500L6.500 10l6.500 6.500 1.300-1.300L9.100 10l5.200-5.200z",
  words: "M3 5h6v6.500c0 2.500-1.500 4-4.500 4.500l-.500-1.600c1.700-.4 2.300-1.300 2.400-2.900H3zM11.500 5h6v6.500c0 2.500-1.500 4-4.500 4.500l-.5-1.600c1.700-.4 2.300-1.300 2.400-2.900h-3.400z",
};
const NUMBERED = new Set(["issue", "measure"]);
const MOST_IN_SIGN = 3; // characters: 12-3 of several notices stands above the title instead

/** A sign as an element, decorative. @param {string} name */
function sign(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: "sign", "aria-hidden": "true", focusable: "false" }, svg("path", { d: SIGNS[name] || SIGNS.other, "fill-rule": "evenodd" }));
}

/** The sign of a kind, with a number where the kind carries one. @param {string} kind @param {string|number} [label] */
function glyph(kind, label) {
  const element = sign(kind);
  element.classList.add(`kind-${kind}`);
  if (NUMBERED.has(kind) && label !== undefined && String(label).length <= MOST_IN_SIGN) {
    element.append(svg("text", { x: 10, y: 14, "text-anchor": "middle", "font-size": String(label).length > 2 ? 8.5 : 11, "font-weight": 600, class: "sign-number", text: label }));
  }
  return element;
}

/** Colours and type of the page, read from its style sheet once for each theme. */
let theme = null;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  theme = {
    paper: value("--paper"), sheet: value("--sheet"), ink: value("--ink"), soft: value("--ink-2"), faint: value("--ink-3"), line: value("--line-2"),
    edge: value("--edge"), accent: value("--accent"), accentSoft: value("--accent-soft"), onKind: value("--on-kind"), font: value("--sans"),
    broken: value("--broken"), weakened: value("--weakened"), kinds: Object.fromEntries(KINDS.map((kind) => [kind, value(`--k-${kind}`)])),
  };
  return theme;
}

/** @typedef {{box: Function, words: Function, shape: Function, curve: Function, fade: Function}} Surface */

const stamps = new Map();

/** A sign drawn once for each colour and size in pixels: filling its path for every card would be most of the work. */
function stamp(name, color, pixels) {
  const key = `${name} ${color} ${pixels}`;
  if (!stamps.has(key)) {
    if (stamps.size > 600) stamps.clear();
    const canvas = h("canvas", { width: Math.max(1, pixels), height: Math.max(1, pixels) });
    const ctx = canvas.getContext("2d");
    ctx.scale(pixels / 20, pixels / 20);
    ctx.fillStyle = color;
    ctx.fill(new Path2D(SIGNS[name] || SIGNS.other), "evenodd");
    stamps.set(key, canvas);
  }
  return stamps.get(key);
}

/** Draw on a canvas. @param {CanvasRenderingContext2D} ctx @returns {Surface} */
function canvasSurface(ctx) {
  return {
    box(x, y, w, h, { radius = 0, fill: paint, stroke, width = 1, dash }) {
      ctx.beginPath();
      if (radius) roundRect(ctx, x, y, w, h, radius); else ctx.rect(x, y, w, h);
      if (paint) { ctx.fillStyle = paint; ctx.fill(); }
      if (stroke) { ctx.strokeStyle = stroke; ctx.lineWidth = width; ctx.setLineDash(dash || []); ctx.stroke(); ctx.setLineDash([]); }
    },
    words(text, x, y, { size, color, weight = 400, align = /** @type {CanvasTextAlign} */ ("left"), halo }) {
      ctx.font = `${weight} ${size}px ${theme.font}`;
      ctx.textAlign = align;
      ctx.textBaseline = "alphabetic";
      if (halo) { ctx.strokeStyle = halo; ctx.lineWidth = 4; ctx.lineJoin = "round"; ctx.strokeText(text, x, y); }
      ctx.fillStyle = color;
      ctx.fillText(text, x, y);
    },
    shape(name, x, y, size, color) {
      ctx.drawImage(stamp(name, color, Math.ceil(size * ctx.getTransform().a)), x, y, size, size);
    },
    curve(parts, { color, width, dash }) {
      ctx.beginPath();
      ctx.moveTo(parts[0][0], parts[0][1]);
      for (const part of parts) ctx.bezierCurveTo(part[2], part[3], part[4], part[5], part[6], part[7]);
      const [, , , , a2, , x2, y2] = parts[parts.length - 1];
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.setLineDash(dash || []);
      ctx.stroke();
      ctx.setLineDash([]);
      const back = a2 <= x2 ? -1 : 1;
      ctx.beginPath();
      ctx.moveTo(x2, y2);
      ctx.lineTo(x2 + back * 7, y2 - 3.6);
      ctx.lineTo(x2 + back * 7, y2 + 3.6);
      ctx.fillStyle = color;
      ctx.fill();
    },
    fade(alpha, draw) {
      ctx.globalAlpha = alpha;
      draw();
      ctx.globalAlpha = 1;
    },
  };
}

function roundRect(ctx, x, y, w, h, r) {
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + w, y, x + w, y + h, r);
  ctx.arcTo(x + w, y + h, x, y + h, r);
  ctx.arcTo(x, y + h, x, y, r);
  ctx.arcTo(x, y, x + w, y, r);
  ctx.closePath();
}

/** Draw into an SVG group. @param {SVGElement} root @returns {Surface} */
function svgSurface(root) {
  let host = root;
  const add = (tag, attributes) => host.append(svg(tag, attributes));
  const dashes = (dash) => (dash && dash.length ? dash.join(" ") : null);
  return {
    box(x, y, w, h, { radius = 0, fill: paint, stroke, width = 1, dash }) {
      add("rect", { x, y, width: w, height: h, rx: radius || null, fill: paint || "none", stroke, "stroke-width": stroke ? width : null, "stroke-dasharray": dashes(dash) });
    },
    words(text, x, y, { size, color, weight = 400, align = "left", halo }) {
      const anchor = { left: null, center: "middle", right: "end" }[align];
      add("text", { x, y, "font-size": size, fill: color, "font-weight": weight === 400 ? null : weight, "text-anchor": anchor, stroke: halo || null, "stroke-width": halo ? 4 : null, "paint-order": halo ? "stroke" : null, text });
    },
    shape(name, x, y, size, color) {
      add("path", { d: SIGNS[name] || SIGNS.other, transform: `translate(${x} ${y}) scale(${size / 20})`, fill: color, "fill-rule": "evenodd" });
    },
    curve(parts, { color, width, dash }) {
      const [, , , , a2, , x2, y2] = parts[parts.length - 1];
      add("path", { d: `M${parts[0].slice(0, 2).join(" ")}${parts.map((part) => `C${part.slice(2).join(" ")}`).join("")}`, fill: "none", stroke: color, "stroke-width": width, "stroke-dasharray": dashes(dash) });
      const back = a2 <= x2 ? -1 : 1;
      add("path", { d: `M${x2} ${y2}l${back * 7} -3.6v7.2z`, fill: color });
    },
    fade(alpha, draw) {
      if (alpha === 1) return draw();
      const outer = host;
      host = svg("g", { opacity: alpha });
      draw();
      outer.append(host);
      host = outer;
    },
  };
}

/**
 * Draw a card.
 * @param {Surface} g @param {Box} box
 * @param {{alpha?: number, chosen?: boolean, hover?: boolean, verdict?: string, detail?: number}} how
 *   detail: 1 all words, 0 only the coloured block (when too small to read)
 */
function paintCard(g, box, { alpha = 1, chosen = false, hover = false, verdict = "", detail = 1 } = {}) {
  const kind = kindOf[box.node];
  const color = theme.kinds[kind];
  const left = box.x - box.w / 2;
  const top = box.y - box.h / 2;
  const edge = verdictColor(verdict) ? verdictColor(verdict) : chosen ? theme.accent : hover ? color : theme.line;
  g.box(left, top, box.w, box.h, { radius: 7, fill: theme.sheet });
  g.fade(alpha, () => {
    g.box(left, top, box.w, box.h, { radius: 7, fill: chosen ? theme.accentSoft : null, stroke: edge, width: chosen || (verdict && verdict !== "stays") ? 2 : 1, dash: verdict === "weakened" ? [5, 3] : null });
    paintSign(g, box, kind, color, left, top, detail);
    if (!detail) return;
    const x = left + 36;
    let y = top + CARD.padY / 2;
    if (box.over) { g.words(box.over, x, y + 12, { size: 11.5, color: verdictColor(verdict) || theme.soft, weight: verdict ? 600 : 400 }); y += SMALL; }
    for (const line of box.lines) { g.words(line, x, y + 15, { size: CARD.font, color: theme.ink, weight: kind === "issue" ? 600 : 400 }); y += CARD.line; }
    if (box.foot) g.words(box.foot, x, y + 14, { size: 11.5, color: theme.soft });
  });
}

const verdictColor = (verdict) => (verdict === "breaks" || verdict === "undone" ? theme.broken : verdict === "weakened" ? theme.weakened : "");

function paintSign(g, box, kind, color, left, top, detail) {
  if (!detail) {
    g.box(left, top, box.w, box.h, { radius: 7, fill: color });
    return;
  }
  const y = top + CARD.padY / 2 + (box.over ? SMALL - 8 : 1);
  g.shape(kind, left + 10, y, 18, color);
  const name = kind === "issue" ? attribute(box.node, "ref") : kind === "measure" ? attribute(box.node, "number") : undefined;
  const words = String(name);
  if (name === undefined || words.length > MOST_IN_SIGN) return;
  g.words(words, left + 19, y + 13, { size: words.length > 2 ? 8 : 10.5, color: theme.onKind, weight: 600, align: "center" });
}

/**
 * The line of a link, from the right side of one card to the left side of the other, through the openings on its way.
 * @param {Box} from @param {Box} to @param {Box[]} [way] @returns {number[][]} cubic curves
 */
function curveOf(from, to, way) {
  const stops = [from, ...(way || []), to];
  const parts = [];
  for (let i = 1; i < stops.length; i++) {
    parts.push(part(stops[i - 1], stops[i]));
    const [left, right] = [stops[i].x - stops[i].w / 2, stops[i].x + stops[i].w / 2];
    if (i < stops.length - 1) parts.push([left, stops[i].y, left, stops[i].y, right, stops[i].y, right, stops[i].y]);
  }
  return parts;
}

function part(from, to) {
  const [left, right] = [from.x - from.w / 2, to.x + to.w / 2];
  if (right <= left) {
    const pull = Math.max(28, (left - right) / 2);
    return [left, from.y, left - pull, from.y, right + pull, to.y, right, to.y];
  }
  const x1 = from.x + from.w / 2;
  const ahead = to.x - to.w / 2 >= x1;
  const x2 = ahead ? to.x - to.w / 2 : to.x + to.w / 2;
  const pull = ahead ? Math.max(28, (x2 - x1) / 2) : 46;
  return [x1, from.y, x1 + pull, from.y, ahead ? x2 - pull : x2 + pull, to.y, x2, to.y];
}

/** Point at t on a curve, for finding the line under the pointer. */
function pointOn([x1, y1, a1, b1, a2, b2, x2, y2], t) {
  const u = 1 - t;
  return [u * u * u * x1 + 3 * u * u * t * a1 + 3 * u * t * t * a2 + t * t * t * x2, u * u * u * y1 + 3 * u * u * t * b1 + 3 * u * t * t * b2 + t * t * t * y2];
}
