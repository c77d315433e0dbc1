// Search by any words, by 《title》, by number, by pinyin initials; hits by kind.

const SEARCHED = ["issue", "measure", "document", "rule", "body", "aspect", "recommendation", "action", "figure", "claim", "level", "inspection", "notice", "other"];
const HITS = 50;
const PER_KIND = 8;

/** @type {{label: string, words: string, initials: string}[]} */
let haystack = [];

const fold = (words) => words.normalize("NFKC").toLowerCase().replace(/[《》〈〉<>“”"'‘’\s]/g, "");

/** Built when the page is idle, or by the first search. */
function buildHaystack() {
  if (haystack.length) return haystack;
  const phrases = Object.entries(DATA.initials.phrases);
  haystack = N.label.map((label, i) => {
    let spelled = label;
    for (const [phrase, letters] of phrases) spelled = spelled.split(phrase).join(letters);
    const initials = Array.from(spelled, (c) => DATA.initials.characters[c] || (/[a-z0-9]/i.test(c) ? c.toLowerCase() : "")).join("");
    const place = N.places[i];
    const own = kindOf[i] === "measure" || kindOf[i] === "issue" ? TEXT.slice(place[0] || 0, place[1] || 0) : "";
    return { label: fold(label), words: fold([label, attribute(i, "label_en") || "", attribute(i, "documentNumber") || "", own].join("\n")), initials };
  });
  return haystack;
}

/**
 * Nodes that hold all words of a question, best first: number, whole label, start of it, inside it, text.
 * @param {string} question @returns {number[]}
 */
function searchNodes(question) {
  const words = question.split(/\s+/).map(fold).filter(Boolean);
  if (!words.length) return [];
  const hits = [];
  const rows = buildHaystack();
  for (let i = 0; i < rows.length; i++) {
    const score = Math.min(...words.map((word) => scoreOf(i, rows[i], word)));
    if (score > 0) hits.push([score, i]);
  }
  hits.sort((a, b) => b[0] - a[0] || rankOfKind(a[1]) - rankOfKind(b[1]) || a[1] - b[1]);
  return hits.map((hit) => hit[1]);
}

const rankOfKind = (node) => SEARCHED.indexOf(kindOf[node]);

function scoreOf(node, row, word) {
  const ref = attribute(node, "ref");
  if (ref !== undefined && (String(ref) === word || `问题${ref}` === word || `issue${ref}` === word)) return 9;
  if (row.label === word) return 8;
  if (row.label.startsWith(word)) return 7;
  if (row.label.includes(word)) return 6;
  if (/^[a-z]{2,}$/.test(word) && row.initials.includes(word)) return row.initials.startsWith(word) ? 5 : 4;
  return row.words.includes(word) ? 2 : 0;
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
    current = (next + options.length) % options.length;
    options.forEach((option, i) => option.element.setAttribute("aria-selected", String(i === current)));
    input.setAttribute("aria-activedescendant", options[current].element.id);
    options[current].element.scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    input.value = "";
    choose(node);
  };
  const show = () => {
    options = [];
    current = -1;
    list.replaceChildren();
    input.removeAttribute("aria-activedescendant");
    if (!input.value.trim()) return close();
    const hits = searchNodes(input.value);
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
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    announce(hits.length ? t("hits", { count: number(hits.length) }) : t("no-hits"));
    if (options.length) mark(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else mark(current + (event.key === "ArrowDown" ? 1 : -1));
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
