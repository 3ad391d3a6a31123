// Which days a chart shows, and where its ticks stand.
import type {DayQuantiles, MilestoneResult, Stretch} from '../api/client';

const month = 30;

/** From this day on no band moves by more than a per cent. */
function settled(ability: readonly DayQuantiles[]): number {
  const end = ability.at(-1);
  const moving = ability.findLast((day) => (['p10', 'p25', 'p50'] as const).some((band) => Math.abs((day[band] ?? 0) - (end?.[band] ?? 0)) > 0.01));
  return moving ? moving.day + 1 : 0;
}

/** Days until the curve and everything dated is over, in whole months, at least two. */
export function shownDays(ability: readonly DayQuantiles[], milestones: readonly MilestoneResult[], horizon: number): number {
  const dated = milestones.map((milestone) => milestone.day_latest);
  const last = Math.max(settled(ability) * 1.1, ...dated.map((day) => day * 1.05), 2 * month);
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
