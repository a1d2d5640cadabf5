// What is said beside the map: of the whole, of one thing, of one edge, of a path.

const FEW = { films: 10, statements: 2, cast: 6 };

class Panel {
  constructor(holder, actions) {
    this.holder = holder;
    this.actions = actions; // choose(number), around(number), path(from, to), close()
  }

  fill(idle, ...content) {
    this.holder.toggleAttribute("data-idle", idle);
    this.holder.replaceChildren(...content.flat().filter(Boolean));
    this.holder.scrollTop = 0;
  }

  heading(kicker, title, kind, ...under) {
    return el("header", {},
      el("div", {},
        el("p", { class: "kicker" }, kicker),
        el("h2", { class: kind, dir: "auto" }, title),
        ...under),
      el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => this.actions.close() }, "×"));
  }

  go(number, className = "") {
    const thing = things[number];
    return el("button", { type: "button", class: `go ${thing.kind} ${className}`, dir: "auto", onclick: () => this.actions.choose(number) }, thing.name.slice(0, 2000));
  }

  named(number) {
    const { year } = things[number];
    return [this.go(number), year ? el("span", { class: "year" }, ` ${year}`) : null];
  }

  // A list that shows its first entries and the rest on demand.
  list(className, items, limit, what) {
    const list = el("ul", { class: className }, items.slice(0, limit).map((make) => make()));
    if (items.length <= limit) return [list];
    const more = el("button", { type: "button", class: "more" });
    let shown = limit;
    const label = () => {
      const left = items.length - shown;
      more.textContent = left > 100 ? `Show 100 more of ${items.length.toLocaleString("en")} ${what}` : `Show all ${items.length.toLocaleString("en")} ${what}`;
    };
    label();
    more.addEventListener("click", () => {
      const added = items.slice(shown, items.length - shown > 100 ? shown + 100 : undefined).map((make) => make());
      list.append(...added);
      shown += added.length;
      if (shown < items.length) label();
      else more.remove();
      added[0].querySelector("button, a")?.focus();
    });
    return [list, more];
  }

  // The start: what is here and what is referred to most.
  overview(view, degrees) {
    const count = data.counts;
    const people = view.name === "people";
    const ranked = [...view.members]
      .filter((number) => !people || things[number].kind === "person")
      .sort((a, b) => degrees(b) - degrees(a) || things[a].name.localeCompare(things[b].name))
      .filter((number) => degrees(number) > 0)
      .map((number) => () => el("li", {}, el("span", {}, this.named(number)),
        el("span", { class: "number" }, people ? plural(degrees(number), "film") : plural(degrees(number), "review"))));
    this.fill(true,
      el("h2", { class: "lead" }, people ? data.leadPeople : data.lead),
      el("h3", {}, people ? "With the most films" : "Referred to most"),
      ...(ranked.length ? this.list("ranked", ranked, 12, people ? "people" : "films") : [el("p", { class: "note" }, "Nothing to show yet.")]),
      el("h3", {}, "Finding the way"),
      el("p", { class: "under" }, "Click a film to read what it refers to and what refers to it, in the critics’ own sentences. Click a line for its evidence. Double-click a film to bring in its neighbours. Drag to move, scroll to zoom."),
      el("p", { class: "under" }, el("kbd", {}, "/"), " searches, the arrow keys go from film to film, ", el("kbd", {}, "Esc"), " goes back."),
      el("p", { class: "note" }, data.colophon),
      count.leftOut ? el("p", { class: "note" }, count.leftOut) : null);
  }

  // Everything known of a film, a work or a person.
  thing(number) {
    const thing = things[number];
    const kinds = { film: "Film", work: "Work", person: "Person" };
    const also = (thing.also || []).slice(0, 20).flatMap((name, at) => [at ? ", “" : "also “", el("bdi", {}, name.slice(0, 300)), "”"]);
    const year = thing.year || (thing.kind === "film" ? "Year unknown" : "");
    const body = [
      this.heading(kinds[thing.kind], thing.name, thing.kind,
        el("p", { class: "under" }, String(year), year && also.length ? " · " : "", also)),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "quiet", onclick: () => this.actions.around(number) }, "Show neighbours"),
        (thing.links || []).map((link) => outsideLink(link, `${siteName(link)} ↗`, "quiet"))),
    ];
    if (thing.kind === "person") body.push(...this.filmsOf(number));
    else body.push(...this.creditsOf(number), ...this.referencesOf(number), ...this.reviewsOf(number));
    if (views.references.touching.has(number)) body.push(...this.pathField(number));
    this.fill(false, body);
  }

  creditsOf(number) {
    const mine = (views.people.touching.get(number) || []).filter((edge) => edge.target === number);
    const rows = [];
    data.roles.forEach((role, kind) => {
      const held = mine.filter((edge) => edge.kind === kind);
      if (!held.length || role.key === "cast") return;
      rows.push(el("dt", {}, role.label), el("dd", {}, held.flatMap((edge, place) => [place ? ", " : "", this.go(edge.source)])));
    });
    const cast = mine.filter((edge) => data.roles[edge.kind].key === "cast").sort((a, b) => Boolean(b.part) - Boolean(a.part) || (things[b.source].works || 0) - (things[a.source].works || 0) || a.number - b.number);
    const parts = cast.map((edge) => () => el("li", {}, this.go(edge.source), el("span", { class: "part", dir: "auto" }, edge.part)));
    return [
      rows.length ? el("dl", {}, rows) : null,
      ...(parts.length ? [el("h3", {}, "Cast"), ...this.list("cast", parts, FEW.cast, "actors")] : []),
    ];
  }

  filmsOf(number) {
    const mine = views.people.touching.get(number) || [];
    return data.roles.flatMap((role, kind) => {
      const held = mine.filter((edge) => edge.kind === kind && edge.source === number)
        .sort((a, b) => (things[a.target].year || 9999) - (things[b.target].year || 9999));
      if (!held.length) return [];
      const items = held.map((edge) => () => el("li", {}, el("span", {}, this.named(edge.target)), el("span", { class: "number clip", dir: "auto" }, edge.part || "")));
      const title = el("h4", {}, lineSample(role), role.label);
      return [title, ...this.list("ranked", items, 20, "films")];
    });
  }

  referencesOf(number) {
    const mine = (views.references.touching.get(number) || []).filter((edge) => edge.source !== edge.target);
    const out = mine.filter((edge) => edge.source === number);
    const into = mine.filter((edge) => edge.target === number);
    return [...this.grouped("Refers to", out, (ink) => ink.out), ...this.grouped("Referred to by", into, (ink) => ink.into)];
  }

  grouped(title, edges, phrase) {
    if (!edges.length) return [];
    const body = [el("h3", {}, title)];
    data.kinds.forEach((ink, kind) => {
      const held = edges.filter((edge) => edge.kind === kind).sort((a, b) => b.weight - a.weight || a.number - b.number);
      if (!held.length) return;
      const other = title === "Refers to" ? "target" : "source";
      body.push(el("h4", {}, lineSample(ink), phrase(ink)));
      body.push(...this.list("ties", held.map((edge) => () => el("li", {}, this.named(edge[other]), this.statements(edge))), FEW.films, "films"));
    });
    return body;
  }

  // The sentences of an edge, each with who says it, where, and how sure the reading is.
  statements(edge, limit = FEW.statements) {
    const names = [edge.source, edge.target].flatMap((number) => [things[number].name, ...(things[number].also || [])]);
    const holder = el("div", {}, edge.statements.slice(0, limit).map((one) => this.saying(one, edge, names)));
    if (edge.statements.length > limit) {
      const more = el("button", { type: "button", class: "more" }, `Show all ${edge.statements.length} sentences`);
      more.addEventListener("click", () => more.replaceWith(...edge.statements.slice(limit).map((one) => this.saying(one, edge, names))));
      holder.append(more);
    }
    return holder;
  }

  saying(statement, edge, names) {
    const by = [];
    if (statement.critic) by.push(el("span", { dir: "auto" }, statement.critic.slice(0, 200)));
    const place = statement.publication || statement.page;
    if (place) by.push(statement.url ? outsideLink(statement.url, place.slice(0, 200)) : el("span", { dir: "auto" }, place.slice(0, 200)));
    if (statement.confidence !== null) {
      by.push(el("span", { class: "sure", title: "How sure film-kg is of having read this rightly" }, `${Math.round(statement.confidence * 100)} % sure`));
    }
    const figure = el("figure", { class: "saying" },
      el("blockquote", { dir: "auto" }, quoted(statement.exact, names)),
      by.length ? el("figcaption", {}, by.flatMap((part, number) => (number ? [" · ", part] : [part]))) : null);
    figure.style.setProperty("--tie", inkColour(data.kinds[edge.kind]));
    return figure;
  }

  reviewsOf(number) {
    const mine = reviewsOf.get(number) || [];
    if (!mine.length) return [];
    const items = mine.map((review) => () => {
      const place = review.publication || review.page;
      const named = [review.critic ? el("span", { dir: "auto" }, review.critic.slice(0, 200)) : null, place ? outsideLink(review.url, place.slice(0, 200)) : null].filter(Boolean);
      return el("li", {}, el("span", {}, named.flatMap((part, at) => (at ? [", ", part] : [part]))), el("span", { class: "grade number", dir: "auto" }, review.printed.slice(0, 60)));
    });
    return [el("h3", {}, mine.length === 1 ? "One review" : `${mine.length} reviews`), ...this.list("ranked", items, 8, "reviews")];
  }

  pathField(number) {
    const holder = el("div", { class: "pathfind" });
    searchField(holder, {
      label: "Find the path to another film",
      placeholder: "Another film …",
      only: (other) => other !== number && views.references.touching.has(other),
      choose: (other) => this.actions.path(number, other),
    });
    return [el("h3", {}, "How is it linked with …"), holder];
  }

  // All ways in which two things are tied, the one that was clicked first.
  edge(edge) {
    const people = Boolean(edge.part !== undefined);
    const view = people ? views.people : views.references;
    const all = [edge, ...view.pairs.get(pairKey(edge.source, edge.target)).filter((other) => other !== edge)];
    const body = [this.heading(people ? "Credit" : "Reference", `${shortName(things[edge.source])} – ${shortName(things[edge.target])}`, people ? "person" : "film")];
    for (const one of all) {
      const ink = view.inks[one.kind];
      body.push(
        el("h4", {}, lineSample(ink), ink.label, one.weight > 1 ? ` · ${plural(one.weight, "review")}` : ""),
        el("p", {}, this.named(one.source), ` ${ink.forwards} `, this.named(one.target), one.part ? el("span", { dir: "auto" }, ` as ${one.part.slice(0, 500)}`) : ""),
        people ? "" : this.statements(one, 6));
    }
    this.fill(false, body);
  }

  // A path: film by film, each step with its sentences.
  path(steps, from, to) {
    const body = [this.heading("Path", `${shortName(things[from])} – ${shortName(things[to])}`, "film",
      el("p", { class: "under" }, steps ? `${plural(steps.length, "step")} over references in either direction` : "No reference links these two, not even through others."))];
    if (steps) {
      body.push(el("p", {}, this.named(from)));
      for (const { from: here, to: there, edge } of steps) {
        const ink = data.kinds[edge.kind];
        body.push(el("h4", {}, lineSample(ink), edge.source === here ? ink.forwards : ink.backwards), el("p", {}, this.named(there)), this.statements(edge, 1));
      }
    }
    this.fill(false, body);
  }
}

