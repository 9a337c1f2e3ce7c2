// The most relevant terms of the chosen topic (Sievert, Shirley 2014), ranked by
// l log p(w|k) + (1 - l) log(p(w|k) / p(w)) with l from the slider.
const kFirstRelevance = 0.6;

function drawTerms() {
  const list = d3.select(byId("terms"));
  const slider = byId("relevance");
  slider.step = 1 / data.relevanceSteps;
  slider.value = kFirstRelevance;

  function mostRelevant(topic, l) {
    return topic.terms
      .map((term) => ({ ...term, relevance: l * term.log + (1 - l) * term.lift }))
      .sort((a, b) => b.relevance - a.relevance || a.word.index - b.word.index)
      .slice(0, data.termsATopic);
  }

  function draw() {
    const l = Number(slider.value);
    const topic = chosen.topic;
    byId("relevance-value").textContent = `λ = ${l.toFixed(2)}`;
    const terms = mostRelevant(topic, l);
    const tokens = (term) => term.p * topic.weight * data.tokens;
    const most = d3.max(terms, (term) => Math.max(term.word.count, tokens(term))) || 1;
    const width = d3.scaleLinear().domain([0, most]).range([0, 100]);
    const items = list.selectAll("li").data(terms);
    const entered = items.enter().append("li").append("button").attr("type", "button");
    entered.append("span").attr("class", "word");
    const bars = entered.append("span").attr("class", "bars").attr("aria-hidden", "true");
    bars.append("span").attr("class", "bar all");
    bars.append("span").attr("class", "bar topic");
    entered.append("span").attr("class", "probability");
    entered.on("click", (term) => chooseWord(chosen.word === term.word ? null : term.word))
      .on("mouseenter focus", (term) => showWord(term.word))
      .on("mouseleave blur", () => showWord(null));
    items.exit().remove();
    const rows = list.selectAll("li").data(terms).select("button")
      .attr("tabindex", (term, i) => i === 0 ? 0 : -1)
      .attr("aria-label", (term) => `${term.word.text}, probability ${probability(term.p)} in ` +
        `the topic, about ${whole(Math.round(tokens(term)))} of its ${whole(term.word.count)} tokens`)
      .attr("title", (term) => `${term.word.text}: about ${whole(Math.round(tokens(term)))} of ` +
        `${whole(term.word.count)} tokens`);
    rows.select(".word").text((term) => term.word.text);
    rows.select(".all").style("width", (term) => `${width(term.word.count)}%`);
    rows.select(".topic").style("width", (term) => `${width(tokens(term))}%`);
    rows.select(".probability").text((term) => probability(term.p));
    mark();
  }

  function mark() {
    list.selectAll("button")
      .attr("aria-pressed", (term) => String(term.word === chosen.word));
  }

  const buttons = () => list.selectAll("button").nodes();
  roving(byId("terms"), () => buttons().length, (i) => buttons()[i],
    () => Math.max(0, buttons().indexOf(document.activeElement)));
  slider.addEventListener("input", draw);
  byId("previous-topic").addEventListener("click", () =>
    chooseTopic(topics[(chosen.topic.rank + topics.length - 1) % topics.length]));
  byId("next-topic").addEventListener("click", () =>
    chooseTopic(topics[(chosen.topic.rank + 1) % topics.length]));
  onTopic((topic) => {
    byId("terms-title").textContent = nameOf(topic);
    byId("terms-facts").textContent = `${percent(topic.weight)} of the tokens, no. ` +
      `${whole(topic.rank + 1)} of ${whole(topics.length)} by weight; alpha ${short(topic.alpha)}`;
    draw();
  });
  onWord(mark);
  byId("terms-note").textContent = `The number is the word's probability in the topic. The page ` +
    `holds the ${data.termsATopic} most relevant terms of each topic for every position of the ` +
    `slider (λ = 1: by probability; λ = 0: by how much more probable than in the corpus)` +
    (data.vocabulary ? "." : "; the run has no vocabulary, so words are shown by their ids.");
}
