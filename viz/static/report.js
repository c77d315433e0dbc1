// The report: the notice's own numbers checked, what is missing, and four small pictures.

function renderReport() {
  put(byId("report"), h("div", { class: "page-head" }, h("h1", { text: t("report") })), claimsSection(), gapsSection(), h("div", { class: "plots" }, ...[documentsPlot(), statusPlot(), levelsPlot(), timelinePlot()].filter(Boolean)));
}

// ---- claims

const VERDICT_SIGN = { "outcome-matches": "✓", "outcome-differs": "≠", "outcome-cannot-tell": "?" };

/** The order in which claims are told: what is wrong first, what nobody can tell last. */
const VERDICTS = ["outcome-differs", "outcome-matches", "outcome-cannot-tell"];

function claimsSection() {
  const claims = ofKind("claim").map((claim) => {
    const checks = targets(claim, (l) => l.relation === "hasReconciliation");
    const verdict = VERDICTS.find((v) => checks.some((c) => attribute(c, "outcome") === v)) || "outcome-cannot-tell";
    return { claim, verdict, telling: checks.find((c) => attribute(c, "outcome") === verdict) };
  });
  if (!claims.length) return null;
  claims.sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const rows = claims.map(({ claim, verdict, telling }) => {
    const observed = telling === undefined ? undefined : attribute(telling, "observedValue");
    return h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "row-link", onclick: () => select(claim) }, glyph("claim"), h("span", { text: claimName(claim) })), claimWords(claim), noticeLine(claim)),
      h("td", { class: "number", text: attribute(claim, "claimedValue") === undefined ? "" : number(attribute(claim, "claimedValue")) }), h("td", { class: "number", text: observed === undefined ? "—" : number(observed) }),
      h("td", {}, h("span", { class: `outcome ${verdict}` }, h("span", { "aria-hidden": "true", class: "outcome-sign", text: VERDICT_SIGN[verdict] }), h("span", { text: term(verdict) }))),
      h("td", { class: "why", text: telling === undefined ? "" : factWords(telling, attribute(telling, "explanation") === undefined ? "outcome" : "explanation") }));
  });
  const head = ["kind.claim", "col.claimed", "col.observed", "col.verdict", "col.why"].map((key, i) => h("th", { scope: "col", class: i === 1 || i === 2 ? "number" : null, text: columnName(key) }));
  return h("section", { "aria-labelledby": "claims" }, h("h2", { id: "claims", text: t("claims") }), h("p", { class: "lead", text: t("claims-lead") }),
    h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": t("scrolls", { name: t("claims") }) }, h("table", { class: "table claims" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows))));
}

const claimName = (claim) => (attribute(claim, "claimTopic") && DATA.terms[attribute(claim, "claimTopic")] ? term(attribute(claim, "claimTopic")) : labelOf(claim));

/** The words that say it: several claims may have one topic. */
function claimWords(claim) {
  const [start, end] = N.places[claim];
  return end > start ? h("span", { class: "claim-words muted", lang: "zh-CN", text: end - start > 48 ? `${TEXT.slice(start, start + 46)}…` : TEXT.slice(start, end) }) : null;
}

const noticeLine = (node) => (noticeName(node) ? h("span", { class: "claim-words muted of-notice", text: noticeName(node) }) : null);

// ---- gaps

function gapsSection() {
  const measures = ofKind("measure");
  const dated = (m) => ["startDate", "endDate", "deadline", "hasPeriod"].some((name) => attribute(m, name) !== undefined);
  /** @type {[string, number[]][]} */
  const gaps = [
    ["gap.no-measures", ofKind("issue").filter((i) => !dossiers.get(i).measures.length)],
    ["gap.no-documents", ofKind("issue").filter((i) => dossiers.get(i).measures.length && !dossiers.get(i).made.length)],
    ["gap.bare", measures.filter((m) => !documentsOf(m).length && !figuresOf(m).length && !dated(m) && !figuresOf(m).some(dated))],
    ["gap.awaited", [...ofKind("document"), ...ofKind("rule")].filter((d) => attribute(d, "awaited"))],
    ["gap.drafting", ofKind("document").filter((d) => attribute(d, "status") === "status-doc-drafting")],
    ["gap.open", measures.filter((m) => ["status-in-progress", "status-planned"].includes(attribute(m, "status")))],
  ];
  const found = gaps.filter(([, nodes]) => nodes.length);
  if (!found.length) return null;
  return h("section", { "aria-labelledby": "gaps" }, h("h2", { id: "gaps", text: t("gaps") }), ...found.map(([key, nodes]) =>
    h("details", { class: "gap", open: nodes.length <= 12 }, h("summary", {}, h("span", { text: t(key) }), h("span", { class: "count", text: number(nodes.length) })),
      h("ul", { class: "gap-list" }, ...nodes.map((n) => h("li", {}, nodeLink(n), h("span", { class: "muted", text: [placeName(n), noticeName(n)].filter(Boolean).join(" · ") })))))));
}

