// Fira Sans for papers that the program sets itself (src/report): paper_fonts.mjs OUTPUT-FOLDER
// TrueType, with the letters of all languages in Latin, Greek and Cyrillic script: names of people and towns are set too.
// Fira Sans: Copyright 2012–2015 The Mozilla Foundation and Telefonica S.A., SIL Open Font License 1.1.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import subsetFont from 'subset-font';

const source = join(dirname(createRequire(import.meta.url).resolve('@kern-ux/native/package.json')), 'dist/fonts/fira-sans');
const target = process.argv[2];

const range = (from, to) => Array.from({length: to - from + 1}, (_, i) => String.fromCodePoint(from + i)).join('');
const letters =
  range(0x20, 0x7e) + range(0xa0, 0x24f) + range(0x300, 0x36f) + range(0x370, 0x52f) + range(0x1e00, 0x1eff) + range(0x2000, 0x206f) + '€№™←↑→↓−≈≠≤≥∞';

mkdirSync(target, {recursive: true});
for (const weight of ['Regular', 'Medium', 'SemiBold']) {
  const font = readFileSync(join(source, `FiraSans-${weight}.woff2`));
  const features = ['kern', 'liga', 'tnum', 'lnum', 'mark', 'mkmk', 'ccmp', 'locl'];
  writeFileSync(join(target, `FiraSans-${weight}.ttf`), await subsetFont(font, letters, {targetFormat: 'sfnt', keepFeatures: features}));
}
