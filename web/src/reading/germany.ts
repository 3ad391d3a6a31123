// What the map of Germany shows: six classes of a figure, and where thousands of marks stand. Plain arithmetic.
import type {GermanyBodies} from '../api/germany';

export const measures = ['most', 'half', 'all', 'loss', 'day'] as const;
export type Measure = (typeof measures)[number];

/** In the address, in German as everywhere. */
const words: Record<Measure, string> = {most: 'tage-80', half: 'tage-50', all: 'tage-100', loss: 'verlust', day: 'stand'};
export const wordOf = (measure: Measure): string => words[measure];
export const measureOf = (word: string | null | undefined): Measure => measures.find((one) => words[one] === word) ?? 'most';

type Column = (number | null)[];
export type Columns = GermanyBodies['days_to_most'];
const columnsOf = (bodies: GermanyBodies, measure: Measure): Columns =>
  ({most: bodies.days_to_most, half: bodies.days_to_half, all: bodies.days_to_all, loss: bodies.loss_days, day: bodies.days_to_most})[measure];

export const classCount = 6;
/** Beginnings of the classes after the first, in days. */
export type Steps = readonly number[];
/** Round numbers: a few that grow, and equal steps from any multiple of themselves on. */
const ladders: readonly Steps[] = [
  [1, 2, 4, 7, 14], [3, 7, 14, 30, 60], [7, 14, 30, 60, 120], [30, 60, 90, 120, 180], [60, 90, 120, 180, 360],
  ...[1, 2, 5, 10, 20, 30, 60].flatMap((step) => Array.from({length: 36}, (_, at) => [1, 2, 3, 4, 5].map((number) => step * (at + number)))),
];

export const classOf = (value: number | null, steps: Steps): number => (value === null ? steps.length : steps.filter((step) => value >= step).length);

/** The ladder that tells most: the one over which the values are spread most evenly. */
export function stepsFor(values: Column): Steps {
  const sorted = values.map((value) => value ?? Infinity).sort((one, other) => one - other);
  const below = (step: number) => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sorted[middle]! < step) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const told = (steps: Steps) => {
    const ends = [0, ...steps.map(below), sorted.length];
    return ends.slice(1).reduce((sum, end, at) => {
      const share = (end - ends[at]!) / sorted.length;
      return share > 0 ? sum - share * Math.log(share) : sum;
    }, 0);
  };
  // A later ladder must tell clearly more: the first are the ones people think in.
  return ladders.reduce((best, steps) => (told(steps) > told(best) * 1.02 + 1e-9 ? steps : best));
}

/** How sure it is that a day is past: 0 in 9 of 10 courses and more, 5 in fewer than 1 of 10. */
export function sureness(columns: Columns, place: number, day: number): number {
  const passed = (quantile: keyof Columns) => {
    const at = columns[quantile][place];
    return at !== null && at !== undefined && at <= day;
  };
  const first = (['p90', 'p75', 'p50', 'p25', 'p10'] as const).findIndex(passed);
  return first < 0 ? classCount - 1 : first;
}

export interface Classes {
  /** Of each body, in their order. */
  of: Uint8Array;
  /** none: shares of courses. */
  steps: Steps | undefined;
  /** Whether the last class holds some that never get there. */
  never: boolean;
}

export function classesFor(bodies: GermanyBodies, measure: Measure, day: number): Classes {
  const columns = columnsOf(bodies, measure);
  if (measure === 'day') return {of: Uint8Array.from(bodies.key, (_, place) => sureness(columns, place, day)), steps: undefined, never: false};
  const steps = stepsFor(columns.p50);
  return {of: Uint8Array.from(columns.p50, (value) => classOf(value, steps)), steps, never: columns.p50.includes(null)};
}

/** The middle one of the bodies' medians; null where it is not reached. */
export function middleOf(bodies: GermanyBodies, measure: Measure, places: readonly number[]): number | null {
  const column = columnsOf(bodies, measure).p50;
  const sorted = places.map((place) => column[place] ?? Infinity).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined || middle === Infinity ? null : middle;
}

