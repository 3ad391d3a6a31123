// The service worker of a build: it knows the names of all files, and is a new one when any of them has changed.
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {join} from 'node:path';

const source = fileURLToPath(new URL('../service_worker/service_worker.js', import.meta.url));

/** Writes it beside what Vite has built. */
export function serviceWorker() {
  let folder;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (config) => (folder = config.build.outDir),
    writeBundle: {order: 'post', sequential: true, handler: () => write(fileURLToPath(new URL(`../${folder}`, import.meta.url)))},
  };
}

function write(folder) {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((one) => one.isFile() && one.name !== 'service-worker.js')
    .map((one) => join(one.parentPath ?? one.path, one.name)).sort();
  const code = readFileSync(source, 'utf8');
  const hash = createHash('sha256').update(code);
  for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  const names = files.map((file) => file.slice(folder.length).replace(/^\/?/, '/'));
  writeFileSync(join(folder, 'service-worker.js'), `const version = '${hash.digest('hex').slice(0, 16)}';\nconst files = ${JSON.stringify(names)};\n${code}`);
}
