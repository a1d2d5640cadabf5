// What is drawn on the map's canvas, and how.

const MANY = 2500; // edges: above, they rest while the map moves

class Painter {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.camera = { x: 0, y: 0, zoom: 1 };
    this.nodes = [];
    this.edges = [];
    this.place = new Map();
    this.active = new Set();
    this.order = []; // the nodes, the most important first
    this.hover = null;
    this.lit = null; // what stands out: nodes, edges, and how faint the rest is
    this.moving = 0;
    this.obstacles = []; // what lies on top of the map
    this.swell = 1;
    this.sizes = [];
    this.colours = [];
    this.sides = new Map(); // where each name stood last, so that it stays there
    this.widths = new Map();
    this.screenX = new Float64Array(things.length);
    this.screenY = new Float64Array(things.length);
  }

  radius(number) {
    return Math.max(1.6, this.sizes[number] * this.swell);
  }

  draw(pen = this.pen, ratio = this.ratio) {
    const busy = performance.now() - this.moving < 140 || this.drag?.node !== undefined;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    if (!this.style) return;
    this.project();
    const lit = this.lit || this.litBy(this.hover);
    const rest = !(busy && this.edges.length > MANY);
    this.faint = lit ? lit.faint : 1; // how much is left of what doesn't stand out
    if (rest) this.drawEdges(pen, lit);
    if (lit) this.drawLit(pen, lit);
    this.drawNodes(pen, lit);
    this.drawNames(pen, lit, busy);
  }

  // Where every node stands on the screen now.
  project() {
    const { zoom, x, y } = this.camera;
    this.swell = Math.min(1.7, zoom ** 0.6); // circles grow more slowly than the map
    const [left, top] = [this.width / 2 - x * zoom, this.height / 2 - y * zoom];
    for (const number of this.nodes) {
      const at = this.place.get(number);
      this.screenX[number] = at[0] * zoom + left;
      this.screenY[number] = at[1] * zoom + top;
    }
  }

  inView(number, margin) {
    const [x, y] = [this.screenX[number], this.screenY[number]];
    return x > -margin && y > -margin && x < this.width + margin && y < this.height + margin;
  }

  // Which nodes and edges stand out when the pointer rests on something.
  litBy(what) {
    if (!what) return null;
    if (what.edge) return { nodes: new Set([what.edge.source, what.edge.target]), edges: new Set([what.edge]), centre: null, faint: 1 };
    const edges = new Set(this.edges.filter((edge) => edge.source === what.node || edge.target === what.node));
    const nodes = new Set([what.node]);
    for (const edge of edges) nodes.add(otherEnd(edge, what.node));
    return { nodes, edges, centre: what.node, faint: 0.4 };
  }

  curve(edge) {
    const [x1, y1] = [this.screenX[edge.source], this.screenY[edge.source]];
    const [x2, y2] = [this.screenX[edge.target], this.screenY[edge.target]];
    return [x1, y1, (x1 + x2) / 2 - (y2 - y1) * edge.bend, (y1 + y2) / 2 + (x2 - x1) * edge.bend, x2, y2];
  }

  outside([x1, y1, cx, cy, x2, y2]) {
    const { width, height } = this;
    return (
      (x1 < 0 && x2 < 0 && cx < 0) || (x1 > width && x2 > width && cx > width) ||
      (y1 < 0 && y2 < 0 && cy < 0) || (y1 > height && y2 > height && cy > height)
    );
  }

  drawEdges(pen, lit) {
    const seen = this.edges.filter((edge) => edge.source !== edge.target && !(lit && lit.edges.has(edge)))
      .map((edge) => [edge, this.curve(edge)])
      .filter(([, curve]) => !this.outside(curve));
    const few = seen.length <= 700;
    pen.globalAlpha = (few ? 0.62 : seen.length < 4000 ? 0.36 : 0.17) * this.faint;
    const buckets = new Map();
    for (const item of seen) {
      const [edge] = item;
      const key = edge.kind * 4 + Math.min(3, edge.weight - 1);
      if (!buckets.has(key)) buckets.set(key, []);
      buckets.get(key).push(item);
    }
    for (const [key, items] of [...buckets].sort((a, b) => a[0] - b[0])) {
      const ink = this.style.ink(Math.floor(key / 4));
      this.stroke(pen, ink, items, 1.1 + (key % 4) * 0.55, few, few);
    }
    pen.globalAlpha = 1;
  }

  drawLit(pen, lit) {
    pen.globalAlpha = 0.95;
    for (const edge of lit.edges) {
      if (edge.source === edge.target || !this.active.has(edge.source) || !this.active.has(edge.target)) continue;
      const ink = this.style.ink(edge.kind);
      this.stroke(pen, ink, [[edge, this.curve(edge)]], 1.7 + Math.min(3, edge.weight - 1) * 0.6, true, true);
    }
    pen.globalAlpha = 1;
  }

  stroke(pen, ink, items, width, dashed, heads) {
    pen.strokeStyle = pen.fillStyle = inkColour(ink);
    pen.lineWidth = width;
    pen.lineCap = "round";
    pen.setLineDash(dashed ? ink.dash : []);
    pen.beginPath();
    for (const [edge, curve] of items) {
      const [x1, y1, cx, cy, x2, y2] = curve;
      const back = this.radius(edge.target) + (heads ? 5 : 0);
      const length = Math.hypot(x2 - cx, y2 - cy) || 1;
      pen.moveTo(x1, y1);
      pen.quadraticCurveTo(cx, cy, x2 - ((x2 - cx) / length) * back, y2 - ((y2 - cy) / length) * back);
    }
    pen.stroke();
    pen.setLineDash([]);
    if (!heads) return;
    pen.beginPath();
    for (const [edge, [, , cx, cy, x2, y2]] of items) {
      const length = Math.hypot(x2 - cx, y2 - cy) || 1;
      const [ux, uy] = [(x2 - cx) / length, (y2 - cy) / length];
      const reach = this.radius(edge.target) + 1.5;
      const [tx, ty] = [x2 - ux * reach, y2 - uy * reach];
      const size = 5.5 + width;
      pen.moveTo(tx, ty);
      pen.lineTo(tx - ux * size - uy * size * 0.42, ty - uy * size + ux * size * 0.42);
      pen.lineTo(tx - ux * size + uy * size * 0.42, ty - uy * size - ux * size * 0.42);
      pen.closePath();
    }
    pen.fill();
  }

  // The many small ones by colour, then the important ones, each over what is less important.
  drawNodes(pen, lit) {
    const seen = this.order.filter((number) => this.inView(number, 60));
    const apart = seen.length > 400 ? 150 : seen.length;
    const batches = new Map();
    for (let place = seen.length - 1; place >= apart; place--) {
      const number = seen[place];
      const dim = lit && !lit.nodes.has(number);
      const key = `${things[number].kind} ${dim ? 1 : 0} ${this.colours[number]}`;
      if (!batches.has(key)) batches.set(key, { numbers: [], dim });
      batches.get(key).numbers.push(number);
    }
    for (const { numbers, dim } of [...batches.values()].sort((a, b) => b.dim - a.dim)) this.fillNodes(pen, numbers, dim);
    for (let place = Math.min(apart, seen.length) - 1; place >= 0; place--) {
      this.fillNodes(pen, [seen[place]], lit && !lit.nodes.has(seen[place]));
    }
    pen.globalAlpha = 1;
    const { selected, colours } = this.style;
    if (selected === undefined || !this.active.has(selected)) return;
    pen.beginPath();
    this.shape(pen, things[selected].kind, this.screenX[selected], this.screenY[selected], this.radius(selected) + 4);
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2;
    pen.stroke();
  }

  // Nodes of one kind and colour in one stroke of the pen.
  fillNodes(pen, numbers, dim) {
    const { colours } = this.style;
    const hollow = things[numbers[0]].kind === "person";
    const colour = this.colours[numbers[0]];
    let least = Infinity;
    pen.beginPath();
    for (const number of numbers) {
      const radius = this.radius(number);
      least = Math.min(least, radius);
      this.shape(pen, things[number].kind, this.screenX[number], this.screenY[number], radius);
    }
    if (dim) {
      // a faint node still hides the ends of its edges
      pen.globalAlpha = 1;
      pen.fillStyle = colours.paper;
      pen.fill();
    }
    pen.globalAlpha = dim ? this.faint : 1;
    pen.fillStyle = hollow ? colours.paper : colour;
    pen.strokeStyle = hollow ? colour : colours.paper;
    pen.lineWidth = hollow ? Math.max(1.2, least * 0.3) : least > 3 ? 1.4 : 0.5;
    pen.fill();
    pen.stroke();
  }

  shape(pen, kind, x, y, radius) {
    pen.moveTo(x + radius, y);
    if (kind === "work") pen.roundRect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76, radius * 0.3);
    else pen.arc(x, y, radius, 0, Math.PI * 2);
  }

  font(number, strong) {
    const person = things[number].kind === "person";
    const span = Math.max(0, Math.min(1, this.sizes[number] / this.style.largest));
    const size = Math.round((12 + 4.5 * span + (strong ? 1 : 0)) * 2) / 2;
    return { size, css: `${person ? "" : "italic "}${strong ? "600 " : ""}${size}px ${this.style.colours.serif}` };
  }

  // Names from the most important down, each on the side where nothing is in its way.
  drawNames(pen, lit, busy) {
    const grid = new Grid(48);
    for (const box of this.obstacles) grid.add(...box, -2);
    const { selected, focus } = this.style;
    const seen = this.order.filter((number) => this.inView(number, 20));
    const important = (n) => n === selected || n === focus || n === this.hover?.node || (lit && lit.nodes.has(n));
    const first = seen.filter(important);
    const chosen = new Set(first);
    const limit = busy && this.nodes.length > 1500 ? 60 : 420;
    const queue = [...first, ...seen.filter((number) => !chosen.has(number))].slice(0, limit);
    // in a crowd names may lie over small nodes, but not over the important ones
    const largest = seen.reduce((most, number) => Math.max(most, this.radius(number)), 0);
    const least = seen.length > 300 ? largest / 2 : 2.4;
    for (const number of seen) {
      const [x, y, radius] = [this.screenX[number], this.screenY[number], this.radius(number)];
      if (radius >= least) grid.add(x - radius, y - radius, x + radius, y + radius, number);
    }
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    for (const number of queue) {
      pen.globalAlpha = lit && !lit.nodes.has(number) ? Math.min(1, this.faint + 0.1) : 1;
      this.drawName(pen, grid, number, lit);
    }
    pen.globalAlpha = 1;
  }

  drawName(pen, grid, number, lit) {
    const [x, y] = [this.screenX[number], this.screenY[number]];
    const strong = number === this.style.selected || number === this.hover?.node || number === lit?.centre;
    const { size, css } = this.font(number, strong);
    pen.font = css;
    const text = withYear(things[number], strong ? 60 : 34);
    const measured = `${css} ${text}`;
    let wide = this.widths.get(measured);
    if (wide === undefined) {
      wide = pen.measureText(text).width;
      this.widths.set(measured, wide);
    }
    const gap = this.radius(number) + (strong && number === this.style.selected ? 8 : 4);
    const spots = [
      [x + gap, y + size * 0.32], [x - gap - wide, y + size * 0.32],
      [x - wide / 2, y + gap + size * 0.85], [x - wide / 2, y - gap - size * 0.25],
      [x + gap * 0.8, y + gap * 0.8 + size * 0.6], [x + gap * 0.8, y - gap * 0.8],
      [x - gap * 0.8 - wide, y + gap * 0.8 + size * 0.6], [x - gap * 0.8 - wide, y - gap * 0.8],
    ];
    const before = this.sides.get(number);
    const tries = before === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [before, 0, 1, 2, 3, 4, 5, 6, 7];
    for (const side of tries) {
      const [left, base] = spots[side];
      // a name that would be cut off at the edge goes to another side
      if (x > 0 && x < this.width && (left < 3 || left + wide > this.width - 3)) continue;
      if (!grid.free(left - 2, base - size * 0.8, left + wide + 2, base + size * 0.26, number)) continue;
      this.sides.set(number, side);
      this.write(pen, text, left, base, wide, size, grid);
      return;
    }
    this.sides.delete(number);
    if (!strong) return;
    const left = Math.max(4, Math.min(spots[0][0], this.width - wide - 4));
    this.write(pen, text, left, left < spots[0][0] ? spots[2][1] : spots[0][1], wide, size, grid);
  }

  write(pen, text, left, base, wide, size, grid) {
    grid.add(left - 2, base - size * 0.8, left + wide + 2, base + size * 0.26, -1);
    pen.strokeStyle = this.style.colours.paper;
    pen.lineWidth = 3.5;
    pen.strokeText(text, left, base);
    pen.fillStyle = this.style.colours.ink;
    pen.fillText(text, left, base);
  }
}
