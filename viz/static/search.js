// Search by any words, by 《title》, by number, by pinyin initials; hits by kind.

const SEARCHED = ["issue", "measure", "document", "rule", "body", "aspect", "recommendation", "action", "figure", "claim", "level", "inspection", "notice", "other"];
const HITS = 50;
const PER_KIND = 8;

const foldLines = (words) => words.normalize("NFKC").toLowerCase().replace(/[《》〈〉<>“”"'‘’\t\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g, "");
const fold = (words) => foldLines(words).replace(/\n/g, "");

/**
 * What is searched, folded: of every node its label, its other words, and the pinyin initials of the label. Each is one
 * long string with a line for every node, and the places where the lines begin: a search is a few runs of `indexOf`.
 * @typedef {{text: string, starts: Int32Array, parts: string[], length: number, lines: number, add: (hay: Hay, from: number, to: number) => void}} Hay
 */
const HAY = { labels: emptyHay(addLabels), words: emptyHay(addWords), initials: emptyHay(addInitials) };
/** Longest time in ms that the page may be kept busy at a stretch: while a reader waits, and while nobody does. */
const SLICE = 30;
const EARLY_SLICE = 8;
/** Nodes folded at once: by themselves, each would cost the calls of three functions. */
const FOLDED_AT_ONCE = 64;
let waiting = null;

/** @returns {Hay} */
function emptyHay(add) {
  return { text: "", starts: new Int32Array(COUNT + 1), parts: [], length: 0, lines: 0, add };
}

/** Fold for so many ms at most. @param {number} budget @param {Hay[]} hays @returns {boolean} all of them are folded */
function buildHaystack(budget, hays) {
  const until = performance.now() + budget;
  for (const hay of hays) {
    while (hay.lines < COUNT) {
      const end = Math.min(COUNT, hay.lines + FOLDED_AT_ONCE);
      hay.add(hay, hay.lines, end);
      hay.lines = end;
      if (end === COUNT) Object.assign(hay, { text: hay.parts.join(""), parts: [] });
      if (performance.now() >= until) return hays.every((one) => one.lines === COUNT);
    }
  }
  return true;
}

function addLabels(hay, from, end) {
  addLines(hay, from, end, (node) => N.label[node]);
}

function addWords(hay, from, end) {
  addLines(hay, from, end, otherWords);
}

function addLines(hay, from, end, wordsOf) {
  let lines = "";
  for (let node = from; node < end; node++) {
    const words = wordsOf(node);
    lines += `${words.includes("\n") ? words.replace(/\n/g, " ") : words}\n`;
  }
  const folded = foldLines(lines);
  for (let node = from, at = 0; node < end; node++) {
    at = folded.indexOf("\n", at) + 1;
    hay.starts[node + 1] = hay.length + at;
  }
  hay.parts.push(folded);
  hay.length += folded.length;
}

/** The English label, the number of a document, and all the words of a measure or an issue. */
function otherWords(node) {
  const [english, numbered] = [attribute(node, "label_en"), attribute(node, "documentNumber")];
  const said = kindOf[node] === "measure" || kindOf[node] === "issue" ? TEXT.slice(N.places[node][0] || 0, N.places[node][1] || 0) : "";
  return english || numbered ? [english || "", numbered || "", said].join(" ") : said;
}

/** For each character of the basic plane the letter that stands for it, 0 for none; 128 is added where a phrase may begin. */
const LETTER = new Uint8Array(65536);
for (const c of "abcdefghijklmnopqrstuvwxyz0123456789") LETTER[c.charCodeAt(0)] = LETTER[c.toUpperCase().charCodeAt(0)] = c.charCodeAt(0);
for (const [c, letter] of Object.entries(DATA.initials.characters)) LETTER[c.charCodeAt(0)] = letter.charCodeAt(0);
for (const phrase of Object.keys(DATA.initials.phrases)) LETTER[phrase.charCodeAt(0)] |= 128;
const PHRASES = new RegExp(Object.keys(DATA.initials.phrases).join("|") || "(?!)", "g");

/** Initials of labels: letters and digits as they are, 青岚法院 as qlfy. */
function addInitials(hay, from, end) {
  const labels = [];
  for (let node = from; node < end; node++) labels.push(startsPhrase(N.label[node]) ? N.label[node].replace(PHRASES, (phrase) => DATA.initials.phrases[phrase]) : N.label[node]);
  const codes = new Uint8Array(labels.reduce((sum, label) => sum + label.length + 1, 0));
  let length = 0;
  labels.forEach((label, i) => {
    for (let k = 0; k < label.length; k++) {
      const letter = LETTER[label.charCodeAt(k)] & 127;
      if (letter) codes[length++] = letter;
    }
    codes[length++] = 10;
    hay.starts[from + i + 1] = hay.length + length;
  });
  hay.parts.push(new TextDecoder().decode(codes.subarray(0, length)));
  hay.length += length;
}

function startsPhrase(label) {
  for (let k = 0; k < label.length; k++) if (LETTER[label.charCodeAt(k)] & 128) return true;
  return false;
}

const isSearchable = () => Object.values(HAY).every((hay) => hay.lines === COUNT);

/** Fold as soon as the page is drawn, in turns so short that nothing has to wait for them. */
function buildEarly() {
  const turn = () => buildHaystack(EARLY_SLICE, Object.values(HAY)) || setTimeout(turn, 0);
  requestAnimationFrame(() => setTimeout(turn, 0));
}

/** Do something with what a question is looked for in: now if it is folded, or as soon as it is; of several that wait, the last. */
function whenSearchable(question, act) {
  const needed = wordsOf(question).some(isInitials) ? Object.values(HAY) : [HAY.labels, HAY.words];
  const idle = !waiting;
  waiting = buildHaystack(SLICE, needed) ? null : { needed, act };
  if (!waiting) act();
  else if (idle) setTimeout(hasten, 0);
}

function hasten() {
  if (!waiting) return;
  if (!buildHaystack(SLICE, waiting.needed)) { setTimeout(hasten, 0); return; }
  const { act } = waiting;
  waiting = null;
  act();
}

const wordsOf = (question) => question.split(/\s+/).map(fold).filter(Boolean);
const isInitials = (word) => /^[a-z]{2,}$/.test(word);

/**
 * Nodes that hold all words of a question, best first: number, whole label, start of it, inside it, text.
 * @param {string} question @returns {number[]}
 */
function searchNodes(question) {
  const words = wordsOf(question);
  if (!words.length) return [];
  const scores = words.map(scoresOf);
  /** @type {number[][]} */
  const ranked = [];
  for (let i = 0; i < COUNT; i++) {
    let score = scores[0][i];
    for (let k = 1; k < scores.length && score; k++) score = Math.min(score, scores[k][i]);
    if (!score) continue;
    const rank = (9 - score) * KINDS.length + RANKS[N.kind[i]];
    (ranked[rank] = ranked[rank] || []).push(i);
  }
  return ranked.filter(Boolean).flat();
}

const RANKS = KINDS.map((kind) => SEARCHED.indexOf(kind) + 1 ? SEARCHED.indexOf(kind) : SEARCHED.length);

/** How well each node fits one word: 0 where it does not. @param {string} word @returns {Uint8Array} */
function scoresOf(word) {
  const scores = new Uint8Array(COUNT);
  eachLine(HAY.words, word, (node) => { scores[node] = 2; });
  if (isInitials(word)) eachLine(HAY.initials, word, (node, first) => { scores[node] = first ? 5 : 4; });
  eachLine(HAY.labels, word, (node, first, whole) => { scores[node] = whole ? 8 : first ? 7 : 6; });
  for (const [node, ref] of more.ref || []) if (String(ref) === word || `问题${ref}` === word || `issue${ref}` === word) scores[node] = 9;
  return scores;
}

/** Every node whose line holds a word, with whether the line begins with it, and whether it is all of it. */
function eachLine({ text, starts }, word, act) {
  let node = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[node + 1])) {
    while (starts[node + 1] <= at) node++;
    const first = at === starts[node];
    act(node, first, first && starts[node + 1] === at + word.length + 1);
  }
}

