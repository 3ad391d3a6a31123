// Packs the files below a folder into an assembler file and a C++ table: embed.mjs SET FOLDER OUTPUT
// Every file is stored with brotli; YAML descriptions of the API become JSON on the way, since the program reads only that.
import {brotliCompressSync, constants} from 'node:zlib';
import {mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, relative} from 'node:path';

const [set, folder, output] = process.argv.slice(2);

function filesBelow(directory) {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function content(path) {
  const bytes = readFileSync(path);
  if (set !== 'api') return {name: relative(folder, path), bytes};
  const yaml = createRequire(new URL('../web/package.json', import.meta.url))('yaml');
  return {
    name: relative(folder, path).replace(/\.yaml$/, '.json'),
    bytes: Buffer.from(JSON.stringify(yaml.parse(bytes.toString('utf8')))),
  };
}

const packed = join(output, `shipped_${set}`);
rmSync(packed, {recursive: true, force: true});
mkdirSync(packed, {recursive: true});

const assembler = ['.section .rodata'];
const symbols = [];
const rows = [];
filesBelow(folder)
  .filter((path) => !/\.(br|gz|md)$/.test(path))
  // The program searches by halving: the order must be that of the bytes of the whole path.
  .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  .forEach((path, index) => {
    const {name, bytes} = content(path);
    const compressed = brotliCompressSync(bytes, {
      params: {[constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length},
    });
    const blob = join(packed, `${index}.br`);
    writeFileSync(blob, compressed);
    const symbol = `resmon_shipped_${set}_${index}`;
    assembler.push(`.global ${symbol}`, `${symbol}:`, `.incbin "${blob}"`);
    symbols.push(`const char ${symbol}[${compressed.length}];`);
    rows.push(`    {${JSON.stringify(name)}, {${symbol}, ${compressed.length}}, ${bytes.length}},`);
  });

writeFileSync(
  join(output, `shipped_${set}.S`),
  assembler.join('\n') + '\n.section .note.GNU-stack,"",@progbits\n',
);
writeFileSync(
  join(output, `shipped_${set}.cpp`),
  `#include "base/shipped.hpp"

#include <array>

extern "C" {
${symbols.map((symbol) => 'extern ' + symbol).join('\n')}
}

namespace resmon {

std::span<const ShippedFile> shipped_${set}() {
    static const std::array<ShippedFile, ${rows.length}> files{{
${rows.join('\n')}
    }};
    return files;
}

}  // namespace resmon
`,
);
