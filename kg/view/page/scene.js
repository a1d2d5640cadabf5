// What the state means for the map: which nodes and edges it has, how they look, what stands out.

function sizeOf(number) {
  const thing = things[number];
  if (state.view === "people") {
    return thing.kind === "person" ? 3.5 + Math.min(11, 2.2 * Math.sqrt(thing.works || 1)) : 6;
  }
  if (filters.size === "refs") return 5 + Math.min(17, 4.2 * Math.sqrt(thing.refs || 0));
  // the largest circle stays in proportion to the number of films that are shown
  const share = (thing.size - 5) / Math.max(1, data.largest - 5);
  const top = state.scope === "all" ? data.largest : 20;
  return 5 + share * (top - 5);
}

function style() {
  const css = getComputedStyle(root);
  const view = currentView();
  return {
    selected: state.selected?.node,
    focus: state.focus,
    colours: { paper: css.getPropertyValue("--paper").trim(), ink: css.getPropertyValue("--ink").trim(), serif: css.getPropertyValue("--serif").trim() },
    largest: state.view === "people" ? 14 : filters.size === "refs" ? 22 : state.scope === "all" ? data.largest : 20,
    size: sizeOf,
    weight: (number) => view.weightOf(things[number]),
    ink: (kind) => view.inks[kind],
    colour: (number) => {
      const thing = things[number];
      if (thing.kind === "person") return css.getPropertyValue("--quiet").trim();
      return filters.colour === "group" && state.view === "references" ? groupColour(thing.group) : decadeColour(decadeOf(thing));
    },
  };
}

// What passes the filters, within what is asked for.
function visible() {
  const view = currentView();
  const members = state.scope === "all" ? home[state.view] : state.shown;
  const edges = view.edges.filter((edge) => members.has(edge.source) && members.has(edge.target) && filters.passes(view, edge));
  const nodes = new Set();
  for (const edge of edges) {
    nodes.add(edge.source);
    nodes.add(edge.target);
  }
  for (const number of [state.focus, state.selected?.node]) {
    if (number !== null && number !== undefined && members.has(number)) nodes.add(number);
  }
  if (state.path) {
    for (const { from, to, edge } of state.path.steps) {
      if (!members.has(from) || !members.has(to)) continue;
      nodes.add(from).add(to);
      if (!edges.includes(edge)) edges.push(edge);
    }
  }
  return { nodes: [...nodes], edges };
}

// What is chosen stands out from the rest: a path, an edge, or a thing with its ties.
function standingOut(edges) {
  const { path, selected } = state;
  if (path) {
    const nodes = new Set([path.from, path.to, ...path.steps.flatMap((step) => [step.from, step.to])]);
    return { nodes, edges: new Set(path.steps.map((step) => step.edge)), centre: null, faint: 0.26 };
  }
  if (selected?.edge) return edges.includes(selected.edge) ? { ...stage.litBy(selected), faint: 0.4 } : null;
  if (selected?.node === undefined || !stage.active.has(selected.node) || selected.node === state.focus) return null;
  return { ...stage.litBy(selected), faint: 0.45 };
}

// Keep the map's content and its names clear of what lies on top of the stage.
function keepClear() {
  const frame = byId("stage").getBoundingClientRect();
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top];
  };
  const over = [byId("where").firstChild, document.querySelector(".zoom"), byId("filters")].filter(Boolean).map(box);
  const sheet = narrow() && !byId("panel").hasAttribute("data-idle") ? byId("panel").offsetHeight : 0;
  stage.obstacles = over.filter(([left, , right]) => right > left);
  stage.insets.bottom = Math.max(sheet, byId("filters").offsetHeight) + 22;
  stage.insets.right = narrow() ? 52 : 50;
}

// The line above the map: what is shown of how much, and the way back.
function describe(nodes, edges) {
  const all = home[state.view].size;
  const parts = [];
  const button = (text, action) => el("button", { type: "button", class: "more", onclick: action }, text);
  if (state.scope === "around" && state.focus !== null) {
    parts.push("Around ", el("span", { class: `name ${things[state.focus].kind}`, dir: "auto" }, shortName(things[state.focus])), ` · ${nodes.length.toLocaleString("en")} of ${all.toLocaleString("en")} · `, button("Show all", showAll));
  } else {
    const people = state.view === "people";
    const shown = people ? `${nodes.length.toLocaleString("en")} people and films` : plural(nodes.length, "title");
    parts.push(`${shown}, ${plural(edges.length, people ? "credit" : "reference")}`);
  }
  if (filters.narrowed) parts.push(" · ", button("Clear filters", () => { filters.clear(); refresh(); }));
  if (!nodes.length) parts.push(filters.narrowed ? " · nothing passes these filters" : " · nothing to show here");
  byId("where").replaceChildren(el("span", { class: "plain" }, ...parts));
}
