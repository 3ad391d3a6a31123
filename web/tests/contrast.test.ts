// The colours that carry meaning stay legible in both schemes (mockups: text on fill ≥ 4.5, lines on the card ≥ 3).
import {describe, expect, it} from 'vitest';
import css from '../src/styles/tokens.css?raw';

const [light, dark] = css.split('@media');

function tokens(part: string): Map<string, string> {
  return new Map([...part.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1]!, found[2]!]));
}

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [bright, faint] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright! + 0.05) / (faint! + 0.05);
}

const states = ['normal', 'basic-operation', 'neighbour', 'paper', 'down', 'unknown'];

describe.each([['light', light!], ['dark', dark!]])('Colours of the %s scheme', (_scheme, part) => {
  const colour = tokens(part);
  const of = (name: string) => colour.get(name) ?? expect.fail(`--${name} is missing`);

  it('black on white is 21 to 1, a colour on itself 1 to 1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#808080', '#808080')).toBe(1);
  });
  it.each(states)('icon and word of %s are legible on their fill', (state) => {
    expect(contrast(of(`${state}-on`), of(`${state}-fill`))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(states)('the line of %s stands out from the card', (state) => {
    expect(contrast(of(`${state}-line`), of('card'))).toBeGreaterThanOrEqual(3);
  });
  it.each([['ink', 'card'], ['ink', 'ground'], ['muted', 'card'], ['muted', 'ground'], ['muted', 'soft'], ['action', 'card'], ['action', 'ground'], ['action-on', 'action'],
    ['good', 'card'], ['bad', 'card'], ['ink', 'note'], ['ink', 'land'], ['card', 'history']])('text in --%s is legible on --%s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['median', 'band-line', 'history', 'earlier', 'focus'])('a line in --%s stands out from the card', (line) => {
    expect(contrast(of(line), of('card'))).toBeGreaterThanOrEqual(3);
  });
});
