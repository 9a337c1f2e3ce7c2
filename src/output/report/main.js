// The head of the page, and the order in which its parts are drawn.
function drawHead() {
  const lastFigure = data.metrics.filter((record) => record.perplexity !== null).pop();
  const facts = [["topics", whole(topics.length)], ["documents", whole(data.docs)],
    ["tokens", whole(data.tokens)], ["words", whole(data.vocabSize)]];
  if (lastFigure) {
    facts.push([`held-out perplexity (${data.estimator})`, perplexity(lastFigure.perplexity)]);
    if (lastFigure.unigram !== null) facts.push(["unigram baseline", perplexity(lastFigure.unigram)]);
  }
  byId("summary").append(...facts.map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  const notes = [];
  if (data.unfinished) notes.push("This run has not ended: the page shows its newest checkpoint.");
  if (!data.vocabulary) notes.push("Without a vocabulary words are shown by their ids.");
  byId("run-note").hidden = notes.length === 0;
  byId("run-note").textContent = notes.join(" ");
}

drawHead();
drawTopicList();
drawMap();
drawTerms();
drawSearch();
drawTraining();
drawEvaluation();
drawDocuments();
drawMade();
chooseTopic(topics[0]);
chooseWord(null);
