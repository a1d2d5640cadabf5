// Mouse, pen and fingers on the map: pointing, choosing, dragging, zooming.

class Pointer {
  constructor(stage) {
    this.stage = stage;
    this.down = new Map(); // the pointers that touch the map, and where
    this.pointed = null;
    const { canvas } = stage;
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    canvas.addEventListener("pointercancel", (event) => this.release(event));
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("dblclick", (event) => {
      const found = stage.at(...this.place(event));
      if (found && found.node !== undefined) stage.handlers.open(found.node);
      else stage.zoomBy(1.6, ...this.place(event));
    });
  }

  place(event) {
    const box = this.stage.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 18 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    this.stage.zoomBy(Math.exp(-event.deltaY * lines * speed), ...this.place(event));
  }

  press(event) {
    const { stage } = this;
    stage.canvas.setPointerCapture(event.pointerId);
    const [x, y] = this.place(event);
    this.down.set(event.pointerId, [x, y]);
    const touch = event.pointerType === "touch";
    stage.drag = { x, y, moved: false, found: stage.at(x, y, touch ? 12 : 4), touch };
    stage.trip = null;
  }

  move(event) {
    const { stage, down } = this;
    const [x, y] = this.place(event);
    if (!down.has(event.pointerId)) {
      this.point(stage.at(x, y));
      return;
    }
    const before = down.get(event.pointerId);
    if (down.size === 2) this.pinch(event.pointerId, [x, y]);
    down.set(event.pointerId, [x, y]);
    const { drag } = stage;
    if (down.size !== 1 || !drag) return;
    if (!drag.moved && Math.hypot(x - drag.x, y - drag.y) < (drag.touch ? 9 : 4)) return;
    drag.moved = true;
    stage.canvas.style.cursor = "grabbing";
    this.pull(x - before[0], y - before[1]);
  }

  release(event) {
    const { stage } = this;
    this.down.delete(event.pointerId);
    if (this.down.size) return;
    const { drag } = stage;
    stage.drag = null;
    stage.canvas.style.cursor = "";
    if (drag && !drag.moved && event.type === "pointerup") stage.handlers.pick(drag.found);
    stage.ask();
  }

  // The map answers when the pointer rests, not to everything that it passes.
  point(found) {
    if (found?.node === this.pointed?.node && found?.edge === this.pointed?.edge) return;
    this.pointed = found;
    this.stage.canvas.style.cursor = found ? "pointer" : "";
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.stage.hover = found;
      this.stage.ask();
    }, found ? 70 : 160);
  }

  // Drag a node with the leaves that hang on it alone, or the whole map.
  pull(dx, dy) {
    const { stage } = this;
    const { camera, drag } = stage;
    if (drag.found?.node === undefined) {
      camera.x -= dx / camera.zoom;
      camera.y -= dy / camera.zoom;
      stage.stir();
      return;
    }
    if (drag.node === undefined) {
      drag.node = drag.found.node;
      drag.group = this.leavesOf(drag.node).add(drag.node);
      stage.flight = null;
    }
    for (const number of drag.group) {
      const [x, y] = stage.place.get(number);
      stage.place.set(number, [x + dx / camera.zoom, y + dy / camera.zoom]);
    }
    stage.handlers.moved(stage.place, drag.group);
    stage.ask();
  }

  leavesOf(node) {
    const count = new Map();
    const near = new Set();
    for (const edge of this.stage.edges) {
      for (const end of [edge.source, edge.target]) count.set(end, (count.get(end) || 0) + 1);
      if (edge.source === node || edge.target === node) near.add(otherEnd(edge, node));
    }
    return new Set([...near].filter((number) => count.get(number) === 1));
  }

  pinch(moved, [x, y]) {
    const { stage } = this;
    const [other] = [...this.down].filter(([id]) => id !== moved).map(([, at]) => at);
    const before = this.down.get(moved);
    const apart = Math.hypot(before[0] - other[0], before[1] - other[1]) || 1;
    const factor = Math.hypot(x - other[0], y - other[1]) / apart;
    stage.camera.x -= (x - before[0]) / 2 / stage.camera.zoom;
    stage.camera.y -= (y - before[1]) / 2 / stage.camera.zoom;
    stage.zoomBy(factor, (x + other[0]) / 2, (y + other[1]) / 2);
    if (stage.drag) stage.drag.moved = true;
  }
}
