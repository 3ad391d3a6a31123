// Packs the files below a folder into an assembler file and a C++ table: embed.mjs SET FOLDER OUTPUT
// Every file is stored with brotli, pages with gzip too: browsers take brotli by encrypted connections only.
// The API's descriptions, one YAML file per capability, become one of JSON on the way.
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
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

/** One description of all capabilities. The same name for two different things fails the build. */
function mergedApi() {
  const yaml = createRequire(new URL('../web/package.json', import.meta.url))('yaml');
  const merged = {openapi: '3.1.0', info: {title: 'Resilienzmonitor', version: '1'}, paths: {}, components: {}};
  const add = (target, source, place) => {
    for (const [name, value] of Object.entries(source)) {
      if (name in target && JSON.stringify(target[name]) !== JSON.stringify(value)) throw new Error(`${place}: ${name} stands twice, with two meanings`);
      target[name] = value;
    }
  };
  for (const path of filesBelow(folder).sort()) {
    const {servers, paths, components} = yaml.parse(readFileSync(path, 'utf8'));
    add(merged, {servers}, path);
    add(merged.paths, paths, path);
    for (const [kind, named] of Object.entries(components)) add((merged.components[kind] ??= {}), named, path);
  }
  return [{name: 'openapi.json', bytes: Buffer.from(JSON.stringify(merged))}];
}

const packedFiles = () =>
  filesBelow(folder)
    .filter((path) => !/\.(br|gz|md)$/.test(path))
    // The program searches by halving: the order must be that of the bytes of the whole path.
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((path) => ({name: relative(folder, path), bytes: readFileSync(path)}));

const packed = join(output, `shipped_${set}`);
rmSync(packed, {recursive: true, force: true});
mkdirSync(packed, {recursive: true});

const assembler = ['.section .rodata'];
const symbols = [];
const rows = [];

/** Keeps the bytes in the program; the C++ expression of a view of them. */
function stored(name, bytes) {
  const blob = join(packed, name);
  writeFileSync(blob, bytes);
  const symbol = `resmon_shipped_${set}_${name.replace('.', '_')}`;
  assembler.push(`.global ${symbol}`, `${symbol}:`, `.incbin "${blob}"`);
  symbols.push(`const char ${symbol}[${bytes.length}];`);
  return `{${symbol}, ${bytes.length}}`;
}

(set === 'api' ? mergedApi() : packedFiles()).forEach(({name, bytes}, index) => {
  const compressed = brotliCompressSync(bytes, {
    params: {[constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length},
  });
  const brotli = stored(`${index}.br`, compressed);
  const gzip = set === 'pages' ? gzipSync(bytes, {level: 9}) : bytes;
  const view = gzip.length < bytes.length ? stored(`${index}.gz`, gzip) : '{}';
  rows.push(`    {${JSON.stringify(name)}, ${brotli}, ${view}, ${bytes.length}},`);
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
