// Two servers share one PostgreSQL: what one computes is seen at the other, and of two that share a queue one is killed
// under load: every acknowledged run is done exactly once. Number of runs: RESMON_RUNS (40).
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

const program = process.env.RESMON_PROGRAM;
const postgresql = readFileSync(process.env.RESMON_POSTGRESQL, 'utf8').trim();
const count = Number(process.env.RESMON_RUNS ?? 40);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A schema of its own in the tests' PostgreSQL. */
class Shared {
  schema = `servers_${randomBytes(6).toString('hex')}`;
  folders = [];
  servers = [];

  constructor() {
    this.ask(`CREATE SCHEMA ${this.schema}`);
  }

  get address() {
    return `${postgresql}&options=-csearch_path%3D${this.schema}`;
  }

  /** The first column of the answer, line by line. */
  ask(statement) {
    const url = this.servers.length > 0 ? this.address : postgresql;
    const done = spawnSync('psql', [url, '--no-psqlrc', '--tuples-only', '--no-align', '--quiet', '--command', statement], {encoding: 'utf8'});
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.split('\n').filter((line) => line !== '');
  }

  /** A server on a free port with a data folder, a new one unless it is told which. */
  async serve(folder = mkdtempSync(join(tmpdir(), 'resmon-servers-'))) {
    this.folders.push(folder);
    const child = spawn(program, ['--data', folder, '--database', this.address, '--lang', 'en', 'serve', '--local', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const api = await new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (piece) => {
        text += piece;
        const address = /http:\/\/[^ \n]*/.exec(text);
        if (address) resolve(`${address[0]}api/v1`);
      });
      child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${text}`)));
    });
    const server = {child, ended, api, folder};
    this.servers.push(server);
    return server;
  }

  async end() {
    for (const {child, ended} of this.servers) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    }
    this.ask(`DROP SCHEMA ${this.schema} CASCADE`);
    for (const folder of this.folders) rmSync(folder, {recursive: true, force: true});
  }
}

async function post(server, run, key) {
  const answer = await fetch(`${server.api}/outage-runs`, {
    method: 'POST',
    headers: {'content-type': 'application/json', ...(key ? {'idempotency-key': key} : {})},
    body: JSON.stringify({incident: 'suedwestfalen-2023', ...run}),
  });
  assert.equal(answer.status, 202, await answer.clone().text());
  return (await answer.json()).id;
}

const look = async (server, id) => (await fetch(`${server.api}/outage-runs/${id}`)).json();

async function until(what, holds, seconds = 300) {
  for (let tries = 0; !(await holds()); ++tries) {
    assert.ok(tries < seconds * 5, `waited in vain: ${what}`);
    await pause(200);
  }
}

/** Notes when each event of a run arrives, by its id; ends when the signal says so. */
async function arrivals(server, id, signal, times) {
  try {
    const answer = await fetch(`${server.api}/outage-runs/${id}/events`, {signal});
    let text = '';
    for await (const piece of answer.body) {
      text += Buffer.from(piece).toString('utf8');
      for (const [, event] of text.matchAll(/^id: (\d+)$/gm)) if (!times.has(event)) times.set(event, performance.now());
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

test('progress made by one server is seen at the other within a second, and a cancellation too', {timeout: 600_000}, async () => {
  const shared = new Shared();
  try {
    const one = await shared.serve();
    const id = await post(one, {replications: 100_000});
    await until('the first server computes', async () => (await look(one, id)).state === 'running');
    const other = await shared.serve();
    const watching = new AbortController();
    const [here, there] = [new Map(), new Map()];
    const seen = Promise.all([arrivals(one, id, watching.signal, here), arrivals(other, id, watching.signal, there)]);
    await until('progress is seen at the other', async () => (await look(other, id)).progress > 0);
    // The first of each stream is what was there when it began.
    const lateness = () => [...there].slice(1).filter(([event]) => here.has(event)).map(([event, time]) => time - here.get(event));
    await until('several events are seen at both', () => lateness().length >= 4, 60);
    watching.abort();
    await seen;
    const late = lateness();
    assert.ok(Math.max(...late) < 1000, `seen later by ${late} ms`);
    console.log(`# ${late.length} events, at most ${Math.round(Math.max(...late))} ms later at the other server`);

    assert.equal((await fetch(`${other.api}/outage-runs/${id}`, {method: 'DELETE'})).status, 204);
    await until('it is cancelled', async () => (await look(one, id)).state === 'cancelled', 20);
  } finally {
    await shared.end();
  }
});

test(`of ${count} acknowledged runs each is done once although a server is killed`, {timeout: 1_200_000}, async () => {
  const shared = new Shared();
  try {
    const dying = await shared.serve();
    const staying = await shared.serve();
    let acknowledged = 0;
    const ids = await Promise.all(
      Array.from({length: count}, async (_, number) => {
        await pause(number * 50);
        const key = `run-${number}`;
        const run = {replications: 200, seed: number};
        const wished = number % 2 === 0 ? dying : staying;
        // Whoever got no answer asks the other with the same key.
        const id = await post(wished, run, key).catch(() => post(staying, run, key));
        if (++acknowledged === Math.ceil(count * 0.6)) dying.child.kill('SIGKILL');
        return id;
      }),
    );
    assert.equal(await dying.ended, null, 'it was killed');
    assert.equal(new Set(ids).size, count);
    const left = shared.ask(`SELECT id FROM job WHERE worker <> ''`);
    console.log(`# after the kill ${shared.ask('SELECT COUNT(*) FROM job')} runs are open, ${left.length} of them claimed`);
    await until('all are done', async () => {
      const {runs} = await (await fetch(`${staying.api}/outage-runs`)).json();
      assert.deepEqual(runs.filter(({state}) => !['queued', 'running', 'done'].includes(state)), []);
      return runs.filter(({state}) => state === 'done').length === count;
    }, 900);

    assert.deepEqual(shared.ask('SELECT id FROM outage_run ORDER BY id'), [...ids].sort(), 'none is lost, none is there twice');
    const finished = shared.ask(`SELECT object || ' ' || COUNT(*) FROM audit_entry WHERE action = 'finish-run' AND detail = 'done' GROUP BY object ORDER BY object`);
    assert.deepEqual(finished, [...ids].sort().map((id) => `${id} 1`), 'each was finished once');
    assert.deepEqual(shared.ask('SELECT id FROM job'), []);

    const again = await shared.serve(dying.folder);
    for (const id of ids) assert.equal((await fetch(`${again.api}/outage-runs/${id}/result`)).status, 200);
  } finally {
    await shared.end();
  }
});

test('a server that is started again takes up at once what it was computing when it was killed', {timeout: 600_000}, async () => {
  const shared = new Shared();
  try {
    const killed = await shared.serve();
    const id = await post(killed, {replications: 100_000});
    await until('it is computed', async () => (await look(killed, id)).progress > 0);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const worker = shared.ask('SELECT worker FROM job')[0];
    const again = await shared.serve(killed.folder);
    const began = performance.now();
    await until('it is taken up', async () => shared.ask('SELECT worker FROM job')[0] !== worker, 10);
    console.log(`# taken up at most ${Math.round(performance.now() - began)} ms after the server was ready`);
    assert.equal((await fetch(`${again.api}/outage-runs/${id}`, {method: 'DELETE'})).status, 204);
  } finally {
    await shared.end();
  }
});
