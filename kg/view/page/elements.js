// Elements are made here and nowhere else. Text goes in as text, never as markup.

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// A link to another site, or plain text where the address is none to follow.
function outsideLink(address, text, className = "") {
  const safe = /^https?:\/\//i.test(address);
  if (!safe) return el("span", { class: className, dir: "auto" }, text);
  return el("a", { href: address, class: className, rel: "noopener noreferrer external", target: "_blank", dir: "auto" }, text);
}

const byId = (id) => document.getElementById(id);

// How a line is drawn, as a small picture for legends and headings.
function lineSample(ink) {
  const ratio = 2;
  const canvas = el("canvas", { class: "line", width: 34 * ratio, height: 8 * ratio, "aria-hidden": "true" });
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.strokeStyle = inkColour(ink);
  pen.lineWidth = 2;
  pen.lineCap = "round";
  pen.setLineDash(ink.dash.map((part) => (part < 3 ? part * 0.8 : part)));
  pen.beginPath();
  pen.moveTo(2, 4);
  pen.lineTo(32, 4);
  pen.stroke();
  return canvas;
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : systemDark.matches;
}

function inkColour(ink) {
  return isDark() ? ink.dark : ink.light;
}

function decadeOf(thing) {
  return thing.year ? String(Math.floor(thing.year / 10) * 10) : "";
}

function decadeColour(decade) {
  return data.decades[decade][isDark() ? 1 : 0];
}

function groupColour(group) {
  const pair = group !== undefined && group < data.groups.length ? data.groups[group].colours : data.otherGroup;
  return pair[isDark() ? 1 : 0];
}
