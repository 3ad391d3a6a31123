// One forecast by several processes: the same bits, and a run that goes on where a dead one ended.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {smallGermany} from '../e2e/small_germany.mjs';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'resmon-ranks-'))));
after(() => rmSync(folder, {recursive: true, force: true}));

/** Open MPI leaves memory to the end of the process and refuses root unless told. */
const environment = {...process.env, LC_ALL: 'C', OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1', ASAN_OPTIONS: 'detect_leaks=0'};
const model = ['simulate', '--model', join(source, 'fuzz', 'corpus', 'model_file', 'two-servers.yaml'), '--format', 'json', '--threads', '1'];
const several = (ranks) => ['--oversubscribe', '--bind-to', 'none', '-n', String(ranks), process.env.RESMON_PROGRAM];

function ended(program, words) {
  const {status, stdout, stderr, error} = spawnSync(program, words, {encoding: 'utf8', env: environment, maxBuffer: 1 << 28});
  return {status, out: stdout, err: stderr, error};
}

function figures(text) {
  const result = JSON.parse(text);
  for (const key of ['about', 'seconds', 'peak_bytes']) delete result[key];
  return JSON.stringify(result);
}

const ranksOf = ({out}) => JSON.parse(out).about.ranks;

test('two and four processes give the same figures as one', () => {
  const words = [...model, '--data', join(folder, 'data'), '--replications', '1000'];
  const alone = ended(process.env.RESMON_PROGRAM, words);
  assert.equal(alone.status, 0, alone.err);
  for (const ranks of [2, 4]) {
    const together = ended('mpirun', [...several(ranks), ...words]);
    assert.equal(together.status, 0, together.err);
    assert.equal(figures(together.out), figures(alone.out), `${ranks} ranks`);
    assert.equal(ranksOf(together), ranks);
  }
  assert.equal(ranksOf(alone), 1);
});

test('a forecast that the catalogue describes says how many processes computed it too', () => {
  const words = ['simulate', '--scenario', 'storage-failure', '--region', '059580032000', '--format', 'json', '--threads', '1', '--replications', '50', '--data', join(folder, 'data')];
  const alone = ended(process.env.RESMON_PROGRAM, words);
  const together = ended('mpirun', [...several(2), ...words]);
  assert.equal(together.status, 0, together.err);
  assert.equal(figures(together.out), figures(alone.out));
  assert.deepEqual([ranksOf(alone), ranksOf(together)], [1, 2]);
});

/** Of two states and a region: the words without those of the sample. */
const germany = (data, threads = '1') => ['simulate', '--catalogue', smallGermany(data), '--scenario', 'storage-failure', '--region', 'deutschland', '--format', 'json', '--threads', threads, '--data', join(data, 'data')];
const folderOf = (name) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};

test('all of Germany by several processes gives the same figures as by one, for any number of threads, and is kept once', () => {
  const place = folderOf('germany');
  const words = (threads) => [...germany(place, threads), '--replications', '16', '--randomisations', '8'];
  const alone = ended(process.env.RESMON_PROGRAM, words('1'));
  assert.equal(alone.status, 0, alone.err);
  for (const [ranks, threads] of [[2, '1'], [3, '2'], [4, '1']]) {
    const together = ended('mpirun', [...several(ranks), ...words(threads)]);
    assert.equal(together.status, 0, together.err);
    assert.equal(figures(together.out), figures(alone.out), `${ranks} ranks of ${threads} threads`);
    assert.deepEqual([ranksOf(together), JSON.parse(together.out).randomisations], [ranks, 8]);
  }
  const kept = ended(process.env.RESMON_PROGRAM, ['--data', join(place, 'data'), 'runs', 'list', '--format', 'json']);
  assert.equal(JSON.parse(kept.out).runs.length, 4, kept.err);
});

test('several processes agree on how many courses a wished error takes', () => {
  const words = [...germany(folderOf('exact')), '--replications', '16', '--error', '8'];
  const alone = ended(process.env.RESMON_PROGRAM, words);
  const together = ended('mpirun', [...several(2), ...words]);
  assert.equal(together.status, 0, together.err);
  assert.equal(figures(together.out), figures(alone.out));
  assert.ok(JSON.parse(together.out).replications > 16);
});

test('a process of Germany that dies is named, ends the others, and what was finished is not computed again', async () => {
  const place = folderOf('dying');
  const kept = join(place, 'kept');
  const words = [...germany(place), '--replications', '100', '--checkpoint', kept];
  const first = spawn('mpirun', [...several(2), ...words], {env: environment, stdio: ['ignore', 'ignore', 'pipe']});
  let said = '';
  first.stderr.on('data', (text) => (said += text));
  const pieces = () => {
    try {
      return readdirSync(kept).filter((name) => name.endsWith('.piece'));
    } catch {
      return [];
    }
  };
  const ranks = () => spawnSync('pgrep', ['-P', String(first.pid)], {encoding: 'utf8'}).stdout.trim().split('\n').filter(Boolean);
  while (pieces().length === 0 && first.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  if (first.exitCode === null) process.kill(Number(ranks().at(-1)), 'SIGKILL');
  if (first.exitCode === null) await new Promise((resolve) => first.once('exit', resolve));
  if (first.exitCode === 0) return; // a fast machine was done before
  assert.match(said, /mpirun noticed that process rank \d .* exited on signal 9/s);
  const other = ended(process.env.RESMON_PROGRAM, [...words, '--seed', '2']);
  assert.deepEqual([other.status, /\.piece/.test(other.err)], [2, true], other.err);
  const again = ended('mpirun', [...several(2), ...words]);
  assert.equal(again.status, 0, again.err);
  assert.deepEqual(pieces(), []);
  assert.equal(figures(again.out), figures(ended(process.env.RESMON_PROGRAM, words.slice(0, -2)).out));
});

test('a run whose process died goes on with what was finished', async () => {
  const kept = join(folder, 'kept');
  const words = [...model, '--data', join(folder, 'data'), '--replications', '120000', '--checkpoint', kept];
  const first = spawn('mpirun', [...several(2), ...words], {env: environment, stdio: 'ignore'});
  const files = () => {
    try {
      return readdirSync(kept).filter((name) => name.endsWith('.courses'));
    } catch {
      return [];
    }
  };
  while (files().length === 0 && first.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  first.kill('SIGKILL');
  await new Promise((resolve) => first.once('exit', resolve));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  if (files().length === 0) return; // it was done before anything was worth keeping
  const again = ended('mpirun', [...several(2), ...words]);
  assert.equal(again.status, 0, again.err);
  assert.deepEqual(files(), []);
  const whole = ended(process.env.RESMON_PROGRAM, words.slice(0, -2));
  assert.equal(figures(again.out), figures(whole.out));
});

test('courses of something else are refused with the file', () => {
  const kept = join(folder, 'other');
  const words = (seed) => [...model, '--data', join(folder, 'data'), '--replications', '200000', '--checkpoint', kept, '--seed', seed];
  const first = spawnSync('timeout', ['--signal=KILL', '8', process.env.RESMON_PROGRAM, ...words('1')], {env: environment});
  if (first.status === 0) return; // a fast machine keeps nothing
  const other = ended(process.env.RESMON_PROGRAM, words('2'));
  assert.equal(other.status, 2, other.err);
  assert.match(other.err, /\.courses/);
});
