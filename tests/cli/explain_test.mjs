// Why a forecast is as it is, from the command line: the same answers as over the API, and in words.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {finishedReplay, patience, startProgram} from '../e2e/program.mjs';

let folder;
const town = ['--scenario', 'ransomware-town-hall', '--region', '059580032000'];
const replay = ['--incident', 'suedwestfalen-2023'];
const resmon = (language, ...more) =>
  spawnSync(process.env.RESMON_PROGRAM, ['--lang', language, '--data', join(folder, 'data'), 'explain', ...more], {encoding: 'utf8', timeout: patience});
const said = (...more) => {
  const {status, stdout, stderr} = resmon('en', ...more);
  assert.equal(status, 0, `${more.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};
const json = (...more) => JSON.parse(said(...more, '--format', 'json'));

before(() => (folder = mkdtempSync(join(tmpdir(), 'resmon-explain-'))));
after(() => rmSync(folder, {recursive: true, force: true}));

test('every explanation is the one that the API gives for the same courses', {timeout: patience}, async () => {
  const program = await startProgram();
  try {
    const run = await finishedReplay(program.address);
    const {seed, replications} = await (await fetch(`${program.address}/api/v1/outage-runs/${run}`)).json();
    const courses = Math.min(100, replications);
    const ask = async (what, query = '') => (await fetch(`${program.address}/api/v1/outage-runs/${run}/${what}?${query}`)).json();
    const words = ['--seed', String(seed), '--replications', String(courses)];
    const pairs = [
      ['autonomy', 'autonomy', `courses=${courses}`],
      ['plan', 'timetable', `courses=${courses}`],
      ['bottlenecks', 'bottlenecks', `courses=${courses}`],
      ['influences', 'sensitivity', `courses=${courses}`],
      ['dependencies', 'dependencies', ''],
    ];
    for (const [topic, what, query] of pairs) assert.deepEqual(json(topic, ...replay, ...words), await ask(what, query), topic);
    assert.deepEqual(json('plan', ...replay, ...words, '--service', 'passport'), await ask('timetable', `courses=${courses}&service=passport`));
  } finally {
    await program.stop();
  }
});

test('a Friday evening without anybody on call costs a town days', () => {
  const lost = (reached) => json('comparison', ...town, '--start', '2026-05-01T20:00', '--reached', reached).variants[1];
  const nobody = lost('0');
  const somebody = lost('1');
  assert.deepEqual(nobody.overrides, {reached: 0, start: '2026-05-01T20:00'});
  assert.ok(nobody.more_lost.low > somebody.more_lost.high, JSON.stringify([nobody.more_lost, somebody.more_lost]));
});

test('who is on call makes no difference on a working day at ten', () => {
  const variants = ['0', '1'].map((reached) => json('comparison', ...town, '--start', '2026-05-05T10:00', '--reached', reached).variants[1]);
  assert.deepEqual(variants[0].loss_days, variants[1].loss_days);
});

test('a crew more at the bottleneck saves what its table says', () => {
  const rows = json('bottlenecks', ...town).rows;
  assert.ok(rows.every((row) => row.gained.low <= row.gained.mean && row.gained.mean <= row.gained.high));
  assert.ok(rows.every((row) => row.busy >= 0 && row.busy <= 1 && row.sites === 1));
  const [first] = rows.filter((row) => row.label !== 'crew/local');
  const kind = first.label.slice('crew/'.length);
  const [, changed] = json('comparison', ...town, '--crews', `${kind}=${first.crews + 1}`).variants;
  assert.ok(Math.abs(changed.more_lost.mean + first.gained.mean) < 1e-9, JSON.stringify([changed.more_lost, first.gained]));
});

test('tables speak German and English', () => {
  assert.match(said('bottlenecks', ...town), /Crews +Number +At work/);
  assert.match(resmon('de', 'plan', ...town).stdout, /Schritt +Beginn \(8 von 10\)/);
  assert.match(said('influences', ...town), /Of \d+ further assumptions no influence can be seen\./);
  assert.match(resmon('de', 'dependencies', ...town, '--body', '05958032').stdout, /Verzeichnisdienst/);
  assert.match(said('autonomy', ...town), /without the provider/);
});

test('what is wrong is told, with exit code 2', () => {
  const wrong = [
    [['comparison', ...town], /must say for a comparison what is otherwise/],
    [['plan', ...replay, '--start', '2026-05-01T20:00'], /does not go with an incident/],
    [['plan', ...town, '--start', '2026-02-30T20:00'], /must be a local time from 2000 to 2100 like 2026-05-01T20:00, is 2026-02-30T20:00/],
    [['plan', ...town, '--crews', 'local=3'], /must be platform, application or external with 1 to 1000/],
    [['plan', ...town, '--crews', 'platform'], /like platform=12, is platform/],
    [['plan', ...town, '--without', 'normal'], /must be basic-operation, neighbour or paper/],
    [['plan', ...town, '--reached', '1.5'], /--reached/],
    [['plan', ...town, '--format', 'csv'], /must be table or json here/],
    [['plan', ...town, '--service', 'moon'], /moon/],
    [['dependencies', ...town, '--body', '099999999999'], /099999999999/],
    [['bottlenecks', '--scenario', 'ransomware-town-hall', '--region', 'deutschland'], /Germany is computed by provider/],
    [['weather', ...town], /weather/],
    [['autonomy', ...replay, '--region', 'elsewhere'], /elsewhere/],
  ];
  for (const [words, fault] of wrong) {
    const {status, stderr} = resmon('en', ...words);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, fault);
  }
});

test('a model file says itself what is otherwise', () => {
  const {status, stderr} = spawnSync(process.env.RESMON_PROGRAM, ['--lang', 'en', 'simulate', '--model', join(folder, 'none.yaml'), '--delays', '2'], {encoding: 'utf8'});
  assert.equal(status, 2);
  assert.match(stderr, /does not go with --crews/);
});
