// The scripts that measure the engine run to their end and say what they are there to say; how fast it is nobody asks here.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = process.env.RESMON_PROGRAM;
let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'resmon-measurements-'))));
after(() => rmSync(folder, {recursive: true, force: true}));

function said(script, ...words) {
  const environment = {...process.env, PYTHONDONTWRITEBYTECODE: '1', ASAN_OPTIONS: 'detect_leaks=0'};
  const {status, stdout, stderr, error} = spawnSync('/usr/bin/python3', [join('bench', script), ...words], {cwd: source, encoding: 'utf8', env: environment});
  assert.equal(status, 0, error ?? stderr + stdout);
  return stdout;
}

/** A program that says what Google Benchmark would. */
function benchmarksThatSay(name, rows) {
  const path = join(folder, name);
  writeFileSync(`${path}.json`, JSON.stringify({benchmarks: rows}));
  writeFileSync(path, `#!/bin/sh\ncat '${path}.json'\n`);
  chmodSync(path, 0o755);
  return path;
}

test('what an evaluation needs at least is its operations times what each takes in its loop', () => {
  const loops = ['sums', 'extremes', 'choices', 'divisions', 'loads/kB:16', 'stores/kB:16', 'number_loads', 'number_stores'];
  const happens = ['operands', 'combinations', 'parts', 'part_exchanges', 'delays', 'fallbacks', 'ends', 'helped', 'helpers', 'instants', 'instant_exchanges',
    'judgements', 'stretches', 'later_stretches', 'changes', 'body_days', 'bodies', 'body_words', 'days'];
  const median = (name, nanoseconds, more) => ({run_name: name, aggregate_name: 'median', items_per_second: 1e9 / nanoseconds, ...more});
  const none = Object.fromEntries(happens.map((name) => [name, 0]));
  const path = benchmarksThatSay('limits', [
    ...loops.map((loop) => median(loop, loop === 'divisions' ? 4 : 1)),
    median('losses_of_services/manual_time', 16, {...none, operands: 1}),
    median('curves_of_services/manual_time', 160, {...none, changes: 1, body_days: 2}),
  ]);
  const text = said('limits.py', '--program', path);
  // Four choices; two loads; eight stores; of sixteen nanoseconds for eight courses.
  assert.match(text, /\| service core \| 2\.00 \| 0\.50 \| 0\.25 \| 1\.00 \| stores \| 50% \| ≥ 80%, \*\*missed\*\* \|/);
  // 4 + 8 + 4 sums, 1 + 4 extremes, 18 choices, 2 divisions of 4 ns; 3 + 4 loads, 24 of a number; 1 + 2 + 4 stores, 16 of a number.
  assert.match(text, /\| daily curves \| 20\.00 \| 5\.88 \| 3\.88 \| 2\.88 \| arithmetic \| 29% \| ≥ 60%, \*\*missed\*\* \|/);
});

test('scaling tells of threads, ranks, courses, bodies and set-up', () => {
  const threads = (number, rate) => ({name: `threads_of_sums/threads:${number}`, threads: number, items_per_second: rate, cpu_time: 1});
  const setUp = ['set_up_region', 'set_up_region_with_counts', 'set_up_region_72', 'set_up_germany'].map((name) => ({name, cpu_time: name === 'set_up_germany' ? 1200 : 1.5}));
  const bench = benchmarksThatSay('scaling', [threads(1, 1e9), threads(2, 1.5e9), ...setUp]);
  const text = said('scaling.py', '--program', program, '--bench', bench, '--rounds', '1', '--courses', '32', '--most', '1000', '--no-germany', '--no-goals');
  assert.match(text, /\| 2 \| [0-9.]+ s \| [0-9.]+ s \| [0-9.]+ × \| 1\.50 × \| [0-9.]+ \(≥ 0\.9/);
  assert.match(text, /\| 4 \| [0-9.]+ s \| .* MB \|/);
  assert.match(text, /\| 1,000 \| [0-9.]+ s \| [0-9,]+ \| [0-9]+ MB \|/);
  assert.match(text, /\| 64 \| [0-9.]+ s \| [0-9]+ ns \| [0-9]+ MB \|/);
  assert.match(text, /region 72, after reading its file \| 1\.5 ms \| ≤ 2 ms \|/);
  assert.match(text, /Germany, part after part \| 1200\.0 ms \| ≤ 1,000 ms, \*\*missed\*\* \|/);
});

test('precision tells of points and pairs', () => {
  const text = said('precision.py', '--program', program, '--seeds', '2', '--few', '16', '--most', '16', '--pairs', '64');
  assert.match(text, /\| 8 × 2 points: standard error of the mean loss \| [0-9.]+% \| ≤ 1 %/);
  // More crews change every course alike: even a few dozen courses tell that it gains.
  const [, gain] = /variance of the difference \| ([0-9,]+) × smaller when paired/.exec(text);
  assert.ok(Number(gain.replace(',', '')) > 10, text);
});

test('an independent program agrees, from the script too', () => {
  const text = said('agreement.py', '--program', program, '--replications', '200', '--share', '0.02', '--peers', 'event queue', '--rules', 'list');
  assert.match(text, /\nagreement\n$/);
});
