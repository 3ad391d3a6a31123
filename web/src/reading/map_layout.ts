// Where the circles of a map stand and which of them get a name: plain geometry, no map service.
export interface Place {
  key: string;
  name: string;
  population: number;
  latitude: number;
  longitude: number;
}

export interface Circle {
  key: string;
  name: string;
  x: number;
  y: number;
  radius: number;
}

export interface Label {
  key: string;
  name: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

const margin = 56;
const highest = 760;

/** Projects to a plane, area by inhabitants, and moves circles apart that touch. Height follows from the shape. */
export function circles(places: readonly Place[], width: number): {circles: Circle[]; height: number} {
  if (!places.length) return {circles: [], height: 0};
  const middle = places.reduce((sum, place) => sum + place.latitude, 0) / places.length;
  const flat = places.map((place) => ({x: place.longitude * Math.cos((middle * Math.PI) / 180), y: -place.latitude}));
  const left = Math.min(...flat.map((p) => p.x));
  const top = Math.min(...flat.map((p) => p.y));
  const wide = Math.max(...flat.map((p) => p.x)) - left || 1;
  const tall = Math.max(...flat.map((p) => p.y)) - top || 1;
  const scale = Math.min((width - 2 * margin) / wide, (highest - 2 * margin) / tall);
  const height = tall * scale + 2 * margin;
  const indent = (width - wide * scale) / 2;

  const most = Math.max(...places.map((place) => place.population), 1);
  const largest = Math.min(26, width / 22);
  const drawn = places.map((place, i) => ({
    key: place.key,
    name: place.name,
    x: indent + (flat[i]!.x - left) * scale,
    y: margin + (flat[i]!.y - top) * scale,
    radius: Math.max(7, largest * Math.sqrt(place.population / most)),
  }));
  separate(drawn);
  return {circles: drawn, height};
}

/** Pushes touching pairs apart by half their overlap each, until none touch; 60 rounds are enough for hundreds. */
function separate(drawn: Circle[]) {
  for (let round = 0; round < 60; ++round) {
    let touching = false;
    for (let i = 0; i < drawn.length; ++i)
      for (let j = i + 1; j < drawn.length; ++j) {
        const a = drawn[i]!;
        const b = drawn[j]!;
        const dx = b.x - a.x || 0.01;
        const dy = b.y - a.y;
        const apart = Math.hypot(dx, dy) || 0.01;
        const overlap = a.radius + b.radius + 2 - apart;
        if (overlap <= 0) continue;
        touching = true;
        a.x -= (dx / apart) * (overlap / 2);
        a.y -= (dy / apart) * (overlap / 2);
        b.x += (dx / apart) * (overlap / 2);
        b.y += (dy / apart) * (overlap / 2);
      }
    if (!touching) return;
  }
}

type Box = [left: number, top: number, right: number, bottom: number];
const meets = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Names for the largest first, only where they touch no circle, no other name and no edge. */
export function labels(drawn: readonly Circle[], width: number, height: number): Label[] {
  const taken: Box[] = drawn.map((c) => [c.x - c.radius - 1, c.y - c.radius - 1, c.x + c.radius + 1, c.y + c.radius + 1]);
  const placed: Label[] = [];
  for (const circle of [...drawn].sort((a, b) => b.radius - a.radius)) {
    const long = circle.name.length * 7.3 + 4;
    const {x, y, radius} = circle;
    const choices: [Label['anchor'], number, number][] = [
      ['middle', x, y - radius - 6],
      ['middle', x, y + radius + 16],
      ['start', x + radius + 5, y + 5],
      ['end', x - radius - 5, y + 5],
    ];
    for (const [anchor, at, base] of choices) {
      const from = anchor === 'start' ? at : anchor === 'end' ? at - long : at - long / 2;
      const box: Box = [from, base - 13, from + long, base + 4];
      if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
      if (taken.some((other) => meets(box, other))) continue;
      taken.push(box);
      placed.push({key: circle.key, name: circle.name, x: at, y: base, anchor});
      break;
    }
  }
  return placed;
}
