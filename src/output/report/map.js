// The map: a circle a topic, its area the topic's weight, or where a word is shown its share of
// that word; near each other where topics use the same words.
const kMapShareOfArea = 0.22;
const kLeastRadius = topics.length > 400 ? 3 : 4.5;
const kLegendHeight = 34;
const kWordRadius = 30;  // of a topic that alone uses the word

function drawMap() {
  const box = byId("map");
  const svg = d3.select(box).append("svg").attr("role", "group")
    .attr("aria-label", "Map of the topics: arrow keys move from topic to topic by weight");
  const axes = svg.append("g");
  const layer = svg.append("g");
  const legend = svg.append("g").attr("class", "size").attr("aria-hidden", "true");
  let zoomed = d3.zoomIdentity;
  let place = null;

  const nodes = layer.selectAll("g").data(topics).enter().append("g").attr("class", "topic")
    .attr("role", "button").attr("tabindex", -1).attr("aria-label", describe)
    .attr("aria-pressed", "false")
    .on("click", (topic) => chooseTopic(topic))
    .on("mouseenter focus", (topic) => sayTopic(topic))
    .on("mouseleave blur", () => say())
    .on("keydown", (topic) => {
      if (d3.event.key !== "Enter" && d3.event.key !== " ") return;
      d3.event.preventDefault();
      chooseTopic(topic);
    });
  nodes.append("circle");
  nodes.append("text").attr("aria-hidden", "true").text((topic) => topic.id);
  roving(layer.node(), () => topics.length, (i) => nodes.nodes()[i],
    () => Math.max(0, nodes.nodes().indexOf(document.activeElement)));

  const status = byId("map-status");
  function sayTopic(topic) {
    status.textContent = describe(topic);
  }
  function say() {
    const word = chosen.shownWord;
    if (!word) return sayTopic(chosen.topic);
    const uses = word.uses.slice(0, 5).map((use) => `topic ${use.id} (${percent(use.share)})`);
    status.textContent = `“${word.text}”, ${whole(word.count)} tokens: ` + uses.join(", ");
  }

  // Where the circles lie at no zoom: at the topics' coordinates, one scale for both axes as
  // distances are distances, and moved apart where they would cover each other.
  function layOut({ width, height, unit }) {
    const extent = (name) => d3.extent(topics, (topic) => topic[name]);
    const [[left, right], [low, high]] = [extent("x"), extent("y")];
    const margin = Math.min(width / 4, 10 + unit * Math.sqrt(d3.max(topics, (t) => t.weight) || 0));
    const scale = topics.length === 1 ? 0 : Math.min(
      (width - 2 * margin) / (right - left || 1e-9),
      (height - kLegendHeight - 2 * margin) / (high - low || 1e-9));
    place.x0 = width / 2 - scale * (left + right) / 2;
    place.y0 = (height - kLegendHeight) / 2 + scale * (low + high) / 2;
    for (const topic of topics) {
      const x = place.x0 + scale * topic.x;
      const y = place.y0 - scale * topic.y;
      topic.place = { x, y, x0: x, y0: y,
        r: Math.max(kLeastRadius, unit * Math.sqrt(topic.weight)) };
    }
    const places = topics.map((topic) => topic.place);
    d3.forceSimulation(places).stop()
      .force("x", d3.forceX((p) => p.x0).strength(0.35))
      .force("y", d3.forceY((p) => p.y0).strength(0.35))
      .force("apart", d3.forceCollide((p) => p.r + 1).iterations(3))
      .tick(topics.length > 400 ? 60 : 150);
    fit(places, width, height - kLegendHeight);
  }

  // Moves what lies across an edge into the frame, all circles alike.
  function fit(places, width, height) {
    for (const [name, size] of [["x", width], ["y", height]]) {
      const low = d3.min(places, (p) => p[name] - p.r) - 3;
      const high = d3.max(places, (p) => p[name] + p.r) + 3;
      const shrunk = Math.min(1, size / (high - low));
      const shift = shrunk < 1 ? -low * shrunk : Math.max(0, -low) - Math.max(0, high - size);
      for (const p of places) p[name] = p[name] * shrunk + shift;
      place[`${name}0`] = place[`${name}0`] * shrunk + shift;
    }
  }

  // Radii of the circles now.
  function radii() {
    const word = chosen.shownWord;
    const shares = new Map(word ? word.uses.map((use) => [use.id, use.share]) : []);
    layer.classed("by-word", Boolean(word));
    nodes.classed("uses", (topic) => shares.has(topic.id));
    const radius = (topic) => Math.max(kLeastRadius, word ?
      kWordRadius * Math.sqrt(shares.get(topic.id) || 0) : place.unit * Math.sqrt(topic.weight));
    nodes.select("circle").attr("r", radius);
    nodes.select("text").style("display", (topic) =>
      radius(topic) >= 2 + 3.6 * String(topic.id).length || topic === chosen.topic ? null : "none");
  }

  function position() {
    nodes.attr("transform", (topic) =>
      `translate(${zoomed.applyX(topic.place.x)},${zoomed.applyY(topic.place.y)})`);
    axes.selectAll("line").remove();
    const x = zoomed.applyX(place.x0);
    const y = zoomed.applyY(place.y0);
    axes.append("line").attr("class", "axis").attr("x1", x).attr("x2", x).attr("y2", place.height);
    axes.append("line").attr("class", "axis").attr("y1", y).attr("y2", y).attr("x2", place.width);
  }

  const zoom = d3.zoom().scaleExtent([1, 24])
    .filter(() => d3.event.type === "wheel" ? d3.event.ctrlKey || d3.event.metaKey :
      !d3.event.touches || d3.event.touches.length > 1)
    .on("zoom", () => {
      zoomed = d3.event.transform;
      if (place) position();
    });
  svg.call(zoom).on("dblclick.zoom", null);
  byId("zoom-in").addEventListener("click", () => svg.call(zoom.scaleBy, 1.6));
  byId("zoom-out").addEventListener("click", () => svg.call(zoom.scaleBy, 1 / 1.6));
  byId("zoom-reset").addEventListener("click", () => svg.call(zoom.transform, d3.zoomIdentity));

  onWidth(box, (width) => {
    const height = Math.min(1.25 * width, 620);
    const unit = Math.sqrt(kMapShareOfArea * width * height / Math.PI);
    place = { width, height, unit };
    layOut(place);
    svg.attr("viewBox", `0 0 ${width} ${height}`).attr("height", height);
    zoom.translateExtent([[0, 0], [width, height]]).extent([[0, 0], [width, height]]);
    const share = d3.scaleLinear().domain([0, d3.max(topics, (t) => t.weight)]).nice(4).ticks(4)[1];
    const r = unit * Math.sqrt(share || 0);
    legend.selectAll("*").remove();
    if (topics.length > 2 && r > 4) {
      legend.append("circle").attr("cx", r + 8).attr("cy", height - kLegendHeight / 2).attr("r", r);
      legend.append("text").attr("x", 2 * r + 14).attr("y", height - kLegendHeight / 2)
        .text(`${percent(share)} of the tokens`);
    }
    radii();
    position();
  });

  onTopic((topic) => {
    nodes.classed("chosen", (node) => node === topic)
      .attr("aria-pressed", (node) => String(node === topic))
      .attr("tabindex", (node) => node === topic ? 0 : -1);
    if (place) radii();
    say();
  });
  onWord(() => {
    if (place) radii();
    say();
  });
  byId("map-note").textContent = mapNote();
}

function mapNote() {
  if (topics.length === 1) return "One topic has no distances.";
  const words = data.map.words < data.vocabSize ?
    ` over the ${whole(data.map.words)} most probable words, the others taken as one` : "";
  return `Area: share of the corpus. Distance: Jensen-Shannon between the topics' words${words}, ` +
    `in principal coordinates weighted by area; the plane shows ${percent(data.map.explained)} of ` +
    "the spread. Circles that would cover each other are moved apart. Ctrl and wheel, or two " +
    "fingers, zoom.";
}
