// The data of the page, how numbers and words are written, and how elements are made. Text goes
// into the page through textContent only.
const data = JSON.parse(document.getElementById("report-data").textContent);

const byId = (id) => document.getElementById(id);
const whole = d3.format(",");
const percent = (share) => share === 0 || share >= 0.1 ? d3.format(".0%")(share) :
  share >= 0.001 ? d3.format(".1%")(share) : "<0.1%";
const short = (value) => value >= 1e4 || value !== 0 && Math.abs(value) < 1e-4 ?
  d3.format(".3s")(value).replace("G", "B") : String(Number(value.toPrecision(4)));
const probability = (p) => p >= 0.0005 ? p.toFixed(4) : p.toExponential(1);
const perplexity = (value) => value >= 1000 ? d3.format(",.0f")(value) : d3.format(",.1f")(value);

// make("p", {class: "note"}, "text", child, ...)
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// A bar that shows a share of 1.
function meter(share) {
  const bar = make("span", {});
  bar.style.width = `${(100 * Math.min(share, 1)).toFixed(1)}%`;
  return make("div", { class: "meter", "aria-hidden": "true" }, bar);
}

function empty(...children) {
  return make("p", { class: "empty" }, ...children);
}

// Calls draw(width) now and whenever the element's width changes.
function onWidth(element, draw) {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.round(element.clientWidth);
    if (width > 0 && width !== drawn) draw(drawn = width);
  }).observe(element);
}
