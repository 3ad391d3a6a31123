// The exceedance curve: how likely a year loses more than so many days, as options for Plot.
import type * as PlotLibrary from '@observablehq/plot';
import type {Risk} from '../api/client';

export type Exceedance = Risk['exceedance'][number];

const narrow = 560;
/** What is rarer than this is told by no chart. */
const least = 1e-4;

/** Days that one in so many years exceeds; undefined where even the first point is rarer. Linear in the logarithms. */
export function daysOncePer(curve: readonly Exceedance[], years: number): number | undefined {
  const wanted = 1 / years;
  const after = curve.findIndex((point) => point.probability < wanted);
  if (after === -1) return curve.at(-1)?.days;
  const [from, to] = [curve[after - 1], curve[after]!];
  if (!from) return undefined;
  if (from.days <= 0 || to.probability <= 0) return to.days;
  const share = Math.log(from.probability / wanted) / Math.log(from.probability / to.probability);
  return from.days * (to.days / from.days) ** share;
}

/** What both axes can show: logarithms know no zero. */
export const drawable = (curve: readonly Exceedance[]): Exceedance[] =>
  curve.filter((point) => point.days > 0 && point.probability >= least).map((point) => ({...point, low: Math.max(point.low, least)}));

export function exceedanceOptions(plot: typeof PlotLibrary, curve: readonly Exceedance[], words: {once: string}, width: number): PlotLibrary.PlotOptions {
  const points = drawable(curve);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return {height: 300, marks: []};
  const top = Math.min(1, Math.max(...points.map((point) => point.high)));
  const shares = [0.0001, 0.001, 0.01, 0.1, 1].filter((share) => share <= top * 2);
  const days = [0.001, 0.01, 0.1, 1, 10, 30, 100, 300].filter((day) => first.days <= day && day <= last.days && (width >= narrow || day !== 30));
  const once = daysOncePer(curve, 100);
  return {
    height: width < narrow ? 300 : Math.min(380, width / 2),
    marginLeft: 52,
    marginRight: 16,
    marginTop: 16,
    marginBottom: 30,
    style: {overflow: 'visible'},
    x: {type: 'log', domain: [first.days, last.days], label: null},
    y: {type: 'log', domain: [least, Math.max(top, 0.02)], label: null},
    marks: [
      plot.gridY(shares, {stroke: 'var(--grid)', strokeOpacity: 1}),
      plot.areaY(points, {x: 'days', y1: 'low', y2: 'high', fill: 'var(--band80)', stroke: 'var(--band-line)', strokeWidth: 1}),
      plot.lineY(points, {x: 'days', y: 'probability', stroke: 'var(--median)', strokeWidth: 3}),
      ...(once !== undefined && once >= first.days
        ? [
            plot.ruleY([0.01], {x1: first.days, x2: once, stroke: 'var(--muted)', strokeDasharray: '4 4'}),
            plot.dot([0], {x: once, y: 0.01, r: 5, fill: 'var(--card)', stroke: 'var(--median)', strokeWidth: 2.5}),
            // Where there is no room the heading says it.
            plot.text(width < narrow ? [] : [words.once], {x: first.days, y: 0.01, dx: 4, dy: 14, textAnchor: 'start', fill: 'var(--ink)', stroke: 'var(--card)', strokeWidth: 4, fontSize: 14, fontWeight: 600}),
          ]
        : []),
      plot.axisY(shares, {tickFormat: (share: number) => new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 2}).format(share * 100), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
      plot.axisX(days, {tickFormat: (day: number) => new Intl.NumberFormat(document.documentElement.lang).format(day), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
    ],
  };
}