/** The first hits of each kind, kinds in the order of their best hit. @returns {[string, number[], number][]} */
function groupHits(hits) {
  const groups = new Map();
  for (const node of hits) push(groups, kindOf[node], node);
  let left = HITS;
  return [...groups].map(([kind, nodes]) => {
    const part = nodes.slice(0, Math.min(PER_KIND, left));
    left -= part.length;
    return /** @type {[string, number[], number]} */ ([kind, part, nodes.length]);
  }).filter(([, part]) => part.length);
}

/** The search box: a combobox whose list opens below it. */
function searchBox(host, { label, choose }) {
  const list = h("div", { class: "hits", id: `${host.id}-hits`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    type: "search", role: "combobox", id: `${host.id}-input`, "aria-label": label, placeholder: label, autocomplete: "off",
    spellcheck: "false", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  });
  let options = [];
  let current = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    if (!options.length) return;
    if (options[current]) options[current].element.setAttribute("aria-selected", "false");
    current = (next + options.length) % options.length;
    options[current].element.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[current].element.id);
  };
  const move = (by) => {
    mark(current + by);
    if (options.length) options[current].element.scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    input.value = "";
    choose(node);
  };
  const show = () => {
    const asked = input.value;
    if (!asked.trim()) { clear(); close(); return; }
    whenSearchable(asked, () => input.value === asked && input.isConnected && showHits(searchNodes(asked)));
  };
  const clear = () => {
    options = [];
    current = -1;
    list.replaceChildren();
    input.removeAttribute("aria-activedescendant");
  };
  const showHits = (hits) => {
    clear();
    for (const [kind, nodes, total] of groupHits(hits)) {
      const name = `${host.id}-${kind}`;
      const group = h("div", { role: "group", "aria-labelledby": name }, h("div", { class: "hits-kind", id: name, text: `${kindName(kind, true)} ${number(total)}` }));
      for (const node of nodes) {
        const element = h("div", { class: "hit", role: "option", id: `${host.id}-${node}`, "aria-selected": "false", onmousedown: (e) => { e.preventDefault(); take(node); } },
          glyph(kindOf[node], attribute(node, "ref")), h("span", { class: "hit-label" }, ...marked(labelOf(node), input.value)), h("span", { class: "hit-place", text: placeName(node) }));
        options.push({ element, node });
        group.append(element);
      }
      list.append(group);
    }
    list.append(h("div", { class: "hits-count", role: "presentation", text: hits.length ? t("hits", { count: number(hits.length) }) : t("no-hits") }));
    announce(hits.length ? t("hits", { count: number(hits.length) }) : t("no-hits"));
    if (!list.hidden) list.scrollTop = 0;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && current >= 0 && !list.hidden) take(options[current].node);
    else if (event.key === "Escape") { close(); input.value = ""; event.stopPropagation(); }
  });
  put(host, sign("search"), input, list);
  return input;
}

/** Where a node belongs, in a few words: its issue or how many issues share it. */
function placeName(node) {
  const issues = issuesOf.get(node) || [];
  if (kindOf[node] === "issue" || !issues.length) return "";
  return issues.length === 1 ? t("issue-n", { n: attribute(issues[0], "ref") }) : t("in-issues", { count: issues.length });
}

/** Words with the parts that were asked for in <mark>. */
function marked(label, question) {
  const words = question.split(/\s+/).map((w) => w.replace(/[《》]/g, "")).filter(Boolean);
  const parts = [];
  let rest = label;
  while (rest) {
    const found = words.map((w) => [rest.toLowerCase().indexOf(w.toLowerCase()), w.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])[0];
    if (!found) { parts.push(rest); break; }
    if (found[0]) parts.push(rest.slice(0, found[0]));
    parts.push(h("mark", { text: rest.slice(found[0], found[0] + found[1]) }));
    rest = rest.slice(found[0] + found[1]);
  }
  return parts;
}
