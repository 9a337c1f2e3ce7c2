// The documents that show the chosen topic most.
function drawDocuments() {
  const body = byId("documents-body");
  if (data.documents === "") {
    return body.append(empty("No documents were given. ",
      make("code", {}, "svi-lda report RUN --documents CORPUS --titles FILE"),
      " lists those that show each topic most."));
  }
  const select = make("select", { id: "document-topic", onchange: () =>
    chooseTopic(topicOf.get(Number(select.value))) },
  ...topics.map((topic) => make("option", { value: topic.id }, `${topic.id}: ${topic.label}`)));
  const list = make("ol", { class: "document-list" });
  const note = make("p", { class: "note" });
  body.append(make("div", { class: "card" },
    make("div", { class: "document-head" },
      make("label", { for: "document-topic" }, "Topic"), select, note), list));
  onTopic((topic) => {
    select.value = topic.id;
    note.textContent = topic.documents.length === 0 ? "No document has a word of the model's." :
      `the ${whole(topic.documents.length)} documents of ${data.documents} with the largest share of it`;
    list.replaceChildren(...topic.documents.map((document) => make("li", {},
      make("span", { class: "share" }, percent(document.share)), meter(document.share),
      make("span", { class: "title" }, document.title || `Document ${whole(document.number)}`,
        make("span", { class: "note" }, document.title ?
          ` no. ${whole(document.number)}, ${whole(document.tokens)} tokens` :
          ` ${whole(document.tokens)} tokens`)))));
  });
}