export interface Mark {
  place: number;
  x: number;
  y: number;
  radius: number;
  ring: boolean;
}
export interface Atlas {
  /** The largest first, so that the small stay to be seen. */
  marks: Mark[];
  height: number;
}

const margin = 14;

/** Marks where the bodies are, area by inhabitants; two thousandths of the width at least, for there are thousands. */
export function atlasOf(bodies: GermanyBodies, width: number): Atlas {
  const count = bodies.key.length;
  if (!count) return {marks: [], height: 0};
  const middle = bodies.latitude.reduce((sum, degrees) => sum + degrees, 0) / count;
  const flat = (place: number): [number, number] => [bodies.longitude[place]! * Math.cos((middle * Math.PI) / 180), -bodies.latitude[place]!];
  const points = bodies.key.map((_, place) => flat(place));
  const [left, right] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const [top, bottom] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  const scale = Math.min((width - 2 * margin) / (right - left || 1), 1000 / (bottom - top || 1));
  const indent = (width - (right - left) * scale) / 2;
  const most = Math.max(...bodies.population, 1);
  const marks = points.map(([x, y], place) => ({
    place,
    x: indent + (x - left) * scale,
    y: margin + (y - top) * scale,
    radius: Math.max(width / 500, (width / 34) * Math.sqrt(bodies.population[place]! / most)),
    ring: bodies.kind[place] === 'district',
  }));
  return {marks: marks.sort((one, other) => other.radius - one.radius), height: (bottom - top) * scale + 2 * margin};
}

const arc = ({x, y, radius}: Mark): string => {
  const r = radius.toFixed(1);
  return `M${(x - radius).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${(2 * radius).toFixed(1)} 0a${r} ${r} 0 1 0 ${(-2 * radius).toFixed(1)} 0`;
};

export interface Layer {
  /** Class; -1: not chosen. */
  step: number;
  ring: boolean;
  path: string;
}

/** From this rank on, marks are in the next layer, so that few paths draw thousands of marks and small ones lie on top. */
const tiers = [0, 60, 500];

/** Few paths for all marks: rings first, then dots from large to small. `chosen`: none = all. */
export function layersOf(atlas: Atlas, classes: Uint8Array, chosen: ((place: number) => boolean) | undefined): Layer[] {
  const parts = new Map<string, {step: number; ring: boolean; order: number; arcs: string[]}>();
  atlas.marks.forEach((mark, rank) => {
    const step = chosen && !chosen(mark.place) ? -1 : classes[mark.place]!;
    const tier = mark.ring ? 0 : 1 + tiers.findLastIndex((from) => rank >= from);
    const order = (step < 0 ? 0 : 100) + 10 * tier;
    const name = `${order} ${step}`;
    const part = parts.get(name) ?? parts.set(name, {step, ring: mark.ring, order, arcs: []}).get(name)!;
    part.arcs.push(arc(mark));
  });
  return [...parts.values()].sort((one, other) => one.order - other.order || one.step - other.step).map(({step, ring, arcs}) => ({step, ring, path: arcs.join('')}));
}

/** The mark that a pointer means: the nearest that it touches or almost touches. */
export function markAt(atlas: Atlas, x: number, y: number): Mark | undefined {
  let best: Mark | undefined;
  let least = 8;
  for (const mark of atlas.marks) {
    const apart = Math.hypot(mark.x - x, mark.y - y) - (mark.ring ? 0 : mark.radius);
    const away = mark.ring ? Math.abs(Math.hypot(mark.x - x, mark.y - y) - mark.radius) + 2 : Math.max(apart, 0);
    if (away < least || (away === least && !mark.ring)) [best, least] = [mark, away];
  }
  return best;
}

/** How many of each class, per state. */
export function countsByState(bodies: GermanyBodies, classes: Uint8Array): Map<string, number[]> {
  const counts = new Map<string, number[]>();
  bodies.state.forEach((state, place) => {
    const row = counts.get(state) ?? counts.set(state, new Array<number>(classCount).fill(0)).get(state)!;
    ++row[classes[place]!]!;
  });
  return counts;
}
