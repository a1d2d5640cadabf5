// Geometry on the screen: what is taken, and what is near.

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
