// The words of the notice: passages with marks, and the whole text beside the picture.

/** A stretch of the text with its surroundings to the ends of the sentence. @returns {[number, number]} */
function sentenceAround(start, end) {
  const stops = "。！？；\n";
  let a = start;
  while (a > 0 && !stops.includes(TEXT[a - 1]) && start - a < 240) a--;
  let z = end;
  if (end === 0 || !stops.includes(TEXT[end - 1])) {
    while (z < TEXT.length && !stops.includes(TEXT[z]) && z - end < 240) z++;
    if (z < TEXT.length && TEXT[z] !== "\n") z++;
  }
  return [a, z];
}

/** A passage as a quotation, the words themselves marked. */
function passage(start, end) {
  const [a, z] = sentenceAround(start, end);
  const long = end - start > 700;
  const words = TEXT.slice(start, long ? start + 640 : end);
  const from = TEXT.slice(0, start).split("\n").filter((line) => line.trim()).length || 1;
  return h("figure", { class: "passage" },
    h("blockquote", { lang: "zh-CN" }, a < start ? TEXT.slice(a, start).trimStart() : null, h("mark", { text: words }), long ? "…" : TEXT.slice(end, z).trimEnd()),
    h("figcaption", {}, h("span", { text: t("paragraph-n", { n: number(from) }) }), h("button", { type: "button", class: "link", onclick: () => openText(start), text: t("show-in-text") })));
}

/** Kinds marked in the text; where two overlap, the one named first here wins. */
const LEAF = ["document", "rule", "body", "figure", "claim"];
let segments = [];
let textBuilt = "";

/** Marks of the text, the ones that win first. */
function marksOfText() {
  const marks = [];
  for (let i = 0; i < COUNT; i++) {
    if (!LEAF.includes(kindOf[i])) continue;
    for (let k = 0; k < N.places[i].length; k += 2) marks.push([N.places[i][k], N.places[i][k + 1], i]);
  }
  const rank = (mark) => LEAF.indexOf(kindOf[mark[2]]);
  return marks.sort((a, b) => rank(a) - rank(b) || a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0] || a[2] - b[2]);
}

