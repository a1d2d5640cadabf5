// The legend, which is also where kinds, decades, years and confidence are chosen.

class Filters {
  constructor(holder, changed) {
    this.holder = holder;
    this.changed = changed;
    this.off = { references: new Set(), people: new Set() };
    this.decades = new Set(); // empty: all
    this.from = null;
    this.to = null;
    this.least = 0;
    this.colour = "decade";
    this.size = "rank";
    this.fields = {};
    this.further = null;
    this.drawn = "";
  }

  // Whether a thing's year is among those asked for; a person has none and always is.
  hasYear(thing) {
    if (thing.kind === "person") return true;
    if (this.decades.size && !this.decades.has(decadeOf(thing))) return false;
    if (!thing.year) return this.from === null && this.to === null;
    return (this.from === null || thing.year >= this.from) && (this.to === null || thing.year <= this.to);
  }

  passes(view, edge) {
    if (this.off[view.name].has(edge.kind)) return false;
    if (edge.confidence !== null && edge.confidence < this.least) return false;
    return this.hasYear(things[edge.source]) && this.hasYear(things[edge.target]);
  }

  get narrowed() {
    return this.decades.size > 0 || this.from !== null || this.to !== null || this.least > 0 ||
      this.off.references.size > 0 || this.off.people.size > 0;
  }

  clear() {
    this.off.references.clear();
    this.off.people.clear();
    this.decades.clear();
    this.from = this.to = null;
    this.least = 0;
  }

  // The legend is drawn anew with every change; the fields behind the button only with the view.
  render(view, groups) {
    const held = this.holder.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const legend = [this.kinds(view), this.colour === "group" && view.name === "references" ? this.communities(groups) : this.histogram(view)];
    if (this.drawn !== view.name) {
      this.drawn = view.name;
      this.further = this.more(view);
    }
    this.sync();
    // the fields stay where they are, so that a slider being dragged is not taken away
    if (this.further.parentNode !== this.holder) this.holder.replaceChildren(this.further);
    while (this.holder.firstChild !== this.further) this.holder.firstChild.remove();
    this.further.before(...legend);
    if (held) this.holder.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  }

