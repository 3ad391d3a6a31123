// Numbers and dates as people of the language write them. Days are whole: more would pretend a precision we do not have.
import {address} from '../address.svelte';
import {t} from './texts';

const locale = () => (address.language === 'en' ? 'en-GB' : 'de-DE');

export const whole = (value: number): string => new Intl.NumberFormat(locale(), {maximumFractionDigits: 0}).format(value);

export const decimal = (value: number): string => new Intl.NumberFormat(locale(), {maximumSignificantDigits: 3}).format(value);

/** Days that were saved: a tenth is all that the error of the courses leaves. */
export const tenths = (value: number): string => new Intl.NumberFormat(locale(), {maximumFractionDigits: 1}).format(value);

/** A share as per cent with a no-break space. */
export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), {style: 'percent', maximumFractionDigits: 0}).format(share);

/** A small share as per cent, to two digits. */
export const share = (value: number): string => new Intl.NumberFormat(locale(), {style: 'percent', maximumSignificantDigits: 2}).format(value);

export type Day = number | null | undefined;

/** "Tag 12", or that the day does not come within the horizon. */
export const onDay = (day: Day, horizon: number): string =>
  day === null || day === undefined ? t('day.never', {horizon: whole(horizon)}) : t('day.on', {day: whole(day)});

/** "103–208", or the words for an open end. */
export function dayRange(from: Day, to: Day, horizon: number): string {
  if (from === null || from === undefined) return t('day.never-short', {horizon: whole(horizon)});
  if (to === null || to === undefined) return t('day.range-open', {from: whole(from), horizon: whole(horizon)});
  return whole(from) === whole(to) ? whole(from) : `${whole(from)}–${whole(to)}`;
}

/** A tolerable outage: in hours below a day, and the word where there is no time at all. */
export function duration(days: number | undefined): string {
  if (days === undefined) return '–';
  if (days * 24 < 1) return t('duration.none');
  return days < 1 ? t('duration.hours', {hours: whole(days * 24)}) : t('day.count', {days: Math.round(days)});
}

const noon = (date: string, day: number) => new Date(Date.parse(`${date}T12:00:00Z`) + Math.round(day) * 86_400_000);

/** The calendar date of a day since the disruption. */
export const dateOn = (start: string, day: number): string =>
  new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC'}).format(noon(start, day));

export const dayAndMonth = (start: string, day: number): string =>
  new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'short', timeZone: 'UTC'}).format(noon(start, day));

/** A local time as people write it: "2026-05-01T20:00" is 01.05.2026, 20:00. */
export const localTime = (time: string): string =>
  new Intl.DateTimeFormat(locale(), {weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC'}).format(new Date(`${time}Z`));

export const longDate = (date: string): string =>
  new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'}).format(noon(date, 0));

/** A moment with its time zone. */
export const moment = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), {
    day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
  }).format(new Date(instant));

/** The day of a moment where the reader is. */
export const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'long', year: 'numeric'}).format(new Date(instant));

/** "13:02"; with its date if that is not today. */
export function clock(instant: string): string {
  const [then, today] = [new Date(instant), new Date()];
  const time = new Intl.DateTimeFormat(locale(), {hour: '2-digit', minute: '2-digit'}).format(then);
  if (then.toDateString() === today.toDateString()) return time;
  return `${new Intl.DateTimeFormat(locale(), {day: '2-digit', month: '2-digit', year: 'numeric'}).format(then)}, ${time}`;
}

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** "vor 5 Minuten", "in 2 Tagen"; `now` in milliseconds since 1970. */
export function ago(instant: string, now: number): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  if (unit === 'second') return t('time.now');
  return new Intl.RelativeTimeFormat(locale(), {numeric: 'always'}).format(Math.trunc(seconds / size), unit);
}
