// How the run was made: the command that repeats it, versions, seed, fingerprint, options.
function factList(facts) {
  return make("dl", { class: "facts" }, ...facts.map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, value === "" ? "–" : value))));
}

function drawMade() {
  const body = byId("made-body");
  body.className = "made-grid";
  if (data.command !== "") {
    const text = make("pre", { tabindex: 0, id: "command" }, data.command);
    const copy = make("button", { type: "button", onclick: () => copyText(text, copy) }, "Copy");
    body.append(make("div", { class: "card command" },
      make("div", { class: "card-head" }, make("h3", {}, "The command that repeats it"), copy), text,
      make("p", { class: "note" }, data.commandNote || "The same version, corpus and instruction " +
        "set give the same bytes, for any number of threads.")));
  } else {
    body.append(empty("There is no run.json beside this model: the command that made it is not known."));
  }
  body.append(make("div", { class: "card" }, make("h3", {}, "The run"), factList(data.facts)));
  if (data.options.length > 0) {
    body.append(make("div", { class: "card" }, make("h3", {}, "Options, as they were resolved"),
      factList(data.options)));
  }
}

// A page from disk may have no clipboard: then the text is selected, to be copied by hand.
function copyText(element, button) {
  const select = () => {
    getSelection().selectAllChildren(element);
    button.textContent = "Selected";
  };
  if (!navigator.clipboard) return select();
  navigator.clipboard.writeText(element.textContent).then(() => {
    button.textContent = "Copied";
  }, select);
}
