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

  render(view, groups) {
    this.holder.replaceChildren(
      this.kinds(view),
      this.colour === "decade" ? this.histogram(view) : this.communities(groups),
      this.years(),
      view.name === "references" ? this.confidence() : "",
      this.looks(view),
    );
  }

  kinds(view) {
    const counts = new Map();
    for (const edge of view.edges) counts.set(edge.kind, (counts.get(edge.kind) || 0) + 1);
    const rows = view.inks.map((ink, kind) => {
      if (!counts.get(kind)) return null;
      const box = el("input", { type: "checkbox" });
      box.checked = !this.off[view.name].has(kind);
      box.addEventListener("change", () => {
        if (box.checked) this.off[view.name].delete(kind);
        else this.off[view.name].add(kind);
        this.changed();
      });
      return el("label", { class: "kind" }, box, lineSample(ink), ink.label, el("span", { class: "count" }, counts.get(kind).toLocaleString("en")));
    });
    return el("fieldset", {}, el("legend", {}, view.name === "people" ? "Credits" : "Kinds of reference"), rows);
  }

  histogram(view) {
    const counts = new Map();
    for (const number of view.members) {
      const thing = things[number];
      if (thing.kind !== "person") counts.set(decadeOf(thing), (counts.get(decadeOf(thing)) || 0) + 1);
    }
    const known = [...counts.keys()].filter(Boolean).sort();
    const order = counts.has("") ? [...known, ""] : known;
    const most = Math.max(...counts.values(), 1);
    const columns = order.map((decade, place) => {
      const name = decade ? `${decade}s` : "year unknown";
      const column = el("span", { class: "column" });
      column.style.height = `${Math.max(3, (counts.get(decade) / most) * 44)}px`;
      column.style.background = decadeColour(decade);
      const label = decade ? (order.length < 8 || place % 2 === 0 ? `’${decade.slice(2)}` : "") : "?";
      const chosen = !this.decades.size || this.decades.has(decade);
      return el("button", {
        type: "button", "aria-pressed": String(chosen), title: `${name}: ${plural(counts.get(decade), "film")}`,
        "aria-label": `${name}, ${plural(counts.get(decade), "film")}`,
        onclick: () => this.toggle(decade, order),
      }, column, el("span", { class: "tick", "aria-hidden": "true" }, label));
    });
    return el("fieldset", {}, el("legend", {}, "Decades"), el("div", { class: "decades" }, columns));
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
    return el("fieldset", {}, el("legend", {}, "Communities: films that refer to one another"), el("ul", { class: "groups" }, rows));
  }

  years() {
    const field = (key, label) => {
      const input = el("input", { type: "number", min: "1880", max: "2100", step: "1", "aria-label": label, placeholder: key === "from" ? "first" : "last" });
      if (this[key] !== null) input.value = this[key];
      input.addEventListener("change", () => {
        this[key] = input.value ? Number(input.value) : null;
        this.changed();
      });
      return input;
    };
    return el("fieldset", {}, el("legend", {}, "Years"), el("div", { class: "row" }, field("from", "From the year"), "to", field("to", "To the year")));
  }

  confidence() {
    const range = el("input", { type: "range", min: "0", max: "100", step: "5", value: String(Math.round(this.least * 100)), "aria-label": "Least confidence in percent" });
    const shown = el("output", {}, `${Math.round(this.least * 100)} %`);
    range.addEventListener("input", () => {
      shown.textContent = `${range.value} %`;
      this.least = Number(range.value) / 100;
      this.changed({ redraw: false });
    });
    return el("fieldset", {}, el("legend", {}, "At least this sure"), el("div", { class: "row" }, range, shown));
  }

  looks(view) {
    const choice = (key, label, options) => {
      const select = el("select", { "aria-label": label }, options.map(([value, text]) => el("option", { value }, text)));
      select.value = this[key];
      select.addEventListener("change", () => {
        this[key] = select.value;
        this.changed();
      });
      return select;
    };
    const sizes = view.name === "people" ? [["rank", "number of films"]] : [["rank", "PageRank"], ["refs", "reviews that refer"]];
    const colours = view.name === "people" ? [["decade", "decade"]] : [["decade", "decade"], ["group", "community"]];
    return el("div", { class: "row" }, el("span", { class: "label" }, "Colour"), choice("colour", "Colour by", colours), el("span", { class: "label" }, "Size"), choice("size", "Size by", sizes));
  }
}
