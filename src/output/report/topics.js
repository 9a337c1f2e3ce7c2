// Topics and words as objects, which of them is chosen, and the list of topics.
const words = data.words.texts.map((text, index) => {
  const uses = [];
  for (let i = 0; i < data.words.uses[index].length; i += 2) {
    uses.push({ id: data.words.uses[index][i], share: data.words.uses[index][i + 1] / 1000 });
  }
  return { index, text, count: data.words.counts[index], uses };
});

const topics = data.topics.map((topic, rank) => {
  const terms = [];
  for (let i = 0; i < topic.terms.length; i += 2) {
    const word = words[topic.terms[i]];
    const p = topic.terms[i + 1];
    const log = Math.log(p);
    terms.push({ word, p, log, lift: log - Math.log(word.count / data.tokens) });
  }
  return { ...topic, rank, terms, label: terms.slice(0, 4).map((term) => term.word.text).join(", ") };
});
const topicOf = new Map(topics.map((topic) => [topic.id, topic]));

const nameOf = (topic) => `Topic ${topic.id}`;
const describe = (topic) =>
  `${nameOf(topic)}, ${percent(topic.weight)} of the corpus: ${topic.label}`;

// What is chosen; parts of the page that follow it register with onTopic and onWord. `shownWord` is
// the word under the pointer or the focus, else the chosen one.
const chosen = { topic: topics[0], word: null, shownWord: null };
const followers = { topic: [], word: [] };
const onTopic = (follow) => followers.topic.push(follow);
const onWord = (follow) => followers.word.push(follow);

function chooseTopic(topic) {
  chosen.topic = topic;
  followers.topic.forEach((follow) => follow(topic));
}

function chooseWord(word) {
  chosen.word = word;
  showWord(word);
}

function showWord(word) {
  chosen.shownWord = word || chosen.word;
  followers.word.forEach((follow) => follow(chosen.shownWord));
}

// One stop of the Tab key for a set of elements, between which arrows, Home and End move.
// element(i) is the i-th, choose(i) is called where a key moves to it.
function roving(container, count, element, at) {
  container.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    let next = null;
    if (event.key in moves) next = at() + moves[event.key];
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = count() - 1;
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    next = Math.max(0, Math.min(count() - 1, next));
    const target = element(next);
    target.focus();
  });
}

function drawTopicList() {
  const list = byId("topic-list");
  const buttons = topics.map((topic) => make("button",
    { type: "button", "aria-pressed": "false", tabindex: -1, title: describe(topic),
      onclick: () => chooseTopic(topic) },
    make("span", { class: "id" }, String(topic.id)),
    make("span", { class: "words" }, topic.label),
    make("span", { class: "weight" }, percent(topic.weight))));
  list.append(...buttons.map((button) => make("li", {}, button)));
  roving(list, () => buttons.length, (i) => buttons[i],
    () => Math.max(0, buttons.indexOf(document.activeElement)));
  let last = null;
  onTopic((topic) => {
    if (last) {
      last.setAttribute("aria-pressed", "false");
      last.tabIndex = -1;
    }
    last = buttons[topic.rank];
    last.setAttribute("aria-pressed", "true");
    last.tabIndex = 0;
    const box = list.getBoundingClientRect();
    const row = last.getBoundingClientRect();
    if (row.top < box.top) list.scrollTop -= box.top - row.top;
    if (row.bottom > box.bottom) list.scrollTop += row.bottom - box.bottom;
  });
}
