// Chinese and English: the page's own words, the ontology's labels, numbers and dates.

/** What was chosen before, else the first language of the browser that the page speaks, else Chinese. */
let lang = [settings.get("lang"), ...(navigator.languages || [navigator.language])].map((tag) => String(tag || "").toLowerCase().split("-")[0])
  .find((tag) => tag === "zh" || tag === "en") || "zh";

const langIndex = () => (lang === "zh" ? 0 : 1);

/**
 * A sentence of the page; `{name}` is replaced by a value.
 * @param {string} key @param {Object<string, *>} [values] @returns {string}
 */
function t(key, values) {
  const pair = DATA.strings[key];
  if (!pair) return key;
  return pair[langIndex()].replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
}

/** Label of a class, relation, status or level. @param {string} name @returns {string} */
function term(name) {
  const short = DATA.strings[`term.${name}`];
  if (short) return short[langIndex()];
  const known = DATA.terms[name];
  if (known) return known[langIndex()];
  return String(name).replace(/^[a-z]+-(doc-)?/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
}

/** "33 measures": a number with its noun, singular where English needs it. */
function counted(kind, count) {
  const row = DATA.kinds.find((one) => one.name === kind);
  if (lang === "zh") return `${number(count)} ${t(`unit.${kind}`)}${row.zh}`;
  return `${number(count)} ${(count === 1 ? row.en : row.many).toLowerCase()}`;
}

function kindName(kind, many) {
  const row = DATA.kinds.find((one) => one.name === kind);
  return lang === "zh" ? row.zh : many ? row.many : row.en;
}

/** What a node is called; notices are Chinese, so English is shown only where the graph has it. */
function labelOf(node) {
  return (lang === "en" && attribute(node, "label_en")) || N.label[node];
}

/** The title of the page; of several notices how many they are. */
const pageTitle = () => (SEVERAL ? t("n-notices", { count: number(ofKind("notice").length) }) : DATA.title);

/** The notice of a node where there are several to tell apart, else nothing. */
const noticeName = (node) => (SEVERAL && noticeOf(node) >= 0 ? labelOf(noticeOf(node)) : "");

/** The label without the marks 《》 around a whole title: on a card the sign says that it is a document. */
function cardLabel(node) {
  const label = labelOf(node);
  return isDocument(node) && /^《[^《》]*》$/.test(label) ? label.slice(1, -1) : label;
}

const formats = { zh: new Intl.NumberFormat("zh-CN"), en: new Intl.NumberFormat("en-GB") };
const number = (value) => formats[lang].format(value);

/** An ISO date, or part of one, as the language writes it. @param {string} iso */
function date(iso) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(String(iso)) || [];
  if (!year) return String(iso);
  if (lang === "zh") return `${Number(year)}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
  const name = month && new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(new Date(`${year}-${month}-01T00:00:00Z`));
  return [day && Number(day), name, year].filter(Boolean).join(" ");
}

function period(start, end) {
  if (!start) return end ? date(end) : "";
  return end && end !== start ? `${date(start)} – ${date(end)}` : date(start);
}

/** Short sign of a level of court: 高 中 基, or the English word. */
const levelName = (node) => {
  const short = DATA.strings[`level.${N.id[node].split("court-level-").pop()}`];
  return short ? short[langIndex()] : labelOf(node);
};

/** Write the page's fixed words into the elements that name them. */
function writeFixedWords() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.getAttribute("data-t"));
  for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.getAttribute("data-t-label")));
}
