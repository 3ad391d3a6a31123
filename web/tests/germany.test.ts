// The map of Germany: classes of a figure, and thousands of marks in a few paths.
import {describe, expect, it} from 'vitest';
import type {GermanyBodies} from '../src/api/germany';
import {atlasOf, classCount, classesFor, classOf, countsByState, layersOf, markAt, measureOf, measures, middleOf, stepsFor, sureness, wordOf} from '../src/reading/germany';
import css from '../src/styles/steps.css?raw';

const constant = (value: (number | null)[]) => ({p10: value, p25: value, p50: value, p75: value, p90: value});

/** As many as the register has, at places that do not follow from chance. */
function country(count: number): GermanyBodies {
  const places = Array.from({length: count}, (_, place) => place);
  const spread = (place: number, by: number) => (place * by) % 1;
  return {
    key: places.map((place) => String(place).padStart(12, '0')),
    name: places.map((place) => `Ort ${place}`),
    kind: places.map((place) => (place % 18 ? 'municipality' : 'district')),
    state: places.map((place) => (place % 3 ? 'bayern' : 'hessen')),
    population: places.map((place) => 500 + Math.round(3_000_000 * spread(place, 0.618) ** 12)),
    latitude: places.map((place) => 47.3 + 7.7 * spread(place, 0.7548)),
    longitude: places.map((place) => 5.9 + 9 * spread(place, 0.5698)),
    provider: places.map(() => 0),
    loss_days: constant(places.map((place) => place % 90)),
    days_to_half: constant(places.map((place) => place % 60)),
    days_to_most: {p10: places.map(() => 10), p25: places.map(() => 20), p50: places.map(() => 30), p75: places.map(() => 40), p90: places.map((place) => (place % 2 ? null : 50))},
    days_to_all: constant(places.map(() => null)),
  };
}

describe('A class', () => {
  it('begins with its step, and what is never reached is in the last', () => {
    const steps = [1, 2, 4, 7, 14];
    expect([0, 0.9, 1, 3.9, 4, 13, 14, 400, null].map((value) => classOf(value, steps))).toEqual([0, 0, 1, 2, 3, 4, 5, 5, 5]);
  });
  it('is cut where the values differ', () => {
    expect(stepsFor([1, 1, 2, 3, 5, 8, 20])).toEqual([1, 2, 4, 7, 14]);
    expect(stepsFor([20, 50, 70, 100, 130, 200])).toEqual([30, 60, 90, 120, 180]);
    expect(stepsFor([62, 68, 71, 77, 83, 88, 95, 99, 101, 118])).toEqual([70, 80, 90, 100, 110]);
  });
  it('tells how sure it is that a day is past', () => {
    const {days_to_most: most} = country(2);
    expect([9, 10, 19, 20, 30, 40, 50, 700].map((day) => sureness(most, 0, day))).toEqual([5, 4, 4, 3, 2, 1, 0, 0]);
    expect(sureness(most, 1, 700)).toBe(1);
  });
  it('is counted by state, each body once', () => {
    const bodies = country(90);
    const counts = countsByState(bodies, classesFor(bodies, 'loss', 0).of);
    expect([...counts.values()].flat().reduce((sum, count) => sum + count, 0)).toBe(90);
    expect(counts.get('hessen')!.reduce((sum, count) => sum + count, 0)).toBe(30);
  });
});

describe('The middle of the bodies', () => {
  it('is a body’s value, or none where most never get there', () => {
    const bodies = country(9);
    const all = bodies.key.map((_, place) => place);
    expect(middleOf(bodies, 'half', all)).toBe(4);
    expect(middleOf(bodies, 'all', all)).toBeNull();
    expect(middleOf(bodies, 'half', [])).toBeNull();
  });
});

describe('What the map shows', () => {
  it('has a word in the address and is found by it', () => {
    for (const measure of measures) expect(measureOf(wordOf(measure))).toBe(measure);
    expect(measureOf('anything')).toBe('most');
  });
});

describe('5,443 marks', () => {
  const bodies = country(5443);
  const atlas = atlasOf(bodies, 700);

  it('lie inside, the largest first, north on top', () => {
    for (const {x, y, radius} of atlas.marks) {
      expect(radius).toBeGreaterThan(1);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(700);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(atlas.height);
    }
    for (let at = 1; at < atlas.marks.length; ++at) expect(atlas.marks[at]!.radius).toBeLessThanOrEqual(atlas.marks[at - 1]!.radius);
    const north = atlas.marks.reduce((best, mark) => (bodies.latitude[mark.place]! > bodies.latitude[best.place]! ? mark : best));
    expect(north.y).toBeCloseTo(Math.min(...atlas.marks.map((mark) => mark.y)));
  });
  it('are drawn by few paths, each mark once, within a frame or three', () => {
    const {of} = classesFor(bodies, 'day', 35);
    const begun = performance.now();
    const layers = layersOf(atlas, of, undefined);
    expect(performance.now() - begun).toBeLessThan(200);
    expect(layers.length).toBeLessThanOrEqual(4 * classCount);
    expect(layers.map(({path}) => path.split('M').length - 1).reduce((sum, count) => sum + count, 0)).toBe(5443);
  });
  it('are grey but for the chosen ones, which lie on top', () => {
    const layers = layersOf(atlas, classesFor(bodies, 'day', 35).of, (place) => bodies.state[place] === 'hessen');
    expect(layers.at(-1)!.step).toBeGreaterThanOrEqual(0);
    const grey = layers.filter(({step}) => step < 0).map(({path}) => path.split('M').length - 1);
    expect(grey.reduce((sum, count) => sum + count, 0)).toBe(bodies.state.filter((state) => state !== 'hessen').length);
  });
  it('are found under the pointer, and nothing is far away', () => {
    const mark = atlas.marks.findLast((one) => !one.ring)!;
    expect(markAt(atlas, mark.x, mark.y)!.place).toBe(mark.place);
    expect(markAt(atlas, -100, -100)).toBeUndefined();
  });
});

describe.each([['light', css.split('@media')[0]!, '#ffffff'], ['dark', css.split('@media')[1]!, '#1d2034']])('Steps of the %s scheme', (_scheme, part, card) => {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (one: string, other: string) => {
    const [bright, faint] = [luminance(one), luminance(other)].sort((x, y) => y - x);
    return (bright! + 0.05) / (faint! + 0.05);
  };
  const steps = [...part.matchAll(/--step-\d: *(#[0-9a-f]{6})/g)].map((found) => found[1]!);

  it('stand out from the card, each more than the one before', () => {
    expect(steps.length).toBe(classCount);
    const stands = steps.map((step) => contrast(step, card));
    for (const [at, stand] of stands.entries()) {
      expect(stand).toBeGreaterThanOrEqual(3);
      if (at > 0) expect(stand).toBeGreaterThan(stands[at - 1]! * 1.1);
    }
  });
});
