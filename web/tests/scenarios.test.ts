// The text of a scenario in the editor: places of people and of the program mean the same character.
/// <reference types="vite/client" />
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {lineCount, longestLine, ownText, placeOf, rangeAt} from '../src/reading/scenario_text';

const sources = import.meta.glob<string>('../../catalogue/scenarios/*.yaml', {query: '?raw', import: 'default', eager: true});

describe('A place in the text', () => {
  const text = 'id: x\nholds: [zurück, 𝄞a, netwrk]\n\n';
  it('is a line and a column of characters', () => {
    expect(placeOf(text, 0)).toEqual({line: 1, column: 1});
    expect(placeOf(text, text.indexOf('netwrk'))).toEqual({line: 2, column: 21});
  });
  it('leads to the word that stands there', () => {
    const word = (line: number, column: number) => text.slice(...rangeAt(text, line, column));
    expect(word(2, 21)).toBe('netwrk');
    expect(word(2, 9)).toBe('zurück');
    expect(word(1, 1)).toBe('id:');
  });
  it('outside of it is its nearest line', () => {
    expect(rangeAt(text, 0, 0)).toEqual([0, 3]);
    expect(rangeAt(text, 99, 7)).toEqual([text.length, text.length]);
  });
  it('counts the line that is still empty', () => {
    expect(lineCount('')).toBe(1);
    expect(lineCount(text)).toBe(4);
    expect(longestLine('a\nabc\n')).toBe(3);
  });
});

describe('The beginning of an own scenario', () => {
  it('may be any of the catalogue', () => expect(Object.keys(sources).length).toBeGreaterThan(10));
  it.each(Object.entries(sources))('from %s differs in its name alone', (_file, source) => {
    const [before, after] = [parse(source), parse(ownText(source))] as Record<string, unknown>[];
    const {de, en} = before!.name as {de: string; en: string};
    expect(after!.name).toEqual({de: `${de} – eigene Fassung`, en: `${en} – own version`});
    expect({...after, name: undefined}).toEqual({...before, name: undefined});
    expect(ownText(source)).not.toContain('$schema');
  });
});
