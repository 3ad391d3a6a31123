// Which days a chart shows, and where its ticks stand.
import type {DayQuantiles, MilestoneResult, Stretch} from '../api/client';

const month = 30;

/** Days until the curve and everything dated is over, in whole months, at least two. */
export function shownDays(ability: readonly DayQuantiles[], milestones: readonly MilestoneResult[], horizon: number): number {
  const settled = ability.find((day, i) => (day.p10 ?? 0) >= 0.99 && ability.slice(i).every((later) => (later.p10 ?? 0) >= 0.99));
  const dated = milestones.map((milestone) => milestone.day_latest);
  const last = Math.max(settled ? settled.day * 1.1 : horizon, ...dated.map((day) => day * 1.05), 2 * month);
  return Math.min(Math.ceil(last / month) * month, Math.floor(horizon));
}

/** Every day on which something typical changes must not be cut off: months until the last change. */
export function shownStretches(typical: readonly (readonly Stretch[])[], horizon: number): number {
  const last = Math.max(2 * month, ...typical.map((stretches) => (stretches.at(-1)?.from_day ?? 0) * 1.15));
  return Math.min(Math.ceil(last / month) * month, Math.floor(horizon));
}

/** Steps of 10, 30, 60, 90 or 180 days, so that the labels do not touch. */
export function dayTicks(last: number, width: number): number[] {
  const step = [10, 30, 60, 90, 180, 360].find((days) => (width * days) / last >= 44) ?? 360;
  return Array.from({length: Math.floor(last / step) + 1}, (_, i) => i * step);
}
