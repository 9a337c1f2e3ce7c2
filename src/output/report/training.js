// The training's records: held-out perplexity with the unigram baseline, and what went with it,
// against time, tokens, and passes or, of a stream, documents.
const axisChoices = [
  { name: "time", label: "seconds of training", value: (record) => record.seconds },
  { name: "tokens", label: "tokens seen", value: (record) => record.tokens },
  data.stream ? { name: "documents", label: "documents seen", value: (record) => record.docs }
    : { name: "passes", label: "passes through the corpus",
      value: (record) => record.docs / Math.max(data.docs, 1) },
];

// A line over records: {title, value, format, band, baseline}, redrawn by the returned function.
function lineChart(card, records, series, height) {
  const box = make("div", {});
  const readout = make("p", { class: "readout", role: "status" });
  card.append(box, readout);
  const svg = d3.select(box).append("svg").attr("tabindex", 0).attr("role", "img");
  const points = records.filter((record) => series.value(record) !== null);
  let draw = () => {};
  let width = 0;
  onWidth(box, (now) => {
    width = now;
    draw();
  });

  return (axis, zoomed) => {
    const say = (record) => {
      const extra = series.more ? series.more(record) : "";
      readout.textContent = `${short(axis.value(record))} ${axis.label}: ` +
        `${series.format(series.value(record))}${extra}`;
    };
    const last = points[points.length - 1];
    svg.attr("aria-label", `${series.title} against ${axis.label}; at the end ` +
      `${series.format(series.value(last))}. Arrow keys read out the records.`);
    say(last);
    draw = () => drawLine(svg, { points, series, axis, zoomed, width, height, say });
    if (width > 0) draw();
  };
}

function drawLine(svg, { points, series, axis, zoomed, width, height, say }) {
  const margin = { top: 8, right: 14, bottom: 38, left: 52 };
  svg.selectAll("*").remove();
  svg.attr("viewBox", `0 0 ${width} ${height}`).attr("height", height);
  const band = series.band && points.some((record) => series.band(record) !== null);
  const edge = (sign) => (record) => series.value(record) + sign * 2 * (band && series.band(record) || 0);
  const baseline = series.baseline && !zoomed ? series.baseline(points[points.length - 1]) : null;
  const values = [...points.map(edge(-1)), ...points.map(edge(1))];
  if (baseline !== null) values.push(baseline);
  const x = d3.scaleLinear().domain([0, d3.max(points, axis.value) || 1])
    .range([margin.left, width - margin.right]);
  const y = d3.scaleLinear().domain(series.fromZero ? [0, d3.max(values) || 1] : d3.extent(values))
    .nice().range([height - margin.bottom, margin.top]);
  const ticks = Math.max(2, Math.min(8, Math.floor(width / 90)));
  svg.append("g").attr("transform", `translate(0,${height - margin.bottom})`)
    .call(d3.axisBottom(x).ticks(ticks).tickFormat(short).tickSizeOuter(0));
  svg.append("text").attr("x", (margin.left + width - margin.right) / 2).attr("y", height - 4)
    .attr("text-anchor", "middle").text(axis.label);
  svg.append("g").attr("transform", `translate(${margin.left},0)`)
    .call(d3.axisLeft(y).ticks(Math.max(3, Math.floor(height / 50)))
      .tickFormat(short).tickSize(-(width - margin.left - margin.right)))
    .call((group) => group.select(".domain").remove());
  if (band) {
    svg.append("path").attr("class", "band").attr("d", d3.area().x((r) => x(axis.value(r)))
      .y0((r) => y(edge(-1)(r))).y1((r) => y(edge(1)(r)))(points));
  }
  svg.append("path").attr("class", "line")
    .attr("d", d3.line().x((r) => x(axis.value(r))).y((r) => y(series.value(r)))(points));
  if (points.length < 40) {
    svg.selectAll(".point").data(points).enter().append("circle").attr("class", "point")
      .attr("r", 2.6).attr("cx", (r) => x(axis.value(r))).attr("cy", (r) => y(series.value(r)));
  }
  if (baseline !== null) {
    svg.append("line").attr("class", "baseline").attr("x1", margin.left).attr("x2", width - margin.right)
      .attr("y1", y(baseline)).attr("y2", y(baseline));
    svg.append("text").attr("class", "baseline-label").attr("text-anchor", "end")
      .attr("x", width - margin.right - 4).attr("y", y(baseline) + 16)
      .text(`unigram baseline ${series.format(baseline)}`);
  }
  if (zoomed && series.baseline && series.baseline(points[points.length - 1]) !== null) {
    svg.append("text").attr("class", "baseline-label").attr("text-anchor", "end")
      .attr("x", width - margin.right - 4).attr("y", margin.top + 12)
      .text(`unigram baseline ${series.format(series.baseline(points[points.length - 1]))}, not drawn`);
  }
  const cursor = svg.append("line").attr("class", "cursor").attr("y1", margin.top)
    .attr("y2", height - margin.bottom).style("display", "none");
  let at = points.length - 1;
  const point = (next) => {
    at = Math.max(0, Math.min(points.length - 1, next));
    const place = x(axis.value(points[at]));
    cursor.attr("x1", place).attr("x2", place).style("display", null);
    say(points[at]);
  };
  const nearest = d3.bisector(axis.value).left;
  svg.on("mousemove", () => {
    const wanted = x.invert(d3.mouse(svg.node())[0]);
    const right = Math.min(nearest(points, wanted), points.length - 1);
    const left = Math.max(0, right - 1);
    point(wanted - axis.value(points[left]) < axis.value(points[right]) - wanted ? left : right);
  });
  svg.on("mouseleave", () => {
    cursor.style("display", "none");
    say(points[points.length - 1]);
  });
  svg.on("keydown", () => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[d3.event.key];
    if (!step) return;
    d3.event.preventDefault();
    point(at + step);
  });
}

