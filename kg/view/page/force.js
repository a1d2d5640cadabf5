// Places for a neighbourhood of up to a few hundred nodes; the whole map comes laid out already.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

// `start` maps a number to [x, y]; `fixed` holds those that stay where they are. Same input, same result.
function arrange(numbers, edges, start, sizes, { fixed = new Set(), widths = new Map(), room = { width: 900, height: 640 } } = {}) {
  const order = [...numbers].sort((a, b) => a - b);
  const slot = new Map(order.map((number, place) => [number, place]));
  const count = order.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const degree = new Float64Array(count).fill(1);
  order.forEach((number, place) => {
    const at = start.get(number);
    // the golden angle spreads those without a place evenly, always the same way
    x[place] = at ? at[0] : Math.cos(place * 2.39996) * (60 + 8 * place);
    y[place] = at ? at[1] : Math.sin(place * 2.39996) * (60 + 8 * place);
  });
  const links = edges
    .filter((edge) => edge.source !== edge.target && slot.has(edge.source) && slot.has(edge.target))
    .map((edge) => [slot.get(edge.source), slot.get(edge.target)]);
  for (const [a, b] of links) {
    degree[a] += 1;
    degree[b] += 1;
  }
  const still = new Set([...fixed].map((number) => slot.get(number)));
  const wish = 92;
  const rounds = 340;
  // what draws to the middle is stronger along the stage's shorter side
  const lean = Math.sqrt(Math.max(0.4, Math.min(2.2, (room.width / room.height) * 1.2)));
  for (let round = 0; round < rounds; round++) {
    const heat = 46 * (1 - round / rounds) ** 1.4 + 0.2;
    const fx = new Float64Array(count);
    const fy = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      fx[i] -= (x[i] * 0.0183) / lean;
      fy[i] -= y[i] * 0.0183 * lean;
      for (let j = i + 1; j < count; j++) {
        const dx = x[i] - x[j] || 0.01 * (i - j);
        const dy = y[i] - y[j] || 0.01;
        const push = (wish * wish * (0.7 + 0.1 * Math.min(6, degree[i] + degree[j]))) / (dx * dx + dy * dy + 40);
        fx[i] += (dx * push) / wish;
        fy[i] += (dy * push) / wish;
        fx[j] -= (dx * push) / wish;
        fy[j] -= (dy * push) / wish;
      }
    }
    for (const [a, b] of links) {
      const dx = x[b] - x[a];
      const dy = y[b] - y[a];
      const length = Math.hypot(dx, dy) || 1;
      const pull = (length - wish * 0.7) / length * 0.16;
      fx[a] += dx * pull;
      fy[a] += dy * pull;
      fx[b] -= dx * pull;
      fy[b] -= dy * pull;
    }
    for (let i = 0; i < count; i++) {
      if (still.has(i)) continue;
      const length = Math.hypot(fx[i], fy[i]) || 1;
      const step = Math.min(length, heat) / length;
      x[i] += fx[i] * step;
      y[i] += fy[i] * step;
    }
  }
  fillRoom(x, y, room);
  makeRoom(x, y, order, sizes, widths, still, 1);
  // names keep their size when the map shrinks to fit, so they need more of it
  const zoom = Math.min(1, room.width / (spread(x) + 1), room.height / (spread(y) + 1));
  if (zoom < 0.95) {
    fillRoom(x, y, room);
    makeRoom(x, y, order, sizes, widths, still, 1 / Math.max(zoom, 0.55));
  }
  return new Map(order.map((number, place) => [number, [x[place], y[place]]]));
}

function spread(values) {
  return Math.max(...values) - Math.min(...values);
}

// Stretch a drawing that is much flatter or higher than the stage.
function fillRoom(x, y, room) {
  if (x.length < 3) return;
  const ratio = (spread(x) / (spread(y) + 1)) / (room.width / room.height);
  const [wider, higher] = [Math.min(1.9, 1 / ratio), Math.min(1.9, ratio)];
  for (let i = 0; i < x.length; i++) {
    if (wider > 1) x[i] *= wider;
    else if (higher > 1) y[i] *= higher;
  }
}

// Push boxes (a node with its name to the right) off one another.
function makeRoom(x, y, order, sizes, widths, still, scale) {
  for (let round = 0; round < 90; round++) {
    let moved = false;
    for (let i = 0; i < order.length; i++) {
      for (let j = i + 1; j < order.length; j++) {
        const ri = sizes(order[i]);
        const rj = sizes(order[j]);
        const left = x[i] <= x[j] ? i : j;
        const apart = Math.abs(x[i] - x[j]);
        const name = Math.min(190, widths.get(order[left]) || 80);
        const needX = ri + rj + (name + 8) * scale;
        const needY = Math.max(Math.max(ri, rj) + 9, 17 * scale);
        const overX = needX - apart;
        const overY = needY - Math.abs(y[i] - y[j]);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        // up and down is the shorter way for names that lie flat
        const sign = y[i] < y[j] || (y[i] === y[j] && i < j) ? -1 : 1;
        const push = overY * 0.5;
        if (!still.has(i)) y[i] += sign * push * (still.has(j) ? 2 : 1);
        if (!still.has(j)) y[j] -= sign * push * (still.has(i) ? 2 : 1);
      }
    }
    if (!moved) break;
  }
}
