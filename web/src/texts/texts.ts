// What the pages say: texts/pages.*.json, one set of keys for all languages, ICU message format. What only the large pages
// say comes with them (explain.ts, survey.ts, waves.ts, risk.ts, scenarios.ts, germany.ts).
import {IntlMessageFormat} from 'intl-messageformat';
import german from '../../../texts/pages.de.json';
import english from '../../../texts/pages.en.json';
import type coverage from '../../../texts/coverage.de.json';
import type explain from '../../../texts/explain.de.json';
import type germany from '../../../texts/germany.de.json';
import type survey from '../../../texts/survey.de.json';
import type risk from '../../../texts/risk.de.json';
import type scenarios from '../../../texts/scenarios.de.json';
import type waves from '../../../texts/waves.de.json';
import {address} from '../address.svelte';

export type Key = keyof typeof german | keyof typeof coverage | keyof typeof explain | keyof typeof germany | keyof typeof survey | keyof typeof risk | keyof typeof scenarios | keyof typeof waves;
export type Language = 'de' | 'en';
export type Both = {de: string; en: string};
type Values = Record<string, string | number>;

const texts: Record<Language, Partial<Record<Key, string>>> = {de: {...german}, en: {...english}};
const formats = new Map<string, IntlMessageFormat>();

/** Texts that come with a page. */
export function addTexts(more: Record<Language, Partial<Record<Key, string>>>) {
  Object.assign(texts.de, more.de);
  Object.assign(texts.en, more.en);
}

/** The text in a language; `values` fill its places. */
export function text(language: Language, key: Key, values: Values = {}): string {
  const name = `${language} ${key}`;
  let format = formats.get(name);
  if (!format) formats.set(name, (format = new IntlMessageFormat(texts[language][key] ?? key, language)));
  return String(format.format(values));
}

/** The text in the reader's language. */
export const t = (key: Key, values: Values = {}): string => text(address.language, key, values);

/** A text of the catalogue in the reader's language. */
export const said = (both: Both): string => both[address.language];