// ---- pictures

/** A plot with a heading; the same numbers stand in its label for who cannot see it. */
function plot(title, words, width, height, ...marks) {
  return h("figure", { class: "plot" }, h("figcaption", {}, h("h2", { text: title })), svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title}: ${words}` }, ...marks));
}

/** Width of a plot: as planned, or that of a small screen, so that its words stay as large as others. */
const plotWidth = (planned) => Math.min(planned, Math.max(300, stageWidth() - 32));

const WIDEST_BAR = 64;

function documentsPlot() {
  const issues = ofKind("issue");
  if (!issues.length) return null;
  const made = issues.map((i) => dossiers.get(i).made.length);
  const most = Math.max(1, ...made);
  const [w, hgt, base] = [plotWidth(520), 330, 300];
  const step = Math.min(WIDEST_BAR, (w - 30) / issues.length);
  const every = Math.ceil(issues.length * 15 / (w - 30));
  return plot(t("plot.documents"), issues.map((i, k) => `${attribute(i, "ref")}: ${made[k]}`).join(", "), w, hgt,
    svg("path", { d: `M26 ${base + .5}H${w}`, class: "axis" }), svg("text", { x: 20, y: 18, "text-anchor": "end", class: "tick", text: number(most) }), svg("text", { x: 20, y: base, "text-anchor": "end", class: "tick", text: "0" }),
    ...issues.flatMap((issue, k) => {
      const x = 28 + k * step;
      const high = made[k] / most * (base - 12);
      return [made[k] ? svg("rect", { x, y: base - high, width: Math.max(2, step - Math.min(4, step / 3)), height: high, class: "plot-bar kind-document" }, svg("title", { text: `${labelOf(issue)}: ${made[k]}` }))
        : svg("circle", { cx: x + step / 2 - 1, cy: base - 5, r: 2.6, class: "none-mark" }, svg("title", { text: `${labelOf(issue)}: 0` })),
      k % every === 0 ? svg("text", { x: x + step / 2 - 1.5, y: base + 16, "text-anchor": "middle", class: "tick", text: attribute(issue, "ref") }) : null];
    }).filter(Boolean));
}

/** Horizontal bars with their names and numbers. */
function barsPlot(title, rows, kind) {
  if (!rows.length) return null;
  const most = Math.max(1, ...rows.map((row) => row[1]));
  const w = plotWidth(520);
  const names = Math.min(150, 10 + Math.max(...rows.map(([name]) => widthOf(name) * 0.13)));
  return plot(title, rows.map(([name, count]) => `${name}: ${count}`).join(", "), w, rows.length * 34 + 6,
    ...rows.flatMap(([name, count], k) => [
      svg("text", { x: names, y: k * 34 + 23, "text-anchor": "end", class: "name", text: name }),
      svg("rect", { x: names + 10, y: k * 34 + 8, width: Math.max(2, count / most * (w - names - 60)), height: 20, rx: 2, class: `plot-bar kind-${kind}` }),
      svg("text", { x: names + 18 + Math.max(2, count / most * (w - names - 60)), y: k * 34 + 23, class: "name", text: number(count) }),
    ]));
}

function statusPlot() {
  const counts = new Map();
  for (const m of ofKind("measure")) { const s = attribute(m, "status"); counts.set(s, (counts.get(s) || 0) + 1); }
  const order = ["status-completed", "status-continuous", "status-in-progress", "status-planned"];
  const rows = [...counts].sort((a, b) => (order.indexOf(a[0]) + 1 || 9) - (order.indexOf(b[0]) + 1 || 9)).map(([s, c]) => [s ? term(s) : t("not-said"), c]);
  return barsPlot(t("plot.status"), rows, "measure");
}

function levelsPlot() {
  return barsPlot(t("plot.levels"), allLevels().map((l) => [labelOf(l), ofKind("measure").filter((m) => levelsOf(m).includes(l)).length]), "level");
}

/** Days and periods of the notice by month: inspection above, measures and figures below. */
function timelinePlot() {
  const events = [];
  for (let i = 0; i < COUNT; i++) {
    const spans = [[attribute(i, "startDate"), attribute(i, "endDate")], [attribute(i, "feedbackDate")], [attribute(i, "issued")], [attribute(i, "deadline")], ...String(attribute(i, "hasPeriod") || "").split(" ").map((p) => p.split("/"))];
    for (const [start, end] of spans) if (start || end) events.push({ node: i, start: toDay(start || end), end: toDay(end || start, true) });
  }
  const good = events.filter((e) => Number.isFinite(e.start) && Number.isFinite(e.end));
  if (good.length < 3) return null;
  const sorted = good.map((e) => e.end).sort((a, b) => a - b);
  const last = sorted[sorted.length - 1];
  const recent = last - 366 * 3 * 864e5;
  const shown = good.filter((e) => e.end >= recent).sort((a, b) => a.start - b.start || a.end - b.end);
  return timeline(shown, Math.max(shown[0].start, recent), last, good.length);
}

function timeline(events, first, last, all) {
  const w = plotWidth(1060);
  const x = (day) => 10 + Math.max(0, (day - first) / Math.max(864e5, last - first)) * (w - 30);
  const rows = [];
  const marks = events.map((event) => {
    const [a, z] = [x(event.start), Math.max(x(event.start) + 5, x(event.end))];
    let row = rows.findIndex((end) => end < a - 3);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = z;
    const words = `${labelOf(event.node)} · ${period(isoDay(event.start), isoDay(event.end))}`;
    return svg("rect", { x: a, y: 8 + row * 9, width: z - a, height: 6, rx: 3, class: `plot-bar kind-${kindOf[event.node]}`, "data-node": event.node, onclick: () => select(event.node) }, svg("title", { text: words }));
  });
  const base = 16 + rows.length * 9;
  const ticks = [];
  const day = new Date(first);
  const months = (last - first) / (30 * 864e5);
  const step = [1, 3, 6, 12, 24, 60].find((each) => months / each * 90 < w) || 120;
  for (let m = new Date(Date.UTC(day.getUTCFullYear(), Math.ceil((day.getUTCMonth() + 1) / step) * step, 1)); m <= last; m.setUTCMonth(m.getUTCMonth() + step)) {
    ticks.push(svg("path", { d: `M${x(m.getTime())} 4V${base}`, class: "grid" }), svg("text", { x: x(m.getTime()), y: base + 14, "text-anchor": "middle", class: "tick", text: date(isoDay(m.getTime()).slice(0, 7)) }));
  }
  const figure = plot(t("plot.timeline"), t("timeline-words", { count: all, start: date(isoDay(first)), end: date(isoDay(last)) }), w, base + 22, ...ticks, svg("path", { d: `M10 ${base}H${w}`, class: "axis" }), ...marks);
  figure.classList.add("wide");
  figure.querySelector("figcaption").append(h("p", { class: "key" }, ...unique(events.map((event) => kindOf[event.node])).map((kind) => h("span", { class: "key-item" }, h("span", { class: `key-bar kind-${kind}`, "aria-hidden": "true" }), h("span", { text: kindName(kind, true) })))));
  return figure;
}

function toDay(iso, end) {
  const [, y, m, d] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso || "") || [];
  if (!y) return NaN;
  return d ? Date.UTC(+y, +m - 1, +d) : m ? Date.UTC(+y, end ? +m : +m - 1, end ? 0 : 1) : Date.UTC(+y, end ? 11 : 0, end ? 31 : 1);
}

const isoDay = (time) => new Date(time).toISOString().slice(0, 10);
