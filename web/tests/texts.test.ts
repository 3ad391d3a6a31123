// Texts: one set of keys, every message readable in both languages, the same places to fill.
import {IntlMessageFormat} from 'intl-messageformat';
import {describe, expect, it} from 'vitest';
import german from '../../texts/pages.de.json';
import english from '../../texts/pages.en.json';
import germanyGerman from '../../texts/germany.de.json';
import germanyEnglish from '../../texts/germany.en.json';
import riskGerman from '../../texts/risk.de.json';
import riskEnglish from '../../texts/risk.en.json';
import explainGerman from '../../texts/explain.de.json';
import explainEnglish from '../../texts/explain.en.json';
import scenariosGerman from '../../texts/scenarios.de.json';
import scenariosEnglish from '../../texts/scenarios.en.json';
import surveyGerman from '../../texts/survey.de.json';
import surveyEnglish from '../../texts/survey.en.json';
import wavesGerman from '../../texts/waves.de.json';
import wavesEnglish from '../../texts/waves.en.json';

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

const sets: [name: string, german: Record<string, string>, english: Record<string, string>][] = [['the pages', german, english], ['the survey', surveyGerman, surveyEnglish], ['waves', wavesGerman, wavesEnglish], ['the risk', riskGerman, riskEnglish], ['own scenarios', scenariosGerman, scenariosEnglish], ['Germany', germanyGerman, germanyEnglish], ['explanations', explainGerman, explainEnglish]];

describe.each(sets)('Texts of %s', (_name, german, english) => {
  it('have the same keys in German and English', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(german).sort());
  });
  it('name the same places in German and English', () => {
    for (const [key, message] of Object.entries(german))
      expect(places(message, 'de'), key).toEqual(places(english[key]!, 'en'));
  });
  it('put a no-break space before %, as German does', () => {
    for (const [key, message] of Object.entries(german)) expect(message, key).not.toMatch(/\d ?%/);
  });
});

describe('A key', () => {
  it('stands in one set only', () => {
    expect(Object.keys(surveyGerman).filter((key) => key in german)).toEqual([]);
    expect(Object.keys(germanyGerman).filter((key) => key in german || key in surveyGerman || key in wavesGerman || key in riskGerman || key in explainGerman)).toEqual([]);
    expect(Object.keys(riskGerman).filter((key) => key in german || key in surveyGerman || key in wavesGerman)).toEqual([]);
    expect(Object.keys(scenariosGerman).filter((key) => key in german || key in surveyGerman || key in wavesGerman || key in explainGerman)).toEqual([]);
    expect(Object.keys(explainGerman).filter((key) => key in german || key in surveyGerman || key in wavesGerman)).toEqual([]);
    expect(Object.keys(wavesGerman).filter((key) => key in german || key in surveyGerman)).toEqual([]);
  });
});
