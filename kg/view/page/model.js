// The graph as the page uses it: things (films, works, people) and two views of how they are tied.

const data = JSON.parse(document.getElementById("data").textContent);
const things = data.things;
const words = data.words;

// One view: its edges, the edges of every thing, and what the legend needs.
function makeView(name, inks, edges, placeOf, weightOf) {
  const touching = new Map();
  const pairs = new Map();
  edges.forEach((edge, number) => {
    edge.number = number;
    for (const end of edge.source === edge.target ? [edge.source] : [edge.source, edge.target]) {
      if (!touching.has(end)) touching.set(end, []);
      touching.get(end).push(edge);
    }
    const pair = pairKey(edge.source, edge.target);
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(edge);
  });
  for (const parallel of pairs.values()) {
    parallel.forEach((edge, position) => {
      const bend = parallel.length === 1 ? 0.08 : (position - (parallel.length - 1) / 2) * 0.24;
      edge.bend = edge.source < edge.target ? bend : -bend;
    });
  }
  const members = [...touching.keys()].sort((a, b) => weightOf(things[b]) - weightOf(things[a]) || a - b);
  return { name, inks, edges, touching, pairs, members, placeOf, weightOf };
}

function pairKey(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

const ties = data.ties.map(([source, target, kind, weight, confidence, statements]) => ({
  source,
  target,
  kind,
  weight,
  confidence,
  statements: statements.map(([exact, sure, critic, publication, page, url]) => ({
    exact,
    confidence: sure,
    critic: words[critic],
    publication: words[publication],
    page: words[page],
    url: words[url],
  })),
}));

const credits = data.credits.map(([film, role, person, part]) => ({
  source: person,
  target: film,
  kind: role,
  weight: 1,
  confidence: null,
  part,
  statements: [],
}));

const reviews = data.reviews.map(([film, critic, publication, page, url, printed, score]) => ({
  film,
  critic: words[critic],
  publication: words[publication],
  page: words[page],
  url: words[url],
  printed: words[printed],
  score,
}));

const reviewsOf = new Map();
for (const review of reviews) {
  if (!reviewsOf.has(review.film)) reviewsOf.set(review.film, []);
  reviewsOf.get(review.film).push(review);
}

const views = {
  references: makeView("references", data.kinds, ties, (thing) => thing.at, (thing) => thing.rank || 0),
  people: makeView("people", data.roles, credits, (thing) => thing.stands, (thing) => thing.works || 0),
};

const numberOf = new Map(things.map((thing, number) => [thing.id, number]));

function otherEnd(edge, end) {
  return edge.source === end ? edge.target : edge.source;
}

// A title as the legend and the announcements write it, in one line and not too long.
function shortName(thing, limit = 44) {
  const plain = thing.name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ");
  const letters = Array.from(plain.slice(0, limit * 4));
  return letters.length > limit ? `${letters.slice(0, limit - 1).join("")}…` : letters.join("");
}

function withYear(thing, limit) {
  return thing.year ? `${shortName(thing, limit)} (${thing.year})` : shortName(thing, limit);
}

// The shortest way between two films over references in either direction, the better attested first.
function pathBetween(view, start, end) {
  const cameFrom = new Map([[start, null]]);
  let edge = [start];
  while (edge.length && !cameFrom.has(end)) {
    const next = [];
    for (const at of edge) {
      const ways = [...(view.touching.get(at) || [])].sort((a, b) => b.weight - a.weight || a.number - b.number);
      for (const way of ways) {
        const there = otherEnd(way, at);
        if (!cameFrom.has(there)) {
          cameFrom.set(there, way);
          next.push(there);
        }
      }
    }
    edge = next;
  }
  if (!cameFrom.has(end)) return null;
  const steps = [];
  for (let at = end; at !== start; ) {
    const way = cameFrom.get(at);
    const before = otherEnd(way, at);
    steps.unshift({ from: before, to: at, edge: way });
    at = before;
  }
  return steps;
}
