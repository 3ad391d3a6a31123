// Cuts three weights of Fira Sans down to the letters of German and English and the signs the pages use.
// Fira Sans: Copyright 2012–2015 The Mozilla Foundation and Telefonica S.A., SIL Open Font License 1.1.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import subsetFont from 'subset-font';

const source = join(dirname(createRequire(import.meta.url).resolve('@kern-ux/native/package.json')), 'dist/fonts/fira-sans');
const target = fileURLToPath(new URL('../src/generated/fonts', import.meta.url));

const printable = (from, to) => Array.from({length: to - from + 1}, (_, i) => String.fromCodePoint(from + i)).join('');
const letters = printable(0x20, 0x7e) + printable(0xa0, 0xff) + 'ŒœŠšŸŽž–—‘’‚“”„†•…‰‹›€−≤≥≈→←↑↓×·' + '\u2009\u202f';

mkdirSync(target, {recursive: true});
for (const weight of ['Regular', 'Medium', 'SemiBold']) {
  const font = readFileSync(join(source, `FiraSans-${weight}.woff2`));
  const features = ['kern', 'liga', 'tnum', 'lnum', 'mark', 'ccmp', 'locl'];
  writeFileSync(
    join(target, `fira-sans-${weight.toLowerCase()}.woff2`),
    await subsetFont(font, letters, {targetFormat: 'woff2', keepFeatures: features}),
  );
}
