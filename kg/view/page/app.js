// What is shown now, and what changes it.

const WHOLE = 90; // films: up to here the whole map is readable from the start
const root = document.documentElement;
const narrow = () => matchMedia("(max-width: 760px)").matches;

const state = { view: "references", table: false, scope: "all", focus: null, shown: new Set(), local: new Map(), selected: null, path: null };
const home = { references: new Map(), people: new Map() }; // places on the whole map
for (const [name, view] of Object.entries(views)) {
  for (const number of view.members) {
    const at = view.placeOf(things[number]);
    if (at) home[name].set(number, at);
  }
}

const filters = new Filters(byId("filters-body"), (options) => refresh(options));
const panel = new Panel(byId("panel"), {
  choose: (number) => choose(number),
  around: (number) => around(number),
  path: (from, to) => showPath(from, to),
  close: () => clearSelection(),
});
const stage = new Stage(byId("map"), {
  pick: (found) => {
    if (!found) clearSelection();
    else if (found.edge) selectEdge(found.edge);
    else select(found.node);
  },
  open: (number) => expand(number),
  moved: (place, group) => {
    const target = state.scope === "all" ? home[state.view] : state.local;
    for (const number of group) target.set(number, place.get(number));
  },
});

const currentView = () => views[state.view];

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

function refresh({ fit = false, redraw = true } = {}) {
  const { nodes, edges } = visible();
  const place = new Map();
  const source = state.scope === "all" ? home[state.view] : state.local;
  for (const number of nodes) place.set(number, source.get(number));
  if (redraw) filters.render(currentView(), new Set(nodes.map((number) => things[number].group)));
  stage.show({ nodes, edges, place, style: style() });
  stage.lit = standingOut(edges);
  keepClear();
  describe(nodes, edges);
  if (fit) stage.fit(true);
  remember();
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

function say(text) {
  byId("said").textContent = text;
}

// The nearest and best attested things around one, as many as can be read at once.
function neighbourhood(number, limit) {
  const view = currentView();
  const chosen = new Set([number]);
  const queue = [number];
  for (let round = 0; round < 4 && chosen.size < limit && queue.length; round++) {
    const gain = new Map();
    for (const at of queue) {
      for (const edge of view.touching.get(at) || []) {
        const there = otherEnd(edge, at);
        if (chosen.has(there) || !filters.passes(view, edge)) continue;
        gain.set(there, (gain.get(there) || 0) + edge.weight);
      }
    }
    const best = [...gain].sort((a, b) => b[1] - a[1] || view.weightOf(things[b[0]]) - view.weightOf(things[a[0]]) || a[0] - b[0]);
    const room = round === 0 ? Math.ceil(limit * 0.75) : limit;
    queue.length = 0;
    for (const [there] of best) {
      if (chosen.size >= room) break;
      chosen.add(there);
      queue.push(there);
    }
  }
  return chosen;
}

function edgesAmong(numbers) {
  const found = new Set();
  for (const number of numbers) {
    for (const edge of currentView().touching.get(number) || []) {
      if (numbers.has(edge.source) && numbers.has(edge.target)) found.add(edge);
    }
  }
  return [...found].sort((a, b) => a.number - b.number);
}

function layOut(start, fixed = new Set()) {
  const pen = stage.pen;
  pen.font = `italic 13px ${getComputedStyle(root).getPropertyValue("--serif")}`;
  const room = { width: Math.max(200, stage.width - 150), height: Math.max(160, stage.height - stage.insets.top - stage.insets.bottom) };
  const widths = new Map([...state.shown].map((number) => [number, pen.measureText(withYear(things[number], 34)).width]));
  state.local = arrange(state.shown, edgesAmong(state.shown), start, sizeOf, { fixed, widths, room });
}

function around(number, { quiet = false } = {}) {
  const view = currentView();
  if (!view.touching.has(number) && views.people.touching.has(number) && state.view === "references") return setView("people", number);
  state.scope = "around";
  state.focus = number;
  state.path = null;
  state.shown = neighbourhood(number, narrow() ? 16 : 40);
  const places = home[state.view];
  const centre = places.get(number) || [0, 0];
  const start = new Map();
  // begin near where they stand on the whole map, brought within reach
  for (const other of state.shown) {
    const at = places.get(other);
    if (!at) continue;
    const [dx, dy] = [at[0] - centre[0], at[1] - centre[1]];
    const far = Math.hypot(dx, dy) || 1;
    const pull = Math.min(far, 40 + 30 * Math.log1p(far / 30)) / far;
    start.set(other, [dx * pull, dy * pull]);
  }
  layOut(start);
  if (!quiet) state.selected = { node: number };
  refresh({ fit: true });
  if (!quiet) showSelected();
  say(`Around ${withYear(things[number])}: ${plural(state.shown.size - 1, "neighbour")}`);
}

function expand(number) {
  if (state.scope === "all") return around(number);
  const more = neighbourhood(number, 25);
  const before = state.shown.size;
  const at = state.local.get(number) || [0, 0];
  const start = new Map(state.local);
  let turn = 0;
  for (const other of more) {
    if (state.shown.has(other)) continue;
    state.shown.add(other);
    start.set(other, [at[0] + Math.cos(turn * 2.4) * (50 + turn * 5), at[1] + Math.sin(turn * 2.4) * (50 + turn * 5)]);
    turn += 1;
  }
  layOut(start);
  state.selected = { node: number };
  refresh({ fit: true });
  showSelected();
  say(`${plural(state.shown.size - before, "film")} more around ${withYear(things[number])}`);
}

function showAll() {
  state.scope = "all";
  state.focus = null;
  refresh({ fit: true });
}

function showSelected() {
  const { selected } = state;
  const view = currentView();
  if (state.path) panel.path(state.path.found, state.path.from, state.path.to);
  else if (!selected) panel.overview(view, (number) => (state.view === "people" ? things[number].works || 0 : things[number].refs || 0));
  else if (selected.edge) panel.edge(selected.edge);
  else panel.thing(selected.node);
}

function select(number, { reveal = true } = {}) {
  state.path = null;
  state.selected = { node: number };
  showSelected();
  refresh({ redraw: false });
  if (reveal) stage.reveal(number);
  const thing = things[number];
  say(`${withYear(thing)}, ${thing.kind}. ${plural((currentView().touching.get(number) || []).length, "tie")}.`);
}

function selectEdge(edge) {
  state.path = null;
  state.selected = { edge };
  showSelected();
  refresh({ redraw: false });
  const ink = currentView().inks[edge.kind];
  say(`${shortName(things[edge.source])} ${ink.forwards} ${shortName(things[edge.target])}`);
}

// Go to a thing wherever it is: on the map as it stands, or on one drawn around it.
function choose(number) {
  if (state.table) setView(state.view);
  const thing = things[number];
  if (thing.kind === "person" && state.view !== "people") return setView("people", number);
  if (thing.kind !== "person" && state.view === "people" && !views.people.touching.has(number)) return setView("references", number);
  const onMap = state.scope === "all" ? home[state.view].has(number) && home[state.view].size <= WHOLE : state.shown.has(number);
  if (!onMap || !filters.hasYear(thing)) return around(number);
  return select(number);
}

function clearSelection() {
  state.selected = null;
  state.path = null;
  showSelected();
  refresh({ redraw: false });
}

function showPath(from, to) {
  if (state.view !== "references") state.view = "references";
  const found = pathBetween(views.references, from, to);
  const steps = found || [];
  state.path = { found, steps, from, to };
  state.selected = null;
  const members = new Set([from, to, ...steps.flatMap((step) => [step.from, step.to])]);
  if (state.scope === "around" && [...members].some((number) => !state.shown.has(number))) {
    const start = new Map(state.local);
    for (const number of members) state.shown.add(number);
    layOut(start);
  }
  showSelected();
  refresh();
  if (steps.length) stage.fit(true, [...members].filter((number) => stage.active.has(number)));
  say(found ? `A path of ${plural(found.length, "step")}` : "No path");
}

function setView(name, number = null) {
  state.table = name === "table";
  root.classList.toggle("tabled", state.table);
  for (const each of ["references", "people", "table"]) byId(`view-${each}`).setAttribute("aria-pressed", String(each === name));
  if (state.table) {
    byId("table").focus();
    remember();
    return;
  }
  const changed = state.view !== name;
  state.view = name;
  if (number !== null) {
    around(number);
    return;
  }
  if (changed) {
    state.selected = null;
    state.path = null;
    open();
  } else refresh();
}

// The first thing to see: the whole map if it can be read, else the surroundings of the best known.
function open() {
  const view = currentView();
  const size = home[state.view].size;
  if (!size || (size <= WHOLE && !(narrow() && size > 40))) {
    state.scope = "all";
    state.focus = null;
    showSelected();
    refresh({ fit: true });
    stage.fit(false);
  } else {
    const first = state.view === "references" && data.start >= 0 ? data.start : view.members[0];
    around(view.touching.has(state.focus) ? state.focus : first, { quiet: true });
    showSelected();
    refresh({ fit: true });
    stage.fit(false);
  }
}

// The address keeps what is shown, so that it can be kept and sent.
function remember() {
  const parts = new URLSearchParams();
  if (state.view !== "references") parts.set("view", state.view);
  if (state.table) parts.set("table", "1");
  if (state.path) parts.set("path", `${things[state.path.from].id} ${things[state.path.to].id}`);
  else if (state.selected?.node !== undefined) parts.set("at", things[state.selected.node].id);
  if (state.scope === "around" && state.focus !== null) parts.set("around", things[state.focus].id);
  const hash = parts.toString().replaceAll("%2F", "/");
  if (hash === location.hash.slice(1)) return;
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // some viewers show the file at an address that can't be changed: nothing else depends on it
  }
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const number = (key) => numberOf.get(parts.get(key));
  if (parts.get("view") === "people") state.view = "people";
  for (const each of ["references", "people"]) byId(`view-${each}`).setAttribute("aria-pressed", String(each === state.view));
  open();
  const focus = number("around");
  const at = number("at");
  if (focus !== undefined) around(focus, { quiet: at === undefined });
  if (at !== undefined && (focus === undefined || at !== focus)) choose(at);
  const [from, to] = (parts.get("path") || "").split(" ").map((id) => numberOf.get(id));
  if (from !== undefined && to !== undefined) showPath(from, to);
  if (parts.get("table") || location.hash === "#table") setView("table");
}

