// The disk is full: what cannot be kept is refused in plain words, what was acknowledged is kept, and once there is room it
// goes on without a restart.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {serving} from '../server/serving.mjs';
import {Folder, databaseAt, done, litterIn, newest, resmon, sqlite} from './installation.mjs';
import {SmallDisk} from './small_disk.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts a run with a seed; the answer with its JSON. */
async function start(port, seed, language = 'en') {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/outage-runs`, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'accept-language': language, 'idempotency-key': `seed ${seed}`},
    body: JSON.stringify({incident: 'suedwestfalen-2023', replications: 10, seed}),
  });
  return {status: answer.status, type: answer.headers.get('content-type'), body: await answer.json()};
}

const runsAt = async (port) => (await (await fetch(`http://127.0.0.1:${port}/api/v1/outage-runs`)).json()).runs;

test('on a full disk the server refuses, loses nothing that it acknowledged, and goes on once there is room', {timeout: 900_000}, async () => {
  const disk = new SmallDisk(24);
  let server;
  try {
    server = await serving(['--local'], {data: disk.folder, before: disk.before});
    const acknowledged = new Set();
    const first = await start(server.port, 1);
    assert.equal(first.status, 202, JSON.stringify(first.body));
    acknowledged.add(first.body.id);

    disk.fill(300_000, server.pid);
    let refused;
    for (let seed = 2; seed < 200 && !refused; ++seed) {
      const answer = await start(server.port, seed);
      if (answer.status === 202) acknowledged.add(answer.body.id);
      else refused = answer;
    }
    assert.ok(refused, 'the disk became full');
    assert.equal(refused.type, 'application/problem+json');
    if (disk.isMounted) {
      assert.equal(refused.status, 507, JSON.stringify(refused.body));
      assert.equal(refused.body.type, '/problems/storage-full');
      assert.match(refused.body.title, /^The disk of the server is full, nothing was stored/);
      const german = await start(server.port, 1000, 'de');
      if (german.status !== 202) assert.match(german.body.title, /^Der Speicherplatz des Servers ist voll, es wurde nichts gespeichert/);
      else acknowledged.add(german.body.id);
      await server.said(/the disk of the database .*resmon\.db is full and nothing was written: make room/);
    } else {
      assert.equal(refused.status, 503, JSON.stringify(refused.body));
    }
    const kept = (await runsAt(server.port)).map((run) => run.id);
    for (const id of acknowledged) assert.ok(kept.includes(id), `run ${id} can still be read`);

    if (disk.isMounted) {
      // A full disk is no damage, and nobody is sent to a backup for it.
      const doctor = resmon(['--data', disk.folder, 'doctor']);
      assert.match(doctor.stdout, /Only 0 MB free in the data folder: make room/);
      assert.doesNotMatch(doctor.stdout, /damaged|Restore/);
    }
    disk.free(server.pid);
    let later;
    for (let tries = 0; later?.status !== 202; ++tries) {
      later = await start(server.port, 2000);
      assert.ok(tries < 100, `still refused: ${JSON.stringify(later)}`);
      if (later.status !== 202) await pause(100);
    }
    acknowledged.add(later.body.id);
    const runs = await runsAt(server.port);
    assert.deepEqual(runs.map((run) => run.id).sort(), [...acknowledged].sort(), 'none is lost, none that was refused is there');
    console.log(`# ${runs.length} runs were acknowledged`);

    // The first and the last are computed; the others would take long.
    const rest = [first.body.id, later.body.id];
    for (const {id} of runs.filter((run) => !rest.includes(run.id))) await fetch(`http://127.0.0.1:${server.port}/api/v1/outage-runs/${id}`, {method: 'DELETE'});
    for (let tries = 0; ; ++tries) {
      const states = (await runsAt(server.port)).filter((run) => rest.includes(run.id)).map((run) => run.state);
      if (states.join() === 'done,done') break;
      assert.ok(tries < 2400, states.join());
      await pause(250);
    }
    assert.equal(await server.stop(), 0);
    done('--data', disk.folder, 'doctor');
    done('--data', disk.folder, 'audit', 'verify');
  } finally {
    await server?.kill();
    disk.end();
  }
});

test('a backup onto a full disk is one sentence and exit code 1, leaves nothing, and the earlier backup as it was', {timeout: 300_000}, () => {
  const disk = new SmallDisk(4);
  const folder = new Folder();
  const data = folder.at('town');
  try {
    const target = join(disk.folder, 'backup.zip');
    databaseAt(data, newest);
    sqlite(data, `INSERT INTO catalogue_copy VALUES ('large', hex(randomblob(200000)));`);
    assert.equal(resmon(['--data', data, 'backup', target]).status, 0);
    const earlier = readFileSync(target);
    disk.fill(0);
    const left = readdirSync(disk.folder);
    for (const words of [[], ['--encrypt']]) {
      const full = resmon(['--data', data, 'backup', ...words, target], {before: disk.beforeWhenFull, env: {RESMON_PASSPHRASE: 'a passphrase of words'}});
      assert.equal(full.status, 1, full.stdout + full.stderr);
      assert.equal(full.stdout, '');
      assert.match(full.stderr, /^[^\n]+ (cannot be|is full)[^\n]+\n$/, 'one sentence');
      assert.deepEqual(readdirSync(disk.folder), left, 'no half file');
      assert.deepEqual(readFileSync(target), earlier);
    }
    assert.deepEqual(litterIn(data), [], 'nothing unencrypted is left either');
  } finally {
    disk.end();
    folder.remove();
  }
});

test('a server that shall start on a full disk says so in one sentence, and nobody is sent to a backup', {timeout: 300_000}, () => {
  const disk = new SmallDisk(4);
  try {
    // Where only the size of files is limited, a server starts: what it needs is there.
    if (!disk.isMounted) return;
    const data = join(disk.folder, 'town');
    databaseAt(data, newest);
    disk.fill(0);
    const serve = resmon(['--data', data, 'serve', '--port', '0']);
    assert.equal(serve.status, 1, serve.stdout + serve.stderr);
    assert.match(serve.stderr, /^[^\n]*the disk of the database \S+resmon\.db is full and nothing was written: make room[^\n]*\n$/);
    const doctor = resmon(['--data', data, 'doctor']);
    assert.match(doctor.stdout, /Only 0 MB free in the data folder: make room/);
    assert.match(doctor.stdout, /Database \S+resmon\.db does not answer: /);
    assert.doesNotMatch(doctor.stdout, /damaged|Restore/);
  } finally {
    disk.end();
  }
});
