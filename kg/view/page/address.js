// What is shown stands in the address as well.

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