/** Anchors at the beginning of issues and measures, and headings for the contents. */
function anchorsOfText() {
  return [...ofKind("aspect"), ...ofKind("issue"), ...ofKind("recommendation"), ...ofKind("measure")].filter((n) => N.places[n].length).map((n) => [N.places[n][0], n]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function buildText(box) {
  const owner = new Int32Array(TEXT.length).fill(-1);
  for (const [start, end, node] of marksOfText().reverse()) owner.fill(node, start, end);
  const cuts = new Set([0, TEXT.length]);
  for (let i = 1; i < TEXT.length; i++) if (owner[i] !== owner[i - 1] || TEXT[i - 1] === "\n") cuts.add(i);
  const anchors = new Map();
  for (const [place, node] of anchorsOfText()) {
    let at = place;
    const line = TEXT.lastIndexOf("\n", place - 1) + 1;
    if (kindOf[node] !== "measure" && place - line <= 8) at = line;
    while (at < TEXT.length - 1 && /\s/.test(TEXT[at])) at++;
    cuts.add(at);
    push(anchors, at, node);
  }
  for (let i = 0; i < COUNT; i++) for (const at of N.places[i]) cuts.add(Math.min(at, TEXT.length));
  for (const place of E.place) for (const at of place) cuts.add(Math.min(at, TEXT.length));
  const bounds = [...cuts].sort((a, b) => a - b);
  segments = [];
  let paragraph = h("p", {});
  const body = h("div", { class: "text-body", lang: "zh-CN" }, paragraph);
  for (let k = 0; k < bounds.length - 1; k++) {
    const [start, end] = [bounds[k], bounds[k + 1]];
    for (const node of anchors.get(start) || []) {
      paragraph.append(anchorOf(node));
      if (kindOf[node] !== "measure" && paragraph.childElementCount < 4) paragraph.classList.add("heading", `heading-${kindOf[node]}`);
    }
    const node = owner[start];
    const words = TEXT.slice(start, end);
    const element = node >= 0
      ? h("a", { class: `in-text kind-${kindOf[node]}`, href: "#", "data-node": node, onclick: (event) => { event.preventDefault(); select(node); }, text: words })
      : h("span", { text: words });
    segments.push({ start, end, element });
    paragraph.append(element);
    if (words.endsWith("\n")) {
      paragraph = h("p", {});
      body.append(paragraph);
    }
  }
  put(box, contents(), body);
  for (const p of body.querySelectorAll("p")) if (!p.textContent.trim()) p.remove();
}

/** The sign of an issue or measure in front of its words: a link, no part of the text. */
function anchorOf(node) {
  const name = kindOf[node] === "issue" ? attribute(node, "ref") : attribute(node, "number");
  return h("a", { class: `anchor anchor-${kindOf[node]}`, href: "#", "data-node": node, "aria-label": `${kindName(kindOf[node])} ${labelOf(node)}`, onclick: (event) => { event.preventDefault(); select(node); } }, glyph(kindOf[node], name));
}

function contents() {
  const entry = (node, ...children) => h("li", {}, h("a", { href: "#", class: "toc-link", onclick: (event) => { event.preventDefault(); scrollText(N.places[node][0]); } },
    h("span", { class: "toc-number", text: kindOf[node] === "issue" ? attribute(node, "ref") : "" }), h("span", { text: labelOf(node) })), ...children);
  const placed = (n) => N.places[n].length > 0;
  const loose = ofKind("issue").filter((i) => placed(i) && dossiers.get(i).aspect < 0);
  const list = h("ol", { class: "toc" }, ...ofKind("aspect").filter(placed).map((a) => entry(a, h("ol", {}, ...(issuesOf.get(a) || []).filter(placed).map((i) => entry(i))))), ...loose.map((i) => entry(i)));
  return list.childElementCount ? h("details", { class: "contents" }, h("summary", { text: t("contents") }), list) : null;
}

/** Mark the words of what is chosen, and bring them into sight. */
function markText(scrollTo) {
  const places = state.edge >= 0 ? E.place[state.edge] : state.selected >= 0 ? N.places[state.selected] : [];
  const spans = [];
  for (let k = 0; k < places.length; k += 2) spans.push([places[k], places[k + 1]]);
  for (const { start, end, element } of segments) element.classList.toggle("said", spans.some(([a, z]) => start >= a && end <= z));
  if (scrollTo !== undefined) scrollText(scrollTo, wantedPlace === undefined);
  else if (spans.length) scrollText(spans[0][0]);
}

/** @param {number} at @param {boolean} [atOnce] a place the reader did not ask for is no place to glide to */
function scrollText(at, atOnce) {
  const segment = segments.find((s) => s.end > at);
  if (!segment) return;
  const [own, box] = [segment.element.getBoundingClientRect(), byId("side-text").getBoundingClientRect()];
  if (own.top < box.top + 8 || own.bottom > box.bottom - 8) segment.element.scrollIntoView({ block: "center", behavior: atOnce || reducedMotion() ? "auto" : "smooth" });
}

let wantedPlace;
let textShownFor = "";

function openText(at) {
  wantedPlace = at;
  go({ text: true });
  if (wantedPlace !== undefined) { scrollText(wantedPlace); wantedPlace = undefined; }
}

function renderText(box) {
  const key = `${lang}`;
  if (textBuilt !== key || !box.childElementCount) { buildText(box); textBuilt = key; }
  const issue = state.view === "issue" && state.selected < 0 && state.edge < 0 ? issueByRef.get(state.ref) : -1;
  const home = issue >= 0 && textShownFor !== state.ref ? N.places[issue][0] : undefined;
  textShownFor = state.view === "issue" ? state.ref : "";
  markText(wantedPlace === undefined ? home : wantedPlace);
}
