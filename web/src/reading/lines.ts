// Names in drawings: SVG breaks no lines by itself.
/** Mean width of a letter of the charts' type at 14 pixels; a little wide, so that nothing is cut. */
const letter = 7.6;

/** Whole words on lines that fit the width. A word that is too long stands alone. */
export function linesOf(text: string, width: number): string[] {
  const most = Math.max(8, Math.floor(width / letter));
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export const lineHeight = 18;

/** Where rows begin whose names take so many lines, each `below` pixels high without them; last the whole height. */
export function topsOf(names: readonly (readonly string[])[], below: number): number[] {
  const tops = [0];
  for (const lines of names) tops.push(tops.at(-1)! + lines.length * lineHeight + below);
  return tops;
}
