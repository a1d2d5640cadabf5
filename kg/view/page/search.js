// Search that forgives accents, case, articles and misspellings.

const LIGATURES = { ß: "ss", œ: "oe", æ: "ae", ø: "o", đ: "d", ł: "l", ð: "d", þ: "th", ı: "i", "½": " 1 2" };

function fold(text) {
  return text
    .slice(0, 400)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßœæøđłðþı½]/g, (letter) => LIGATURES[letter])
    .replace(/&/g, " and ")
    .replace(/[’'`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// Optimal string alignment distance, or a number above `most` as soon as it must be above.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    older = row;
    row = next;
  }
  return row[b.length];
}

function forgiven(word) {
  return word.length <= 3 ? 0 : word.length <= 7 ? 1 : 2;
}

// What can be found: every name of every thing, and every character by the film and the actor.
function searchEntries() {
  const entries = [];
  things.forEach((thing, number) => {
    const folded = fold(thing.name);
    entries.push({ folded, tokens: folded.split(" "), thing: number, hint: "" });
    for (const other of thing.also || []) {
      const spelling = fold(other);
      entries.push({ folded: spelling, tokens: spelling.split(" "), thing: number, hint: `also “${other}”` });
    }
  });
  for (const credit of credits) {
    if (!credit.part) continue;
    const folded = fold(credit.part);
    const film = things[credit.target];
    const hint = `${credit.part}, played by ${shortName(things[credit.source])}`;
    entries.push({ folded, tokens: folded.split(" "), thing: credit.target, hint, character: film.id });
  }
  return entries;
}

let entries = null;

function weightOfThing(thing) {
  return (thing.refs || 0) + (thing.works || 0) * 0.1;
}

// The best matches of `query`, each thing once.
function search(query, { only = () => true, limit = 12 } = {}) {
  entries = entries || searchEntries();
  const wanted = fold(query);
  if (!wanted) return [];
  const year = /(?:^|\s)((?:18|19|20)\d\d)$/.exec(wanted);
  const title = year && wanted !== year[1] ? wanted.slice(0, year.index).trim() : wanted;
  const tokens = title.split(" ");
  const found = new Map();
  const keep = (entry, score) => {
    const thing = things[entry.thing];
    if (!only(entry.thing)) return;
    let total = score + Math.min(9, Math.log2(1 + weightOfThing(thing))) - (entry.character ? 4 : 0);
    if (year && title !== wanted) total += thing.year === Number(year[1]) ? 30 : -15;
    const before = found.get(entry.thing);
    if (!before || before.score < total) found.set(entry.thing, { number: entry.thing, hint: entry.hint, score: total });
  };
  for (const entry of entries) {
    const score = plainScore(entry, title, tokens);
    if (score > 0) keep(entry, score);
  }
  if (found.size < 5) {
    for (const entry of entries) {
      const score = fuzzyScore(entry, title, tokens);
      if (score > 0) keep(entry, score);
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.number - b.number).slice(0, limit);
}

function plainScore(entry, title, tokens) {
  if (entry.folded === title) return 100;
  if (entry.folded.startsWith(title)) return 80;
  if (entry.folded.replace(/^(the|a|an|la|le|les|der|die|das|el|il) /, "").startsWith(title)) return 76;
  const starts = tokens.every((token) => entry.tokens.some((word) => word.startsWith(token)));
  if (starts) return 60;
  return title.length > 2 && entry.folded.includes(title) ? 45 : 0;
}

function fuzzyScore(entry, title, tokens) {
  const whole = distance(title, entry.folded, forgiven(title) + (title.length > 12 ? 1 : 0));
  if (whole <= forgiven(title) + (title.length > 12 ? 1 : 0)) return 50 - whole * 6;
  let lost = 0;
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place];
    const most = forgiven(token);
    let best = most + 1;
    for (const word of entry.tokens) {
      best = Math.min(best, distance(token, word, most));
      // the last word may still be being typed
      if (place === tokens.length - 1 && word.length > token.length) {
        best = Math.min(best, distance(token, word.slice(0, token.length), most));
      }
    }
    if (best > most) return 0;
    lost += best;
  }
  return 34 - lost * 6;
}

// A text field with a list of matches (ARIA combobox); `choose` gets the number of a thing.
function searchField(holder, { label, placeholder, choose, only }) {
  const list = `hits-${searchField.count++}`;
  const input = el("input", {
    class: "box", type: "search", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false",
    "aria-label": label, "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list",
  });
  const hits = el("ul", { class: "hits", id: list, role: "listbox", "aria-label": "Matches", hidden: "" });
  holder.append(input, hits);
  let matches = [];
  let at = -1;

  const show = () => {
    matches = search(input.value, { only });
    at = matches.length ? 0 : -1;
    const options = matches.map((match, place) => {
      const thing = things[match.number];
      const kind = thing.kind === "film" ? String(thing.year || "year unknown") : thing.kind;
      return el("li", { role: "option", id: `${list}-${place}`, "aria-selected": String(place === at) },
        el("span", { class: `name ${thing.kind}`, dir: "auto" }, thing.name.slice(0, 300)),
        el("span", { class: "hint", dir: "auto" }, match.hint ? `${kind} · ${match.hint.slice(0, 200)}` : kind));
    });
    if (!options.length && input.value.trim()) {
      options.push(el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing found under this name"));
    }
    hits.replaceChildren(...options);
    open(options.length > 0);
  };
  const open = (yes) => {
    hits.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    mark();
  };
  const mark = () => {
    [...hits.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0 && !hits.hidden) {
      input.setAttribute("aria-activedescendant", `${list}-${at}`);
      hits.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (place) => {
    if (!matches[place]) return;
    const { number } = matches[place];
    input.value = "";
    matches = [];
    open(false);
    choose(number);
  };
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, things.length > 4000 ? 90 : 0);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!matches.length) return;
      at = (at + (event.key === "ArrowDown" ? 1 : matches.length - 1)) % matches.length;
      mark();
    } else if (event.key === "Enter") {
      clearTimeout(waiting);
      if (hits.hidden || !matches.length) show();
      take(Math.max(at, 0));
    } else if (event.key === "Escape") {
      if (hits.hidden) input.blur();
      input.value = "";
      open(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  hits.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    event.preventDefault();
    if (item) take([...hits.children].indexOf(item));
  });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("focus", () => input.value && show());
  return input;
}
searchField.count = 0;
