// The short name of an organisation in addresses and files, from its name.
const written: Record<string, string> = {ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss'};

export const slug = (name: string): string =>
  name.toLowerCase().replaceAll(/[äöüß]/g, (letter) => written[letter]!).normalize('NFD').replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 80).replace(/-+$/, '');