function plural(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function siteName(address) {
  const host = /^https?:\/\/(?:www\.|m\.)?([^/?#:]+)/i.exec(address)?.[1] || "";
  const known = { "wikidata.org": "Wikidata", "imdb.com": "IMDb", "themoviedb.org": "TMDB", "en.wikipedia.org": "Wikipedia" };
  return known[host.toLowerCase()] || host.slice(0, 40);
}

// A sentence in quotation marks, the films' names in it marked; a very long one is cut on show.
function quoted(exact, names) {
  const text = withoutLooseMark(exact.trim());
  const holder = el("span", {});
  const cut = text.length > 700;
  // marks of direction in the words must not reach the quotation marks
  const put = (shown, more) => holder.replaceChildren("“", el("bdi", {}, marked(shown, names)), more ? "… " : "”", more || "");
  if (!cut) put(text);
  else {
    put(text.slice(0, 600), el("button", { type: "button", class: "more", onclick: () => put(text) }, "Show the whole sentence"));
  }
  return holder;
}

// A quotation mark that opens or closes elsewhere would look like ours.
function withoutLooseMark(text) {
  const marks = text.match(/["“”«»]/g) || [];
  return marks.length === 1 ? text.replace(/^["“«]\s*|\s*["”»]$/g, "") : text;
}

function marked(text, names) {
  const lower = text.toLowerCase();
  const places = [];
  for (const name of names) {
    const wanted = name.toLowerCase();
    if (wanted.length < 3 || wanted.length > 200 || lower.length !== text.length) continue;
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      const letter = /[\p{L}\p{N}]/u;
      if (letter.test(text[at - 1] || "") || letter.test(text[at + wanted.length] || "")) continue;
      places.push([at, at + wanted.length]);
    }
  }
  places.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let done = 0;
  for (const [start, end] of places) {
    if (start < done) continue;
    parts.push(text.slice(done, start), el("mark", {}, text.slice(start, end)));
    done = end;
  }
  parts.push(text.slice(done));
  return parts;
}
