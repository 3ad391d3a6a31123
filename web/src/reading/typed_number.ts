// Numbers as people type them: 1.234,5 in German, 1,234.5 in English; a single mark that cannot part thousands is the decimal one.

const marks = {de: {thousands: '.', decimal: ','}, en: {thousands: ',', decimal: '.'}} as const;

/** Undefined if it is no number. */
export function typedNumber(text: string, language: 'de' | 'en'): number | undefined {
  const {thousands, decimal} = marks[language];
  const bare = text.trim().replace(/[\s\u00a0\u202f']/g, '').replace(/^[−–]/, '-');
  if (!/^-?[\d.,]+$/.test(bare) || !/\d/.test(bare)) return undefined;
  const grouped = new RegExp(`^-?\\d{1,3}(\\${thousands}\\d{3})+(\\${decimal}\\d+)?$`);
  if (grouped.test(bare)) return Number(bare.replaceAll(thousands, '').replace(decimal, '.'));
  // "2.5" and "2,5" mean the same to everybody who types them.
  return /^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(bare) ? Number(bare.replace(',', '.')) : undefined;
}

/** As it would be typed, with every decimal that it has. */
export const numberToType = (value: number, language: 'de' | 'en'): string =>
  new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'de-DE', {maximumFractionDigits: 10}).format(value);
