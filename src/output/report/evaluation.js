// Every figure with its name, its uncertainty, what it was computed on and what it means.
function drawEvaluation() {
  const body = byId("evaluation-body");
  for (const warning of data.warnings) body.append(make("p", { class: "warning" }, warning));
  if (data.figures.length === 0) {
    return body.append(empty("There are no figures yet. ",
      make("code", {}, "svi-lda report RUN --documents CORPUS"),
      " computes them on documents that training has not seen."));
  }
  for (const [on, figures] of d3.nest().key((figure) => figure.on).entries(data.figures)
    .map((group) => [group.key, group.values])) {
    body.append(make("div", { class: "card figure-group" },
      make("h3", {}, `On ${on}`), figureTable(figures)));
  }
  if (data.documents === "") {
    body.append(make("p", { class: "note" }, "With ",
      make("code", {}, "--documents CORPUS"), " the report has more figures, on that corpus."));
  }
}

function figureTable(figures) {
  const cell = (label, text) => make("td", { class: text === null ? "number absent" : "number",
    "data-label": label }, text === null ? "–" : text);
  const rows = figures.map((figure) => {
    const value = figure.kind === "perplexity" ? perplexity(figure.value) : short(figure.value);
    const valueCell = cell(figure.kind, value);
    valueCell.classList.add("value");
    return make("tr", {},
      make("td", {}, make("span", { class: "name" }, figure.name),
        make("p", { class: "definition" }, figure.definition)),
      valueCell,
      cell("standard error", figure.error === null ? null : short(figure.error)),
      cell("nats a token", figure.nats === null ? null : figure.nats.toFixed(4)),
      cell("tokens", figure.tokens === 0 ? null : whole(figure.tokens)),
      cell("documents", figure.docs === 0 ? null : whole(figure.docs)));
  });
  const kinds = new Set(figures.map((figure) => figure.kind));
  const head = ["figure", kinds.size === 1 ? [...kinds][0] : "value", "standard error",
    "nats a token", "tokens", "documents"];
  return make("table", { class: "figures" },
    make("thead", {}, make("tr", {}, ...head.map((name, i) =>
      make("th", { scope: "col", class: i === 0 ? "" : "number" }, name)))),
    make("tbody", {}, ...rows));
}
