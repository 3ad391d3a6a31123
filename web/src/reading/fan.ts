// The fan chart of an ability to act: bands, median, the day of 80 % and what really happened, as options for Plot.
import type * as PlotLibrary from '@observablehq/plot';
import type {DayQuantiles, Distribution} from '../api/client';
import {dayTicks} from './span';

export const fanMargin = {left: 40, right: 14};
export const target = 0.8;

export interface FanWords {
  median: string;
  half: string;
  most: string;
  /** The same three where there is little room. */
  short: [median: string, half: string, most: string];
  target: string;
  range: string;
  earlier: string;
  day: string;
}

export interface Fan {
  days: DayQuantiles[];
  /** Days on which the target is reached. */
  reached: Distribution;
  last: number;
  /** Middle day of each milestone, in their order. */
  marks: number[];
  earlier?: DayQuantiles[] | undefined;
  words: FanWords;
}

/** Below this width there is no room for whole phrases. */
const narrow = 560;

type Quantile = 'p10' | 'p25' | 'p50' | 'p75' | 'p90';
const text = {fill: 'var(--ink)', stroke: 'var(--card)', strokeWidth: 4, fontSize: 14} as const;

/** First shown day from which the quantile stays above a level. */
function dayAbove(days: readonly DayQuantiles[], quantile: Quantile, level: number): number | undefined {
  for (let i = days.length - 1; i >= 0; --i) if ((days[i]![quantile] ?? 0) < level) return days[i + 1]?.day;
  return days[0]?.day;
}

/** Numbers above the chart, moved to the right where they would touch. */
export function apart(at: number[], least: number): number[] {
  const placed: number[] = [];
  for (const x of at) placed.push(Math.max(x, (placed.at(-1) ?? -Infinity) + least));
  return placed;
}

/** Whether the words on the target fit to the left of its interval, above the curves. */
const leftRoom = (fan: Fan, width: number): boolean =>
  ((fan.reached.p10 ?? 0) / fan.last) * (width - fanMargin.left - fanMargin.right) > 7.4 * fan.words.range.length + 16;

const heightAt = (width: number): number => (width < narrow ? 300 : Math.min(410, width / 2));

/** Names on the lines with thin leaders: each starts where the lowest band has passed its height, so it covers nothing. */
function names(plot: typeof PlotLibrary, fan: Fan, width: number) {
  const {days, last, words} = fan;
  const perPixel = last / (width - fanMargin.left - fanMargin.right);
  const [median, half, most] = width < narrow ? words.short : [words.median, words.half, words.most];
  // Where the target is named below its interval, the names stand lower.
  const drop = leftRoom(fan, width) ? 0 : 0.16;
  const lines: [Quantile, number, number, string, number][] = [
    ['p50', 0.66 - drop, 0.58 - drop, median, 600],
    ['p25', 0.5 - drop, 0.42 - drop, half, 400],
    ['p10', 0.34 - drop, 0.26 - drop, most, 400],
  ];
  return lines.flatMap(([quantile, from, height, name, weight]) => {
    const begin = dayAbove(days, quantile, from);
    const free = dayAbove(days, 'p10', height + 0.06);
    if (begin === undefined || free === undefined) return [];
    const x = free + 18 * perPixel;
    if (x + name.length * 7.4 * perPixel > last) return [];
    const level = days[begin]?.[quantile] ?? from;
    return [
      plot.link([0], {x1: begin, y1: level, x2: x - 4 * perPixel, y2: height, stroke: 'var(--muted)', strokeWidth: 1}),
      plot.text([name], {...text, x, y: height, textAnchor: 'start', fontWeight: weight}),
    ];
  });
}

