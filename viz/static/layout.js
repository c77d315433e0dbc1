// Columns for what was asked for: boxes of one column never overlap, each as near as it can be to
// what it is linked with. The whole picture is laid out before the page is made (viz/layout.py).

/**
 * @typedef {{node: number, x: number, y: number, w: number, h: number, over: string, lines: string[], foot: string}} Box
 * Centre, size and words of a card, in pixels at scale 1.
 * @typedef {{x: number, w: number, title: string, count: number}} Column
 */

const CARD = DATA.card;
const SMALL = 17;
const GAP_Y = 14;

/** Width of a character in hundredths of an em; the same rule as viz/layout.py. */
function em(character) {
  if (character >= "\u2e80" || "“”‘’…—".includes(character)) return 100;
  return /[mw%@]/.test(character) || (character !== character.toLowerCase()) ? 72 : 57;
}

const NO_LINE_START = "，。、；：？！）》〉”’】％%),.;:!?";
const NO_LINE_END = /[（《〈“‘【(]+$/;

/** Break a label into lines; the same rule as viz/layout.py. @param {string} label @param {number} width @returns {string[]} */
function wrap(label, width) {
  const room = Math.floor(width * 100 / CARD.font);
  const lines = [];
  let line = "";
  let used = 0;
  for (const piece of pieces(label, room)) {
    const size = widthOf(piece);
    if (used + size > room && line && !NO_LINE_START.includes(piece)) {
      const kept = line.replace(NO_LINE_END, "");
      lines.push(kept || line);
      line = kept ? line.slice(kept.length) : "";
      used = widthOf(line);
    }
    line += piece;
    used += size;
  }
  return line || !lines.length ? [...lines, line] : lines;
}

const widthOf = (words) => Array.from(words).reduce((sum, c) => sum + em(c), 0);

function pieces(label, room) {
  const found = [];
  let word = "";
  for (const character of label) {
    if (em(character) < 100 && !" -/,.;:".includes(character)) {
      if (widthOf(word) + em(character) > room) { found.push(word); word = ""; }
      word += character;
      continue;
    }
    if (word) found.push(word);
    word = "";
    found.push(character);
  }
  return word ? [...found, word] : found;
}

/** A label in at most so many lines, the last with … where words are left out. */
function clampLines(label, width, most) {
  const lines = wrap(label, width);
  if (lines.length <= most) return lines;
  const last = Array.from(lines[most - 1]);
  while (last.length && widthOf(last.join("")) + 100 > Math.floor(width * 100 / CARD.font)) last.pop();
  return [...lines.slice(0, most - 1), `${last.join("")}…`];
}

/** One line of small words cut to a width. */
function cut(words, width, size) {
  const room = width * 100 / size;
  if (widthOf(words) <= room) return words;
  let used = 100;
  let kept = "";
  for (const character of words) {
    used += em(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * A card for a node.
 * @param {number} node @param {number} width @param {{over?: string, foot?: string, most?: number}} words
 * @returns {Box}
 */
function card(node, width, { over = "", foot = "", most = 5 } = {}) {
  const inner = width - CARD.padX;
  const lines = clampLines(cardLabel(node), inner, most);
  const h = lines.length * CARD.line + CARD.padY + (over ? SMALL : 0) + (foot ? SMALL + 2 : 0);
  return { node, x: 0, y: 0, w: width, h, over: cut(over, inner, 11.5), lines, foot: cut(foot, inner, 11.5) };
}

/**
 * Put boxes into columns and align them with what they are linked with.
 * @param {Box[]} boxes in reading order
 * @param {{from: number, to: number}[]} links between their nodes
 * @param {(node: number) => number} columnOf
 * @param {number} gap between columns
 * @returns {Map<object, Box[]>} for each link that passes over columns, the openings left for it there
 */
function arrange(boxes, links, columnOf, gap) {
  const keys = unique(boxes.map((box) => columnOf(box.node))).sort((a, b) => a - b);
  const columns = keys.map((key) => boxes.filter((box) => columnOf(box.node) === key));
  const rankOf = new Map(columns.flatMap((column, rank) => column.map((box) => [box.node, rank])));
  const near = new Map(boxes.map((box) => [box.node, []]));
  const join = (a, b) => { near.get(a).push(b); near.get(b).push(a); };
  const ways = new Map();
  for (const link of links) {
    const [a, b] = [rankOf.get(link.from), rankOf.get(link.to)];
    if (a === undefined || b === undefined || a === b) continue;
    if (b - a < 2) { join(link.from, link.to); continue; }
    const way = openings(link.to, a, b, columns, near);
    [link.from, ...way.map((one) => one.node), link.to].forEach((node, i, all) => i && join(all[i - 1], node));
    ways.set(link, way);
  }
  let x = 0;
  columns.forEach((column, rank) => {
    const width = Math.max(...column.map((box) => box.w));
    for (const box of column) box.x = x + width / 2;
    x += width + gap;
    if (rank) orderByLeft(column, rank, columns, near);
    stack(column);
  });
  const tallest = columns.reduce((best, column, rank) => (heightOf(column) > heightOf(columns[best]) ? rank : best), 0);
  for (let rank = tallest + 1; rank < columns.length; rank++) align(columns[rank], columns.slice(tallest, rank), near);
  for (let rank = tallest - 1; rank >= 0; rank--) align(columns[rank], columns.slice(rank + 1, tallest + 1), near);
  return ways;
}

/** Openings in the columns between two ranks, shared by all links that lead to one node: no line runs behind a card. */
function openings(to, a, b, columns, near) {
  const way = [];
  for (let rank = a + 1; rank < b; rank++) {
    const name = `to ${to} by ${rank}`;
    let one = columns[rank].find((box) => box.node === name);
    if (!one) {
      one = { node: name, x: 0, y: 0, w: Math.max(...columns[rank].map((box) => box.w)), h: 8, over: "", lines: [], foot: "" };
      columns[rank].push(one);
      near.set(name, []);
    }
    way.push(one);
  }
  return way;
}

const heightOf = (column) => column.reduce((sum, box) => sum + box.h + GAP_Y, 0);

function stack(column) {
  let top = 0;
  for (const box of column) {
    box.y = top + box.h / 2;
    top += box.h + GAP_Y;
  }
}

/** Sort a column by where its left neighbours stand; equal ones keep the order of the text. */
function orderByLeft(column, rank, columns, near) {
  const place = new Map(columns.slice(0, rank).flat().map((box) => [box.node, box.y]));
  const pull = new Map(column.map((box) => {
    const heights = near.get(box.node).filter((n) => place.has(n)).map((n) => place.get(n));
    return [box, heights.length ? mean(heights) : Infinity];
  }));
  const order = new Map(column.map((box, i) => [box, i]));
  column.sort((a, b) => (pull.get(a) === pull.get(b) ? order.get(a) - order.get(b) : pull.get(a) - pull.get(b)));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Move a column as near as possible to the placed ones, keeping order and distance (isotonic regression). */
function align(column, placed, near) {
  const place = new Map(placed.flat().map((box) => [box.node, box.y]));
  const blocks = [];
  let offset = 0;
  for (const box of column) {
    const heights = near.get(box.node).filter((n) => place.has(n)).map((n) => place.get(n));
    const wish = heights.length ? mean(heights) : blocks.length ? null : box.y;
    const own = offset + box.h / 2;
    offset += box.h + GAP_Y;
    blocks.push({ sum: wish === null ? 0 : wish - own, weight: wish === null ? 0 : 1, boxes: [[box, own]] });
    while (blocks.length > 1 && level(blocks[blocks.length - 2]) > level(blocks[blocks.length - 1])) {
      const last = blocks.pop();
      const before = blocks[blocks.length - 1];
      before.sum += last.sum;
      before.weight += last.weight;
      before.boxes.push(...last.boxes);
    }
  }
  for (const block of blocks) for (const [box, own] of block.boxes) box.y = level(block) + own;
}

/** Where a block of boxes that touch wants to stand; a block without wishes clings to the one above. */
const level = (block) => (block.weight ? block.sum / block.weight : -Infinity);

/** @param {Iterable<Box>} boxes @returns {{left: number, top: number, right: number, bottom: number}} */
function boundsOf(boxes) {
  const b = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const box of boxes) {
    b.left = Math.min(b.left, box.x - box.w / 2);
    b.right = Math.max(b.right, box.x + box.w / 2);
    b.top = Math.min(b.top, box.y - box.h / 2);
    b.bottom = Math.max(b.bottom, box.y + box.h / 2);
  }
  return Number.isFinite(b.left) ? b : { left: 0, top: 0, right: 1, bottom: 1 };
}