  more(view) {
    const body = el("div", { class: "further-body" }, this.years(), view.name === "references" ? this.confidence() : "", this.looks(view));
    const details = el("details", { class: "further" }, el("summary", { "data-key": "further" }, "Filters"), body);
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
      event.stopPropagation();
    });
    return details;
  }

  kinds(view) {
    const counts = new Map();
    for (const edge of view.edges) counts.set(edge.kind, (counts.get(edge.kind) || 0) + 1);
    const off = this.off[view.name];
    const buttons = view.inks.map((ink, kind) => counts.get(kind) && el("button", {
      type: "button", "aria-pressed": String(!off.has(kind)), "data-key": `kind-${kind}`,
      onclick: () => {
        if (!off.delete(kind)) off.add(kind);
        this.changed();
      },
    }, lineSample(ink), ink.label, el("span", { class: "count" }, counts.get(kind).toLocaleString("en"))));
    return el("div", { class: "kinds", role: "group", "aria-label": view.name === "people" ? "Credits to show" : "Kinds of reference to show" }, buttons.filter(Boolean));
  }

  histogram(view) {
    const counts = new Map();
    for (const number of view.members) {
      const thing = things[number];
      if (thing.kind !== "person") counts.set(decadeOf(thing), (counts.get(decadeOf(thing)) || 0) + 1);
    }
    const known = [...counts.keys()].filter(Boolean).sort();
    const order = counts.has("") ? [...known, ""] : known;
    // films of an unknown year may be many: they don't make the decades look small
    const most = Math.max(...known.map((decade) => counts.get(decade)), 1);
    const columns = order.map((decade, place) => {
      const name = decade ? `${decade}s` : "year unknown";
      const column = el("span", { class: "column" });
      column.style.height = `${Math.max(3, Math.min(1, counts.get(decade) / most) * 34)}px`;
      column.style.background = decadeColour(decade);
      const label = decade ? (order.length < 8 || place % 2 === 0 ? `’${decade.slice(2)}` : "") : "?";
      const chosen = !this.decades.size || this.decades.has(decade);
      return el("button", {
        type: "button", "aria-pressed": String(chosen), title: `${name}: ${plural(counts.get(decade), "film")}`,
        "aria-label": `${name}, ${plural(counts.get(decade), "film")}`, "data-key": `decade-${decade}`,
        onclick: () => this.toggle(decade, order),
      }, column, el("span", { class: "tick", "data-label": label }));
    });
    return el("div", { class: "decades", role: "group", "aria-label": "Decades to show" }, columns);
  }

  toggle(decade, order) {
    if (this.decades.has(decade)) this.decades.delete(decade);
    else this.decades.add(decade);
    if (this.decades.size === order.length) this.decades.clear();
    this.changed();
  }

  communities(groups) {
    const dot = (colour) => {
      const one = el("span", { class: "dot" });
      one.style.background = colour;
      return one;
    };
    const rows = data.groups.map((group, rank) => [group, rank])
      .filter(([, rank]) => groups.has(rank))
      .map(([group, rank]) => el("li", {}, dot(groupColour(rank)), el("span", { class: "name film", dir: "auto", title: group.name.slice(0, 200) }, `around ${group.name.slice(0, 80)}`)));
    const others = [...groups].some((rank) => rank === undefined || rank >= data.groups.length);
    if (others) rows.push(el("li", {}, dot(groupColour(undefined)), "smaller groups"));
    return el("ul", { class: "groups", "aria-label": "Communities: films that refer to one another" }, rows);
  }

  years() {
    const field = (key, label) => {
      const input = el("input", { type: "number", min: "1880", max: "2100", step: "1", "aria-label": label, placeholder: key === "from" ? "first" : "last" });
      input.addEventListener("change", () => {
        this[key] = input.value ? Number(input.value) : null;
        this.changed();
      });
      this.fields[key] = input;
      return input;
    };
    return el("fieldset", {}, el("legend", {}, "Years of the films"), el("div", { class: "row" }, field("from", "From the year"), "to", field("to", "To the year")));
  }

  confidence() {
    const range = el("input", { type: "range", min: "0", max: "100", step: "5", "aria-label": "Least confidence in percent" });
    const shown = el("output", {});
    range.addEventListener("input", () => {
      this.least = Number(range.value) / 100;
      this.changed();
    });
    this.fields.least = range;
    this.fields.shown = shown;
    return el("fieldset", {}, el("legend", {}, "Only references at least this sure"), el("div", { class: "row" }, range, shown));
  }

  looks(view) {
    const choice = (key, label, options) => {
      const select = el("select", { "aria-label": label }, options.map(([value, text]) => el("option", { value }, text)));
      select.addEventListener("change", () => {
        this[key] = select.value;
        this.changed();
      });
      this.fields[key] = select;
      return el("fieldset", {}, el("legend", {}, label), el("div", { class: "row" }, select));
    };
    if (view.name === "people") return "";
    return el("div", { class: "row" },
      choice("colour", "Colour by", [["decade", "decade"], ["group", "community"]]),
      choice("size", "Size by", [["rank", "PageRank"], ["refs", "reviews"]]));
  }

  // Let the fields show what holds now.
  sync() {
    for (const key of ["from", "to"]) {
      if (document.activeElement !== this.fields[key]) this.fields[key].value = this[key] ?? "";
    }
    if (this.fields.least) {
      this.fields.least.value = String(Math.round(this.least * 100));
      this.fields.shown.textContent = `${Math.round(this.least * 100)} %`;
    }
    for (const key of ["colour", "size"]) if (this.fields[key]) this.fields[key].value = this[key];
  }
}
