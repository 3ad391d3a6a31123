// The text of a scenario, as an editor needs it: lines, places, and what an own one begins with.

/** Number of lines; an empty text has one. */
export const lineCount = (text: string): number => text.split('\n').length;

/** Characters of the longest line. */
export const longestLine = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

/** Line and column of a position, from 1. */
export function placeOf(text: string, position: number): {line: number; column: number} {
  const before = text.slice(0, position).split('\n');
  return {line: before.length, column: [...before.at(-1)!].length + 1};
}

/** From a line and column (in characters, as the program counts) to the end of the word that stands there. */
export function rangeAt(text: string, line: number, column: number): [from: number, to: number] {
  const lines = text.split('\n');
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  const start = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0);
  const within = [...lines[at]!].slice(0, Math.max(column, 1) - 1).join('').length;
  const word = /^[^\s,\]}]*/.exec(lines[at]!.slice(within))![0].length;
  return [start + within, start + within + word];
}

/** The text of a built-in scenario as the beginning of an own one: with a name of its own, without the catalogue's first line. */
export function ownText(source: string): string {
  return source
    .replace(/^# yaml-language-server:.*\n/, '')
    .replace(/^name: \{de: "?(.*?)"?, en: "?(.*?)"?\}$/m, 'name: {de: "$1 – eigene Fassung", en: "$2 – own version"}')
    .replace(/^name:\n {2}de: "?(.*?)"?\n {2}en: "?(.*?)"?$/m, 'name:\n  de: "$1 – eigene Fassung"\n  en: "$2 – own version"');
}
