// What changes the state, and what follows from that.

const WHOLE = 90; // films: up to here the whole map is readable from the start

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

function say(text) {
  byId("said").textContent = text;
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
