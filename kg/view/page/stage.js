// The map on its canvas: what is drawn, where, and what a pointer does there.

const MANY = 2500; // edges: above, they rest while the map moves

class Stage {
  constructor(canvas, handlers) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.handlers = handlers;
    this.camera = { x: 0, y: 0, zoom: 1 };
    this.nodes = [];
    this.edges = [];
    this.place = new Map();
    this.sides = new Map();
    this.hover = null;
    this.lit = null;
    this.moving = 0;
    this.swell = 1;
    this.sizes = [];
    this.screenX = new Float64Array(things.length);
    this.screenY = new Float64Array(things.length);
    this.widths = new Map();
    this.insets = { left: 30, top: 48, right: 60, bottom: 30 };
    this.obstacles = [];
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
    this.listen();
  }

  resize() {
    const box = this.canvas.getBoundingClientRect();
    this.ratio = Math.min(window.devicePixelRatio || 1, 2.5);
    const before = this.width;
    this.width = box.width;
    this.height = box.height;
    this.canvas.width = Math.max(1, Math.round(box.width * this.ratio));
    this.canvas.height = Math.max(1, Math.round(box.height * this.ratio));
    if (before === 0 && box.width > 0) this.fit(false);
    this.ask();
  }

  // What there is to draw. `style` tells colours and sizes; see app.js.
  show({ nodes, edges, place, style }) {
    this.nodes = nodes;
    this.edges = edges;
    this.style = style;
    this.order = [...nodes].sort((a, b) => style.weight(b) - style.weight(a) || a - b);
    this.active = new Set(nodes);
    // looked up once and not with every frame
    this.sizes = new Float64Array(things.length);
    this.colours = new Array(things.length);
    for (const number of nodes) {
      this.sizes[number] = style.size(number);
      this.colours[number] = style.colour(number);
    }
    this.glide(place);
    this.sides.clear();
    this.ask();
  }

  // Move to new places, in a moment or at once.
  glide(target) {
    const from = new Map();
    for (const number of this.nodes) from.set(number, this.place.get(number) || target.get(number));
    const many = this.nodes.length > 600 || calm;
    const changes = this.nodes.some((number) => {
      const [a, b] = [from.get(number), target.get(number)];
      return a[0] !== b[0] || a[1] !== b[1];
    });
    if (!changes || many) {
      this.place = new Map(target);
      this.flight = null;
    } else {
      this.flight = { from, target, began: performance.now() };
      this.place = new Map(from);
    }
  }

  toMap(x, y) {
    const { camera } = this;
    return [(x - this.width / 2) / camera.zoom + camera.x, (y - this.height / 2) / camera.zoom + camera.y];
  }

  radius(number) {
    return Math.max(1.6, this.sizes[number] * this.swell);
  }

  // Bring `numbers` (or everything) into view.
  fit(smooth = true, numbers = this.nodes) {
    if (!numbers.length || !this.width) return;
    const goal = this.flight ? this.flight.target : this.place;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const number of numbers) {
      const [x, y] = goal.get(number);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    const inset = this.insets;
    const side = this.width < 600 ? 20 : 70; // names stand to the sides
    const wide = Math.max(60, this.width - inset.left - inset.right - side * 2);
    const high = Math.max(60, this.height - inset.top - inset.bottom);
    const zoom = Math.min(1.5, wide / (right - left + 40), high / (bottom - top + 40));
    const dx = (inset.right - inset.left + side * 0.6) / 2 / zoom;
    const dy = (inset.bottom - inset.top) / 2 / zoom;
    this.travel({ x: (left + right) / 2 + dx, y: (top + bottom) / 2 + dy, zoom }, smooth);
  }

  travel(camera, smooth = true) {
    if (!smooth || calm || (this.nodes.length > 1500 && this.edges.length > MANY)) {
      this.camera = camera;
      this.trip = null;
    } else this.trip = { from: { ...this.camera }, to: camera, began: performance.now() };
    this.ask();
  }

  // See to it that a node stands in the free part of the stage.
  reveal(number) {
    const goal = this.flight ? this.flight.target : this.place;
    const at = goal.get(number);
    if (!at) return;
    const camera = this.trip ? this.trip.to : this.camera;
    const x = (at[0] - camera.x) * camera.zoom + this.width / 2;
    const y = (at[1] - camera.y) * camera.zoom + this.height / 2;
    const free = { left: 60, right: this.width - 120, top: 70, bottom: this.height - this.insets.bottom - 20 };
    const zoom = Math.max(camera.zoom, this.nodes.length > 400 ? 0.75 : camera.zoom);
    const inside = x > free.left && x < free.right && y > free.top && y < free.bottom;
    if (inside && zoom === camera.zoom) return;
    const dy = (this.height / 2 - (free.top + free.bottom) / 2) / zoom;
    this.travel({ x: at[0], y: at[1] + dy, zoom });
  }

  zoomBy(factor, x = this.width / 2, y = this.height / 2) {
    const [mapX, mapY] = this.toMap(x, y);
    const zoom = Math.min(6, Math.max(0.02, this.camera.zoom * factor));
    this.camera = {
      zoom,
      x: mapX - (x - this.width / 2) / zoom,
      y: mapY - (y - this.height / 2) / zoom,
    };
    this.trip = null;
    this.stir();
  }

  stir() {
    this.moving = performance.now();
    this.ask();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.ask(), 160);
  }

  ask() {
    if (!this.asked) this.asked = requestAnimationFrame((now) => this.frame(now));
  }

  frame(now) {
    this.asked = 0;
    const ease = (share) => 1 - (1 - share) ** 3;
    if (this.flight) {
      const share = Math.min(1, (now - this.flight.began) / 520);
      for (const number of this.nodes) {
        const [a, b] = [this.flight.from.get(number), this.flight.target.get(number)];
        const part = ease(Math.max(0, share));
        this.place.set(number, [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]);
      }
      if (share >= 1) {
        this.place = new Map(this.flight.target);
        this.flight = null;
      }
      this.ask();
    }
    if (this.trip) {
      const { from, to } = this.trip;
      const share = ease(Math.min(1, Math.max(0, (now - this.trip.began) / 520)));
      const zoom = from.zoom * (to.zoom / from.zoom) ** share;
      // so that the goal stands still on the screen while the zoom changes
      const part = Math.abs(to.zoom - from.zoom) < 1e-9 ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
      this.camera = { zoom, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      if (share >= 1) {
        this.camera = to;
        this.trip = null;
      }
      this.moving = performance.now();
      this.stir();
    }
    this.draw();
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

  // The node or edge under a point of the stage.
  at(x, y, slack = 4) {
    let best = null;
    let nearest = Infinity;
    for (const number of this.nodes) {
      const away = Math.hypot(this.screenX[number] - x, this.screenY[number] - y) - this.radius(number);
      if (away < slack && away < nearest) {
        nearest = away;
        best = { node: number };
      }
    }
    if (best || performance.now() - this.moving < 140) return best;
    nearest = slack + 2;
    for (const edge of this.edges) {
      if (edge.source === edge.target) continue;
      const away = curveDistance(this.curve(edge), x, y, nearest);
      if (away < nearest) {
        nearest = away;
        best = { edge };
      }
    }
    return best;
  }

  // The nearest node from `number` in a direction, for the arrow keys.
  towards(number, dx, dy) {
    const [x, y] = this.place.get(number);
    let best = null;
    let least = Infinity;
    for (const other of this.nodes) {
      if (other === number) continue;
      const [ox, oy] = this.place.get(other);
      const along = (ox - x) * dx + (oy - y) * dy;
      const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (along <= 0 || across > along * 1.6) continue;
      const cost = along + across * 1.8;
      if (cost < least) {
        least = cost;
        best = other;
      }
    }
    return best;
  }

  listen() {
    const { canvas } = this;
    const pointers = new Map();
    const local = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 18 : 1;
      const speed = event.ctrlKey ? 0.01 : 0.0016;
      this.zoomBy(Math.exp(-event.deltaY * lines * speed), ...local(event));
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      const [x, y] = local(event);
      pointers.set(event.pointerId, [x, y]);
      const found = this.at(x, y, event.pointerType === "touch" ? 12 : 4);
      this.drag = { x, y, moved: false, found, touch: event.pointerType === "touch" };
      this.trip = null;
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = local(event);
      if (!pointers.has(event.pointerId)) {
        this.point(this.at(x, y));
        return;
      }
      const before = pointers.get(event.pointerId);
      if (pointers.size === 2) this.pinch(pointers, event.pointerId, [x, y]);
      pointers.set(event.pointerId, [x, y]);
      if (pointers.size !== 1 || !this.drag) return;
      if (!this.drag.moved && Math.hypot(x - this.drag.x, y - this.drag.y) < (this.drag.touch ? 9 : 4)) return;
      this.drag.moved = true;
      canvas.style.cursor = "grabbing";
      this.pull(x - before[0], y - before[1]);
    });
    const up = (event) => {
      pointers.delete(event.pointerId);
      const { drag } = this;
      if (pointers.size) return;
      this.drag = null;
      canvas.style.cursor = "";
      if (drag && !drag.moved && event.type === "pointerup") this.handlers.pick(drag.found);
      this.ask();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("dblclick", (event) => {
      const found = this.at(...local(event));
      if (found && found.node !== undefined) this.handlers.open(found.node);
      else this.zoomBy(1.6, ...local(event));
    });
  }

  point(found) {
    const same = found?.node === this.hover?.node && found?.edge === this.hover?.edge;
    if (same) return;
    this.canvas.style.cursor = found ? "pointer" : "";
    clearTimeout(this.resting);
    // the map answers when the pointer rests, not to everything that it passes
    this.resting = setTimeout(() => {
      this.hover = found;
      this.ask();
    }, found ? 70 : 160);
  }

  // Drag a node with the leaves that hang on it alone, or the whole map.
  pull(dx, dy) {
    const { camera, drag } = this;
    if (drag.found?.node === undefined) {
      camera.x -= dx / camera.zoom;
      camera.y -= dy / camera.zoom;
      this.stir();
      return;
    }
    if (drag.node === undefined) {
      drag.node = drag.found.node;
      this.flight = null;
      const near = this.edges.filter((edge) => edge.source === drag.node || edge.target === drag.node);
      const count = new Map();
      for (const edge of this.edges) {
        for (const end of [edge.source, edge.target]) count.set(end, (count.get(end) || 0) + 1);
      }
      drag.group = new Set([drag.node, ...near.map((edge) => otherEnd(edge, drag.node)).filter((n) => count.get(n) === 1)]);
    }
    for (const number of drag.group) {
      const [x, y] = this.place.get(number);
      this.place.set(number, [x + dx / camera.zoom, y + dy / camera.zoom]);
    }
    this.handlers.moved(this.place, drag.group);
    this.ask();
  }

  pinch(pointers, moved, [x, y]) {
    const [other] = [...pointers].filter(([id]) => id !== moved).map(([, at]) => at);
    const before = pointers.get(moved);
    const factor = Math.hypot(x - other[0], y - other[1]) / (Math.hypot(before[0] - other[0], before[1] - other[1]) || 1);
    this.camera.x -= (x - before[0]) / 2 / this.camera.zoom;
    this.camera.y -= (y - before[1]) / 2 / this.camera.zoom;
    this.zoomBy(factor, (x + other[0]) / 2, (y + other[1]) / 2);
    if (this.drag) this.drag.moved = true;
  }
}

