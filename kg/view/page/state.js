// What is shown now: the view, its part, what is chosen, and where things stand on the whole map.

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

const currentView = () => views[state.view];
