// PostgreSQL crashes under load and comes back: meanwhile people are told to try again, afterwards the same program serves on.
// Nothing that was acknowledged is lost, nothing is there twice, and what one server does is heard at the other again.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

import {serving} from '../server/serving.mjs';

const script = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'scripts', 'postgresql.sh');
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A PostgreSQL of this test alone: others go on using theirs. */
class OwnDatabase {
  folder = mkdtempSync(join(tmpdir(), 'resmon-restart-'));

  tell(step) {
    const done = spawnSync(script, [step, join(this.folder, 'postgresql')], {encoding: 'utf8', timeout: 120_000});
    assert.equal(done.status, 0, done.stdout + done.stderr);
  }
  get address() {
    return readFileSync(join(this.folder, 'postgresql.url'), 'utf8').trim();
  }
  /** The first column of the answer, line by line. */
  ask(statement) {
    const done = spawnSync('psql', [this.address, '--no-psqlrc', '--tuples-only', '--no-align', '--quiet', '--command', statement], {encoding: 'utf8'});
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.split('\n').filter((line) => line !== '');
  }
  remove() {
    this.tell('stop');
    rmSync(this.folder, {recursive: true, force: true});
  }
}

const apiOf = (server) => `http://127.0.0.1:${server.port}/api/v1`;

async function post(server, key, run = {}) {
  const answer = await fetch(`${apiOf(server)}/outage-runs`, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'idempotency-key': key},
    body: JSON.stringify({incident: 'suedwestfalen-2023', replications: 10, ...run}),
  });
  return {status: answer.status, headers: answer.headers, body: await answer.json()};
}

async function until(what, holds, tries = 1500) {
  for (let count = 0; !(await holds()); ++count) {
    assert.ok(count < tries, `waited in vain: ${what}`);
    await pause(100);
  }
}

/** People who send one request after the other, and each again with the same key until it is accepted. */
function load(server, people) {
  const acknowledged = new Map();
  const refusals = [];
  let isOver = false;
  const person = async (name) => {
    for (let number = 0; !isOver; ++number) {
      const key = `${name} ${number}`;
      for (;;) {
        const answer = await post(server, key, {seed: number});
        if (answer.status === 202) {
          acknowledged.set(key, answer.body.id);
          break;
        }
        refusals.push(answer);
        await pause(50);
      }
      await pause(300);
    }
  };
  const all = Promise.all(Array.from({length: people}, (_, name) => person(name)));
  return {acknowledged, refusals, end: () => ((isOver = true), all)};
}

test('while PostgreSQL is away requests are told to try again, and when it is back nothing is lost or doubled', {timeout: 1_200_000}, async () => {
  const database = new OwnDatabase();
  const servers = [];
  try {
    database.tell('start');
    for (let count = 0; count < 2; ++count) servers.push(await serving(['--local', '--database', database.address]));
    const [one, other] = servers;
    const people = load(one, 2);
    await until('the load is accepted', () => people.acknowledged.size >= 4);

    database.tell('halt');
    await until('somebody is refused', () => people.refusals.length >= 6);
    const reading = await fetch(`${apiOf(other)}/outage-runs`);
    assert.equal(reading.status, 503, 'who reads is told too');
    for (const {status, headers, body} of people.refusals) {
      assert.equal(status, 503, JSON.stringify(body));
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(body.type, '/problems/try-again-later');
      assert.ok(Number(headers.get('retry-after')) > 0, 'it says after how many seconds');
    }
    assert.equal((await fetch(`http://127.0.0.1:${one.port}/readyz`)).status, 503);
    assert.equal((await fetch(`http://127.0.0.1:${one.port}/healthz`)).status, 200);

    database.tell('resume');
    const before = people.acknowledged.size;
    await until('the load is accepted again', () => people.acknowledged.size >= before + 4);
    await people.end();
    assert.equal((await fetch(`http://127.0.0.1:${one.port}/readyz`)).status, 200);

    const ids = [...people.acknowledged.values()].sort();
    assert.equal(new Set(ids).size, ids.length, 'each request has its run');
    assert.deepEqual(database.ask('SELECT id FROM outage_run ORDER BY id COLLATE "C"'), ids, 'none is lost, none is there that nobody was told of');
    assert.deepEqual(database.ask('SELECT idempotency_key FROM outage_run GROUP BY idempotency_key HAVING COUNT(*) > 1'), []);
    assert.deepEqual(database.ask(`SELECT object FROM audit_entry WHERE action = 'start-run' GROUP BY object HAVING COUNT(*) > 1`), [], 'each was started once');

    // What is told by LISTEN is heard again: a new run reaches a server that waits for news of the queue.
    await until('all runs are done', async () => {
      const answer = await fetch(`${apiOf(other)}/outage-runs`);
      const {runs} = await answer.json();
      return runs.every((run) => run.state === 'done');
    }, 6000);
    assert.deepEqual(database.ask(`SELECT object FROM audit_entry WHERE action = 'finish-run' GROUP BY object HAVING COUNT(*) > 1`), [], 'each was finished once');
    await until('both servers listen again', () => Number(database.ask(`SELECT COUNT(*) FROM pg_stat_activity WHERE query = 'LISTEN resmon'`)[0]) >= 2);

    const {body} = await post(one, 'a long one', {replications: 100_000});
    const watching = new AbortController();
    const heard = new Promise((resolve, reject) => {
      (async () => {
        const answer = await fetch(`${apiOf(other)}/outage-runs/${body.id}/events`, {signal: watching.signal});
        let text = '';
        for await (const piece of answer.body) {
          text += Buffer.from(piece).toString('utf8');
          if (/event: end\ndata: .*"state":"cancelled"/.test(text)) return resolve();
        }
        reject(new Error(`the stream ended: ${text}`));
      })().catch(reject);
    });
    await until('it is computed', async () => (await (await fetch(`${apiOf(one)}/outage-runs/${body.id}`)).json()).progress > 0);
    assert.equal((await fetch(`${apiOf(one)}/outage-runs/${body.id}`, {method: 'DELETE'})).status, 204);
    await heard;
    watching.abort();
    console.log(`# ${ids.length} runs, ${people.refusals.length} refusals`);
  } finally {
    for (const server of servers) assert.equal(await server.stop(), 0);
    database.remove();
  }
});
