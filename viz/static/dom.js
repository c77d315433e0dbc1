// Elements and downloads. Words only ever become text nodes; no markup is parsed anywhere on the page.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. `text` becomes a text node, `on…` a listener, `true` an empty attribute;
 * null, undefined and false are left out.
 * @param {string} tag
 * @param {Object<string, *>} [attributes]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any} an HTMLElement of that tag
 */
function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @param {string} tag
 * @param {Object<string, *>} [attributes]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {SVGElement}
 */
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.appendChild(document.createTextNode(String(value)));
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, word] of Object.entries(value)) element.style.setProperty(key, word);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return document.getElementById(id);
}

/** Replace what an element holds. @param {Element} element @param {...(Node|string|null|false)} children */
function put(element, ...children) {
  element.replaceChildren(.../** @type {(Node|string)[]} */ (children.filter(Boolean)));
}

/**
 * Fill a long list as far as it is seen: the next part comes when the end of the last is near.
 * @template T @param {Element} parent @param {T[]} items @param {(item: T) => Node} make @param {number} [size]
 */
function fillLazily(parent, items, make, size = 120) {
  const add = (from) => {
    parent.append(...items.slice(from, from + size).map(make));
    if (from + size >= items.length) return;
    const more = () => {
      seen.disconnect();
      unfilled.delete(more);
      if (parent.isConnected) add(from + size);
    };
    const seen = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) more(); }, { rootMargin: "1200px" });
    seen.observe(parent.lastElementChild);
    unfilled.add(more);
  };
  add(0);
  return parent;
}

/** What lists still have to add. @type {Set<() => void>} */
const unfilled = new Set();

/** Fill all lists to their ends, as paper needs them. */
function fillAll() {
  for (const more of unfilled) more();
}

/** Offer a file to the reader. @param {string} name @param {Blob} blob */
function download(name, blob) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Put words on the clipboard; file pages may lack the clipboard API, so fall back on a selection. */
function copyText(words) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words).catch(() => copyBySelection(words));
  return Promise.resolve(copyBySelection(words));
}

function copyBySelection(words) {
  const area = h("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  area.value = words;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** Tell readers of screens what changed. @param {string} words */
function announce(words) {
  byId("live").textContent = words;
}

/** A per-reader setting; pages opened from a folder may have no storage. */
const settings = {
  get(name) {
    try { return localStorage.getItem(`rectify.${name}`); } catch (error) { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`rectify.${name}`, value); } catch (error) { /* kept for this visit only */ }
  },
};
