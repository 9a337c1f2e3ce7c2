// Finding a word: a combobox (WAI-ARIA) over the words that the page knows, and a card that says
// which topics use the word chosen.
const kMostMatches = 8;

function found(text) {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const rank = (word) => {
    const place = word.text.toLowerCase().indexOf(wanted);
    if (place < 0) return null;
    return place > 0 ? 2 : word.text.length === wanted.length ? 0 : 1;
  };
  return words.map((word) => ({ word, rank: rank(word) }))
    .filter((match) => match.rank !== null)
    .sort((a, b) => a.rank - b.rank || b.word.count - a.word.count)
    .slice(0, kMostMatches).map((match) => match.word);
}

function drawSearch() {
  const input = byId("search");
  const list = byId("matches");
  let matches = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(word) {
    input.value = word.text;
    close();
    chooseWord(word);
    if (word.uses.length > 0) chooseTopic(topicOf.get(word.uses[0].id));
  }

  function activate(next) {
    active = next;
    [...list.children].forEach((item, i) =>
      item.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) input.setAttribute("aria-activedescendant", `match-${active}`);
  }

  function open() {
    matches = found(input.value);
    if (input.value.trim() === "") return close();
    list.replaceChildren(...matches.map((word, i) => make("li",
      { role: "option", id: `match-${i}`, "aria-selected": "false",
        onmousedown: (event) => { event.preventDefault(); choose(word); } },
      make("span", {}, word.text), make("span", {}, `${whole(word.count)} tokens`))));
    if (matches.length === 0) {
      list.append(make("li", { class: "nothing" },
        `None of the ${whole(words.length)} words that this page holds has that in it.`));
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(matches.length > 0 ? 0 : -1);
  }

  input.addEventListener("input", () => {
    if (input.value === "") chooseWord(null);
    open();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      chooseWord(null);
      return close();
    }
    if (list.hidden || matches.length === 0) return;
    if (event.key === "Enter") choose(matches[Math.max(active, 0)]);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    activate((active + (event.key === "ArrowDown" ? 1 : matches.length - 1)) % matches.length);
  });
  onWord(() => drawWordCard(chosen.word));
}

let cardOf = null;
function drawWordCard(word) {
  const card = byId("word-card");
  card.hidden = !word;
  if (word === cardOf) return;
  cardOf = word;
  if (!word) return card.replaceChildren();
  const clear = make("button", { type: "button", "aria-label": "Forget the word",
    onclick: () => { byId("search").value = ""; chooseWord(null); } }, "×");
  const rest = 1 - d3.sum(word.uses, (use) => use.share);
  card.replaceChildren(
    make("div", { class: "head" },
      make("div", {}, make("strong", {}, word.text),
        make("p", { class: "note" }, `${whole(word.count)} tokens. Topics that use it:`)), clear),
    make("ul", {}, ...word.uses.map((use) => make("li", {}, make("button",
      { type: "button", title: describe(topicOf.get(use.id)),
        onclick: () => chooseTopic(topicOf.get(use.id)) },
      make("span", {}, `Topic ${use.id}`), meter(use.share),
      make("span", { class: "percent" }, percent(use.share)))))));
  if (rest > 0.005) {
    card.append(make("p", { class: "note" }, `Other topics together: ${percent(rest)}`));
  }
}
