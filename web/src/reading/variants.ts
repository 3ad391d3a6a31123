// Small fans side by side: one variant with its bands, the base as a dashed line, as options for Plot.
import type * as PlotLibrary from '@observablehq/plot';
import type {DayQuantiles} from '../api/client';
import {dayTicks} from './span';

export interface SmallFan {
  days: readonly DayQuantiles[];
  base?: readonly DayQuantiles[] | undefined;
  last: number;
  day: string;
  /** A day to mark, with its word. */
  mark?: {day: number; word: string} | undefined;
}

const margin = {left: 40, right: 14};

export function smallFanOptions(plot: typeof PlotLibrary, fan: SmallFan, width: number): PlotLibrary.PlotOptions {
  const days = fan.days.filter((day) => day.day <= fan.last);
  const base = fan.base?.filter((day) => day.day <= fan.last) ?? [];
  return {
    height: Math.max(180, Math.min(280, width / 2)),
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: 16,
    marginBottom: 30,
    style: {overflow: 'visible'},
    x: {domain: [0, fan.last], label: null},
    y: {domain: [0, 1], label: null},
    marks: [
      plot.gridY([0, 0.2, 0.4, 0.6, 0.8, 1], {stroke: 'var(--grid)', strokeOpacity: 1}),
      plot.areaY(days, {x: 'day', y1: 'p10', y2: 'p90', fill: 'var(--band80)', stroke: 'var(--band-line)', strokeWidth: 1}),
      plot.areaY(days, {x: 'day', y1: 'p25', y2: 'p75', fill: 'var(--band50)'}),
      plot.lineY(base, {x: 'day', y: 'p50', stroke: 'var(--earlier)', strokeWidth: 2, strokeDasharray: '6 5'}),
      plot.lineY(days, {x: 'day', y: 'p50', stroke: 'var(--median)', strokeWidth: 3}),
      ...(fan.mark
        ? [
            plot.ruleX([fan.mark.day], {stroke: 'var(--ink)', strokeWidth: 1.5, strokeDasharray: '3 3'}),
            plot.text([fan.mark.word], {x: fan.mark.day, frameAnchor: 'top', dy: -8, fill: 'var(--ink)', fontSize: 14, textAnchor: fan.mark.day > fan.last / 2 ? 'end' : 'start'}),
          ]
        : []),
      plot.axisY([0, 0.2, 0.4, 0.6, 0.8, 1], {tickFormat: (share: number) => String(Math.round(share * 100)), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
      plot.axisX(dayTicks(fan.last, width - margin.left - margin.right), {tickFormat: (day: number) => (day ? String(day) : fan.day), tickSize: 0, fontSize: 14, fill: 'var(--muted)'}),
    ],
  };
}
