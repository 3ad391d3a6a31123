// The shipped catalogue with two states and the region alone, so that all of Germany is computed in seconds.
import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const shipped = fileURLToPath(new URL('../../catalogue', import.meta.url));

/** Makes it below the folder and returns its path. */
export function smallGermany(folder) {
  const catalogue = join(folder, 'small-germany');
  cpSync(shipped, catalogue, {recursive: true});
  const register = join(catalogue, 'register', 'municipalities.csv');
  const [head, ...rows] = readFileSync(register, 'utf8').split('\n');
  // Incidents name bodies all over the country: each stays, a district with one of its towns.
  const struck = readdirSync(join(catalogue, 'incidents')).map((file) => /^body: *"?(\d{12})/m.exec(readFileSync(join(catalogue, 'incidents', file), 'utf8'))?.[1]).filter(Boolean);
  const key = (row) => row.split(',')[1] ?? '';
  const towns = new Set(struck.map((body) => rows.find((row) => key(row) === body || row.startsWith(`${body.slice(0, 5)}${body.slice(6, 9)},`)) ?? rows.find((row) => key(row).startsWith(body.slice(0, 5)))));
  writeFileSync(register, [head, ...rows.filter((row) => /^(04|059(58|62|66|70|74))/.test(row) || towns.has(row)), ''].join('\n'));
  const germany = join(catalogue, 'germany.yaml');
  writeFileSync(germany, readFileSync(germany, 'utf8').replace(/^providers:[\s\S]*$/m, 'providers: []\n'));
  return catalogue;
}