/** The interval on which the target is reached, with its middle. */
function reached(plot: typeof PlotLibrary, fan: Fan, width: number) {
  const {reached: day, last, words} = fan;
  const from = day.p10;
  if (from === null || from === undefined || from > last) return [];
  const to = Math.min(day.p90 ?? last, last);
  const perPixel = last / (width - fanMargin.left - fanMargin.right);
  const place = leftRoom(fan, width)
    ? {x: from - 10 * perPixel, textAnchor: 'end' as const, dy: -9}
    : {x: Math.min(to + 12 * perPixel, last - 7.2 * words.range.length * perPixel), textAnchor: 'start' as const, dy: 22};
  return [
    plot.ruleY([target], {x1: from, x2: to, stroke: 'var(--median)', strokeWidth: 2}),
    plot.ruleX([from, ...(day.p90 ? [to] : [])], {y1: target - 0.018, y2: target + 0.018, stroke: 'var(--median)', strokeWidth: 2}),
    plot.text([words.target], {...text, ...place, y: target, fontWeight: 600}),
    plot.text([words.range], {...text, ...place, y: target, dy: place.dy + 19, fill: 'var(--muted)'}),
    ...(day.p50 === null || day.p50 > last
      ? []
      : [plot.dot([0], {x: day.p50, y: target, r: 5, fill: 'var(--card)', stroke: 'var(--median)', strokeWidth: 2.5})]),
  ];
}

function history(plot: typeof PlotLibrary, fan: Fan, width: number) {
  const inner = width - fanMargin.left - fanMargin.right;
  const shown = fan.marks.filter((day) => day <= fan.last);
  const numbers = apart(shown.map((day) => (day / fan.last) * inner), 22).map((x) => (x / inner) * fan.last);
  // From a number that was moved to its guide.
  const lifted = 1 + 8 / (heightAt(width) - 66);
  return [
    plot.ruleX(shown, {stroke: 'var(--history)', strokeDasharray: '2 3'}),
    plot.link(numbers, {x1: (day: number) => day, y1: lifted, x2: (_: number, i: number) => shown[i], y2: 1, stroke: 'var(--history)', strokeWidth: 1}),
    plot.dot(numbers, {x: (day: number) => day, frameAnchor: 'top', dy: -18, r: 10, fill: 'var(--history)'}),
    plot.text(numbers, {
      x: (day: number) => day, text: (_: number, i: number) => String(i + 1), frameAnchor: 'top', dy: -17.5, lineAnchor: 'middle',
      fill: 'var(--card)', fontWeight: 600, fontSize: 12,
    }),
  ];
}

export function fanOptions(plot: typeof PlotLibrary, fan: Fan, width: number): PlotLibrary.PlotOptions {
  const days = fan.days.filter((day) => day.day <= fan.last);
  const earlier = fan.earlier?.filter((day) => day.day <= fan.last) ?? [];
  const ghost = earlier.find((day) => (day.p50 ?? 0) > 0.35);
  const ticks = dayTicks(fan.last, width - fanMargin.left - fanMargin.right);
  return {
    height: heightAt(width),
    marginLeft: fanMargin.left,
    marginRight: fanMargin.right,
    marginTop: fan.marks.length ? 36 : 16,
    marginBottom: 30,
    style: {overflow: 'visible'},
    x: {domain: [0, fan.last], label: null},
    y: {domain: [0, 1], label: null},
    marks: [
      plot.gridY([0, 0.2, 0.4, 0.6, 0.8, 1], {stroke: 'var(--grid)', strokeOpacity: 1}),
      plot.areaY(days, {x: 'day', y1: 'p10', y2: 'p90', fill: 'var(--band80)', stroke: 'var(--band-line)', strokeWidth: 1}),
      plot.areaY(days, {x: 'day', y1: 'p25', y2: 'p75', fill: 'var(--band50)'}),
      ...history(plot, fan, width),
      plot.lineY(earlier, {x: 'day', y: 'p50', stroke: 'var(--earlier)', strokeWidth: 2, strokeDasharray: '6 5'}),
      plot.lineY(days, {x: 'day', y: 'p50', stroke: 'var(--median)', strokeWidth: 3}),
      ...names(plot, {...fan, days}, width),
      ...(ghost ? [plot.text([fan.words.earlier], {...text, x: ghost.day, y: ghost.p50!, dx: -8, dy: -8, textAnchor: 'end', fill: 'var(--muted)'})] : []),
      ...reached(plot, fan, width),
      plot.axisY([0, 0.2, 0.4, 0.6, 0.8, 1], {tickFormat: (share: number) => String(Math.round(share * 100)), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
      plot.axisX(ticks, {tickFormat: (day: number) => (day ? String(day) : fan.words.day), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
    ],
  };
}