function savePicture() {
  const ratio = 2;
  const canvas = el("canvas", { width: stage.width * ratio, height: stage.height * ratio });
  const pen = canvas.getContext("2d");
  stage.draw(pen, ratio);
  pen.globalCompositeOperation = "destination-over";
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--paper");
  pen.fillRect(0, 0, stage.width, stage.height);
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    el("a", { href: address, download: "film-kg.png" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
}

function setTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  byId("theme").textContent = isDark() ? "☀" : "☾";
  refresh();
  showSelected();
}

function listen() {
  for (const name of ["references", "people", "table"]) byId(`view-${name}`).addEventListener("click", () => setView(name));
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    setView("table");
  });
  byId("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
  byId("zoom-in").addEventListener("click", () => stage.zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => stage.zoomBy(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => stage.fit());
  byId("save").addEventListener("click", savePicture);
  byId("unfold").addEventListener("click", () => {
    const open = byId("filters").classList.toggle("unfolded");
    byId("unfold").setAttribute("aria-expanded", String(open));
    refresh({ redraw: false });
  });
  systemDark.addEventListener("change", () => setTheme(root.dataset.theme));
  byId("map").addEventListener("keydown", keyOnMap);
  window.addEventListener("hashchange", recall);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      field.focus();
    } else if (event.key === "Escape" && !typing) {
      clearSelection();
      byId("map").focus();
    }
  });
}

function keyOnMap(event) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const way = ways[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (way) {
    const at = state.selected?.node;
    const next = at === undefined || !stage.active.has(at) ? stage.order[0] : stage.towards(at, ...way);
    if (next !== null && next !== undefined) select(next);
  } else if (event.key === "Enter" && state.selected) {
    if (event.shiftKey && state.selected.node !== undefined) expand(state.selected.node);
    else byId("panel").focus();
  } else if (event.key === "+" || event.key === "=") stage.zoomBy(1.25);
  else if (event.key === "-") stage.zoomBy(0.8);
  else if (event.key === "0") stage.fit();
  else return;
  event.preventDefault();
}

root.classList.add("js");
const field = searchField(byId("find"), { label: "Search films, people and characters", placeholder: "Search films, people, characters   /", choose: (number) => {
  choose(number);
  byId("map").focus({ preventScroll: true });
} });
byId("theme").textContent = isDark() ? "☀" : "☾";
listen();
stage.resize();
recall();
