// A table as CSV that spreadsheets open as it is and never execute, as src/report/csv.hpp writes it.
export type Cell = string | number | null | undefined;

const marks = '\u{feff}';

function cellOf(cell: Cell, separator: string, language: 'de' | 'en'): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return language === 'de' ? String(cell).replace('.', ',') : String(cell);
  // What begins like a formula is text (OWASP, CSV injection).
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** German spreadsheets expect semicolons, because their decimals have commas. */
export function csvOf(rows: readonly (readonly Cell[])[], language: 'de' | 'en'): string {
  const separator = language === 'de' ? ';' : ',';
  return marks + rows.map((row) => row.map((cell) => cellOf(cell, separator, language)).join(separator) + '\r\n').join('');
}
