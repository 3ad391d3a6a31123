// Dates as people type them: 24.11.2026, 24.11.26, 4/11/2026, 2026-11-24.

interface Day {
  year: number;
  month: number;
  day: number;
}

/** Undefined if it is no date. Day before month, as in German and British writing. */
export function typedDate(text: string): Day | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const usual = /^(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4}|\d{2})$/.exec(text.trim());
  const parts = iso ? [iso[1], iso[2], iso[3]] : usual ? [usual[3], usual[2], usual[1]] : undefined;
  if (!parts) return undefined;
  const [written, month, day] = parts.map(Number) as [number, number, number];
  const year = written < 100 ? 2000 + written : written;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? {year, month, day} : undefined;
}

/** The instant at which the day begins where the reader is; `later` days on. */
export const beginning = ({year, month, day}: Day, later = 0): string =>
  new Date(year, month - 1, day + later).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** `2026-11-24` of a date as people type it; undefined if it is none. */
export function isoDate(text: string): string | undefined {
  const date = typedDate(text);
  return date && [String(date.year).padStart(4, '0'), ...[date.month, date.day].map((part) => String(part).padStart(2, '0'))].join('-');
}
