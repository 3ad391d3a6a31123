// Makes the C++ table of program texts: texts.mjs FOLDER OUTPUT. Fails if a key stands in one language only.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [folder, output] = process.argv.slice(2);
const read = (language) => JSON.parse(readFileSync(join(folder, `program.${language}.json`), 'utf8'));
const texts = {de: read('de'), en: read('en')};

const lonely = [
  ...Object.keys(texts.de).filter((key) => !(key in texts.en)).map((key) => `program.en.json lacks ${key}`),
  ...Object.keys(texts.en).filter((key) => !(key in texts.de)).map((key) => `program.de.json lacks ${key}`),
];
if (lonely.length) {
  console.error(lonely.join('\n'));
  process.exit(1);
}

const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const literal = (text) => JSON.stringify(text).replace(/[^\x00-\x7f]+/g, (run) =>
  // Hexadecimal escapes swallow following digits, octal ones of three digits do not.
  [...Buffer.from(run)].map((byte) => '\\' + byte.toString(8).padStart(3, '0')).join(''));
const rows = Object.keys(texts.de)
  .sort(byBytes)
  .map((key) => `    {${literal(key)},\n     ${literal(texts.de[key])},\n     ${literal(texts.en[key])}},`);

writeFileSync(
  output,
  `#include "base/texts_table.hpp"

#include <array>

namespace resmon {

std::span<const ProgramText> program_texts() {
    static constexpr std::array<ProgramText, ${rows.length}> table{{
${rows.join('\n')}
    }};
    return table;
}

}  // namespace resmon
`,
);