// Rectangles in use, found by the cells that they touch.
class Grid {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys(left, top, right, bottom) {
    for (let i = Math.floor(left / this.cell); i <= Math.floor(right / this.cell); i++) {
      for (let j = Math.floor(top / this.cell); j <= Math.floor(bottom / this.cell); j++) yield i * 10007 + j;
    }
  }

  add(left, top, right, bottom, owner) {
    const box = { left, top, right, bottom, owner };
    for (const key of this.keys(left, top, right, bottom)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  free(left, top, right, bottom, owner) {
    for (const key of this.keys(left, top, right, bottom)) {
      for (const box of this.cells.get(key) || []) {
        if (box.owner === owner) continue;
        if (box.left < right && box.right > left && box.top < bottom && box.bottom > top) return false;
      }
    }
    return true;
  }
}

// How far a point is from a quadratic curve, Infinity where it can't be below `most`.
function curveDistance([x1, y1, cx, cy, x2, y2], x, y, most) {
  if (x < Math.min(x1, cx, x2) - most || x > Math.max(x1, cx, x2) + most) return Infinity;
  if (y < Math.min(y1, cy, y2) - most || y > Math.max(y1, cy, y2) + most) return Infinity;
  let best = Infinity;
  let [px, py] = [x1, y1];
  for (let step = 1; step <= 12; step++) {
    const t = step / 12;
    const nx = (1 - t) * (1 - t) * x1 + 2 * (1 - t) * t * cx + t * t * x2;
    const ny = (1 - t) * (1 - t) * y1 + 2 * (1 - t) * t * cy + t * t * y2;
    const [dx, dy] = [nx - px, ny - py];
    const along = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(px + dx * along - x, py + dy * along - y));
    [px, py] = [nx, ny];
  }
  return best;
}
