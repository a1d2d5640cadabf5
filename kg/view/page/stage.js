// The map as a thing that moves: what it shows, where the eye is, what is under a point.

class Stage extends Painter {
  constructor(canvas, handlers) {
    super(canvas);
    this.handlers = handlers;
    this.insets = { left: 30, top: 48, right: 60, bottom: 30 };
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
    new Pointer(this);
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
}