const trainingSeries = [
  { title: "Step size rho", value: (r) => r.rho, format: short, fromZero: true },
  { title: "Iterations a document", value: (r) => r.inner, format: short, fromZero: true },
  { title: "Tokens a second", value: (r) => r.speed, format: short, fromZero: true },
  { title: "Corpus bound, nats a token", value: (r) => r.bound, format: (v) => v.toFixed(4) },
];

function drawTraining() {
  const body = byId("training-body");
  const records = data.metrics;
  if (records.length === 0) {
    return body.append(empty("There is no metrics.jsonl beside this model, so the page cannot show " +
      "how it was trained. Give svi-lda report the whole run directory."));
  }
  const redraw = [];
  const choice = make("fieldset", { class: "choice" }, make("legend", {}, "against"));
  const zoom = make("input", { type: "checkbox", id: "zoom-curve" });
  const head = make("div", { class: "chart-head" }, choice);
  const update = () => {
    const axis = axisChoices[Number(choice.querySelector("input:checked").value)];
    redraw.forEach((draw) => draw(axis, zoom.checked));
  };
  axisChoices.forEach((axis, i) => {
    const radio = make("input", { type: "radio", name: "axis", value: i, onchange: update });
    radio.checked = i === 0;
    choice.append(make("label", {}, radio, axis.name));
  });
  body.append(head);
  if (records.some((record) => record.perplexity !== null)) {
    zoom.addEventListener("change", update);
    head.append(make("label", { for: "zoom-curve" }, zoom, " without the baseline"));
    const card = make("div", { class: "card chart" },
      make("h3", {}, `Held-out perplexity (${data.estimator}), lower is better`));
    body.append(card);
    redraw.push(lineChart(card, records, { title: "Held-out perplexity", value: (r) => r.perplexity,
      format: perplexity, band: (r) => r.error, baseline: (r) => r.unigram,
      more: (r) => r.error === null ? "" : ` ± ${perplexity(r.error)} (standard error)` }, 320));
  } else {
    body.append(empty("No documents were held out, so there is no perplexity to draw. Train with ",
      make("code", {}, "--held-out FILE"), " or ", make("code", {}, "--held-out-fraction 0.02"), "."));
  }
  const charts = make("div", { class: "charts" });
  body.append(charts);
  for (const series of trainingSeries) {
    if (!records.some((record) => series.value(record) !== null)) continue;
    const card = make("div", { class: "card chart" }, make("h3", {}, series.title));
    charts.append(card);
    redraw.push(lineChart(card, records, series, 190));
  }
  if (data.reports > records.length) {
    body.append(make("p", { class: "note" }, `${whole(records.length)} of the run's ` +
      `${whole(data.reports)} records are drawn, evenly chosen; metrics.jsonl has them all.`));
  }
  update();
}
