// To take away: the picture as PNG or SVG, what it shows as CSV or Turtle, a link to it.

/** The whole picture as SVG, whatever part of it is in sight. */
function pictureSvg() {
  const b = boundsOf(scene.boxes.values());
  const [x, y, w, hgt] = [b.left - 40, b.top - 70, b.right - b.left + 80, b.bottom - b.top + 110];
  const root = svg("svg", { xmlns: SVG, viewBox: `${x} ${y} ${w} ${hgt}`, width: w, height: hgt, "font-family": theme.font });
  root.append(svg("title", { text: `${pageTitle()} — ${viewTitle()}` }));
  paintPicture(svgSurface(root), x, y, w, hgt);
  return root;
}

function paintPicture(g, x, y, w, hgt) {
  g.box(x, y, w, hgt, { fill: theme.paper });
  g.words(viewTitle(), x + 40, y + 26, { size: 15, color: theme.ink, weight: 600 });
  if (state.view !== "path") for (const head of scene.columns) g.words(`${head.title}  ${head.count}`, head.x - head.w / 2, y + 54, { size: 12.5, color: theme.soft, weight: 600 });
  paintLinks(g, state.view !== "all");
  if (!scene.compact) paintRelations(g);
  for (const [node, box] of scene.boxes) {
    const judged = scene.verdicts.get(node);
    paintCard(g, box, { alpha: bright && !bright.has(node) ? 0.3 : 1, chosen: node === state.selected, verdict: judged ? judged.verdict : "" });
  }
}

function saveSvg() {
  const words = new XMLSerializer().serializeToString(pictureSvg());
  download(`rectify-${state.view}.svg`, new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${words}\n`], { type: "image/svg+xml" }));
}

/** Three pixels for one, as far as browsers allow so large a canvas. */
function savePng() {
  const b = boundsOf(scene.boxes.values());
  const [x, y, w, hgt] = [b.left - 40, b.top - 70, b.right - b.left + 80, b.bottom - b.top + 110];
  const scale = Math.min(3, 16000 / Math.max(w, hgt), Math.sqrt(1e8 / (w * hgt)));
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { width: Math.round(w * scale), height: Math.round(hgt * scale) }));
  const ctx = canvas.getContext("2d");
  ctx.setTransform(scale, 0, 0, scale, -x * scale, -y * scale);
  paintPicture(canvasSurface(ctx), x, y, w, hgt);
  canvas.toBlob((blob) => download(`rectify-${state.view}.png`, blob), "image/png");
}

function saveNodes() {
  const rows = [...scene.boxes.keys()].map((n) => [iriOf(n), kindName(kindOf[n]), N.label[n], attribute(n, "ref") || attribute(n, "number"), attribute(n, "status") && term(attribute(n, "status")), issueRefs(n), N.places[n].length ? TEXT.slice(N.places[n][0], N.places[n][1]) : ""]);
  const head = ["Id", t("col.type"), t("col.label"), t("col.number"), t("facet.status"), kindName("issue"), t("col.words")];
  download("rectify-nodes.csv", new Blob([csv([head, ...rows])], { type: "text/csv;charset=utf-8" }));
}

function saveEdges() {
  const rows = scene.links.filter((l) => l.edge >= 0).map((l) => [iriOf(l.from), iriOf(l.to), l.relation, N.label[l.from], term(l.relation), N.label[l.to], t(`basis.${basisOf(l.edge)}`)]);
  const head = ["Source", "Target", "Relation", t("col.from"), t("relation"), t("col.to"), t("facet.basis")];
  download("rectify-edges.csv", new Blob([csv([head, ...rows])], { type: "text/csv;charset=utf-8" }));
}

/** What is shown, as RDF. */
function saveTurtle() {
  const iri = (words) => `<${words.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`)}>`;
  const literal = (words) => `"${words.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
  const lines = ["@prefix rectify: <https://w3id.org/rectify#> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", ""];
  const shown = new Set(scene.boxes.keys());
  for (const n of shown) {
    const parts = [`a rectify:${DATA.types[N.type[n]]}`, `rdfs:label ${literal(N.label[n])}@zh`];
    for (const e of outEdges[n]) if (shown.has(E.to[e]) && relationOf[e] in DATA.terms) parts.push(`rectify:${relationOf[e]} ${iri(iriOf(E.to[e]))}`);
    lines.push(`${iri(iriOf(n))} ${parts.join(" ;\n    ")} .`, "");
  }
  download("rectify.ttl", new Blob([lines.join("\n")], { type: "text/turtle;charset=utf-8" }));
}

/** On paper the whole picture stands as drawing, in light colours, whatever part of it is on the screen. */
function layOutForPaper() {
  clearPaper();
  fillAll();
  if (!GRAPHS.has(state.view) || asList() || !scene.boxes.size) return;
  const chosen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  readTheme();
  byId("graph").append(h("div", { class: "print-picture", "aria-hidden": "true" }, pictureSvg()));
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  readTheme();
}

function clearPaper() {
  for (const old of document.querySelectorAll(".print-picture")) old.remove();
}

function copyLink() {
  copyText(location.href).then(() => announce(t("copied")));
}

/** The menu of all of these. */
function takeawayMenu() {
  const item = (words, act) => h("li", {}, h("button", { type: "button", class: "menu-item", onclick: (event) => { event.target.closest("details").open = false; act(); }, text: words }));
  const menu = h("details", { class: "menu", id: "takeaway" }, h("summary", { class: "button", text: t("take-away") }),
    h("ul", { class: "menu-list" }, item(t("save-png"), savePng), item(t("save-svg"), saveSvg), item(t("save-nodes"), saveNodes), item(t("save-edges"), saveEdges), item(t("save-turtle"), saveTurtle), item(t("copy-link"), copyLink), item(t("print"), () => window.print())));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); event.stopPropagation(); } });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
  return menu;
}
