// The map of one thing's surroundings: chosen, laid out, and enlarged on demand.

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
