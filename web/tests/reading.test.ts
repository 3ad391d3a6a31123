// The pure part of the pages: states by day, shown spans, findings, and where circles and names stand.
import {describe, expect, it} from 'vitest';
import type {Catalogue, Distribution, Result} from '../src/api/client';
import {urgentAndFrequent} from '../src/reading/choice';
import {apart} from '../src/reading/fan';
import {abilityFinding, laterThan, rangeFinding, regionFinding} from '../src/reading/finding';
import {circles, labels} from '../src/reading/map_layout';
import {pieces, stateOn} from '../src/reading/modes';
import {dayTicks, shownDays} from '../src/reading/span';

const stretches = [{from_day: 0, mode: 'down'}, {from_day: 4, mode: 'paper'}, {from_day: 40, mode: 'normal'}] as const;
const distribution = (p10: number | null, p50: number | null, p90: number | null): Distribution => ({p10, p25: p10, p50, p75: p90, p90});

describe('A state', () => {
  it('holds from its first day until the next one begins', () => {
    expect([0, 3.9, 4, 39, 40, 700].map((day) => stateOn(stretches, day))).toEqual(['down', 'down', 'paper', 'paper', 'normal', 'normal']);
  });
  it('is unknown before the first stretch', () => expect(stateOn([{from_day: 2, mode: 'paper'}], 1)).toBe('unknown'));
  it('leaves no gap and no empty piece in the strip', () => {
    expect(pieces([{from_day: 0, mode: 'down'}, {from_day: 0, mode: 'paper'}, {from_day: 10, mode: 'normal'}], 30)).toEqual([
      {from: 0, to: 10, mode: 'paper'},
      {from: 10, to: 30, mode: 'normal'},
    ]);
  });
});

describe('Shown days', () => {
  const ability = (settled: number) => Array.from({length: 731}, (_, day) => ({day, p10: day < settled ? 0.5 : 1, p25: 1, p50: 1, p75: 1, p90: 1}));
  it('end a little after everything is back, in whole months', () => expect(shownDays(ability(100), [], 730)).toBe(120));
  it('are at least two months where nothing moves', () => expect(shownDays(ability(1000), [], 730)).toBe(60));
  it('never reach beyond the horizon', () => expect(shownDays(ability(729), [], 730)).toBe(730));
  it('reach beyond the last milestone', () => {
    const milestone = {id: 'a', what: {de: '', en: ''}, body: 'region', day_earliest: 330, day_latest: 335, p10: 0, p25: 0, p50: 0, p75: 0, p90: 0, hit: true};
    expect(shownDays(ability(100), [milestone], 730)).toBe(360);
  });
  it('have ticks at least 44 pixels apart', () => {
    for (const width of [260, 400, 700, 1100]) {
      const ticks = dayTicks(360, width);
      expect((width * (ticks[1]! - ticks[0]!)) / 360).toBeGreaterThanOrEqual(44);
    }
  });
});

describe('A finding', () => {
  const result = (p50: number | null) => ({horizon: 730, ability_most: distribution(p50, p50, p50)}) as unknown as Result;
  it('names the day of four fifths', () => expect(regionFinding(result(150.4))).toEqual({key: 'outage.heading', values: {days: 150}}));
  it('says that the day does not come', () => expect(regionFinding(result(null)).key).toBe('outage.heading-never'));
  it('has an open end where one course in ten does not return', () => {
    expect(rangeFinding(distribution(103, 150, 208), 730)).toEqual({key: 'range.both', values: {from: 103, to: 208}});
    expect(rangeFinding(distribution(103, 150, null), 730)).toEqual({key: 'range.open', values: {from: 103, horizon: 730}});
    expect(rangeFinding(distribution(null, null, null), 730).key).toBe('range.never');
  });
  it('says half only where four fifths never come', () => {
    expect(abilityFinding(distribution(1, 70, 90), distribution(1, null, null), 730)).toEqual({key: 'ability.half-only', values: {half: 70, horizon: 730}});
  });
  it('compares two runs in whole days, and not at all if one never returns', () => {
    expect(laterThan(result(150), result(121))).toBe(29);
    expect(laterThan(result(null), result(121))).toBeUndefined();
  });
});

describe('A map', () => {
  const places = Array.from({length: 60}, (_, i) => ({
    key: String(i), name: `Ort ${i}`, population: 1000 + i * 1500, latitude: 51 + (i % 8) * 0.02, longitude: 8 + Math.floor(i / 8) * 0.03,
  }));
  const {circles: drawn, height} = circles(places, 640);
  it('lets no two circles cover each other by more than a pixel', () => {
    for (const a of drawn) for (const b of drawn) if (a !== b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius - 1);
  });
  it('draws area by inhabitants', () => {
    const [small, large] = [drawn[40]!, drawn[59]!];
    expect((large.radius / small.radius) ** 2).toBeCloseTo(places[59]!.population / places[40]!.population, 5);
  });
  it('names only where the name touches no circle', () => {
    for (const label of labels(drawn, 640, height))
      for (const circle of drawn) {
        if (label.anchor !== 'middle' || circle.key === label.key) continue;
        const nearX = Math.max(label.x - 20, Math.min(circle.x, label.x + 20));
        const nearY = Math.max(label.y - 12, Math.min(circle.y, label.y + 3));
        expect(Math.hypot(circle.x - nearX, circle.y - nearY)).toBeGreaterThanOrEqual(circle.radius - 1);
      }
  });
  it('is empty without places', () => expect(circles([], 640)).toEqual({circles: [], height: 0}));
});

describe('The services shown first', () => {
  const service = (id: string, days: number, demand: number, more = {}) =>
    ({id, kind: 'queue', service_class: 'legal-duty', maximum_tolerable_outage_days: {value: days}, demand_per_1000: {value: demand}, ...more}) as unknown as Catalogue['services'][number];
  const many = Array.from({length: 20}, (_, i) => service(`s${i}`, 20 + i, 1));
  it('are the most urgent and the most frequent, without mere conveniences', () => {
    const shown = urgentAndFrequent([...many, service('urgent', 0.1, 1), service('frequent', 60, 900), service('website', 1, 5000, {service_class: 'convenience'})]);
    expect(shown.size).toBe(16);
    expect(shown.has('urgent') && shown.has('frequent')).toBe(true);
    expect(shown.has('website')).toBe(false);
  });
});

describe('Numbers above the chart', () => {
  it('keep their order and do not touch', () => expect(apart([0, 3, 50], 22)).toEqual([0, 22, 50]));
});
