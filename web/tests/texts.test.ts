// Texts: one set of keys, every message readable in both languages, the same places to fill.
import {IntlMessageFormat} from 'intl-messageformat';
import {describe, expect, it} from 'vitest';
import german from '../../texts/pages.de.json';
import english from '../../texts/pages.en.json';

const places = (message: string, language: string): string[] => {
  const names = new Set<string>();
  const walk = (parts: ReturnType<IntlMessageFormat['getAst']>) => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) names.add(part.value);
      if ('options' in part) for (const option of Object.values(part.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, language).getAst());
  return [...names].sort();
};

describe('Texts of the pages', () => {
  it('have the same keys in German and English', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(german).sort());
  });
  it('name the same places in German and English', () => {
    for (const [key, message] of Object.entries(german))
      expect(places(message, 'de'), key).toEqual(places(english[key as keyof typeof english], 'en'));
  });
  it('put a no-break space before %, as German does', () => {
    for (const [key, message] of Object.entries(german)) expect(message, key).not.toMatch(/\d ?%/);
  });
});
