// What a result says in one sentence: which text, with which numbers.
import type {Distribution, Result} from '../api/client';
import type {Key} from '../texts/texts';

export interface Finding {
  key: Key;
  values: Record<string, number>;
}

const day = (value: number) => Math.round(value);

/** The heading of a region's result: when ability stays at 80 %. */
export function regionFinding(result: Result): Finding {
  const most = result.ability_most?.p50;
  return most === null || most === undefined
    ? {key: 'outage.heading-never', values: {horizon: result.horizon}}
    : {key: 'outage.heading', values: {days: day(most)}};
}

/** In how many courses within which days. */
export function rangeFinding(most: Distribution | undefined, horizon: number): Finding {
  if (most?.p10 === null || most?.p10 === undefined) return {key: 'range.never', values: {horizon}};
  if (most.p90 === null) return {key: 'range.open', values: {from: day(most.p10), horizon}};
  return {key: 'range.both', values: {from: day(most.p10), to: day(most.p90)}};
}

/** The heading of a fan chart: half and four fifths. */
export function abilityFinding(half: Distribution | undefined, most: Distribution | undefined, horizon: number): Finding {
  const first = half?.p50;
  const second = most?.p50;
  if (first === null || first === undefined) return {key: 'ability.neither', values: {horizon}};
  if (second === null || second === undefined) return {key: 'ability.half-only', values: {half: day(first), horizon}};
  return {key: 'ability.both', values: {half: day(first), most: day(second)}};
}

/** How much later (positive) or earlier the target is reached than in the run compared with; undefined if either never is. */
export function laterThan(now: Result, earlier: Result): number | undefined {
  const a = now.ability_most?.p50;
  const b = earlier.ability_most?.p50;
  return a === null || a === undefined || b === null || b === undefined ? undefined : day(a) - day(b);
}
