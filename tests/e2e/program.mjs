// Starts the real program on a free port with an empty database, and stops it again by its own process.
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {closedAtEnd} from './left_open.mjs';

/** Sanitized builds on a busy machine are slow; a hanging program must still end the test. */
export const patience = Number(process.env.RESMON_PATIENCE ?? 240_000);

const freePort = () =>
  new Promise((found, failed) => {
    const server = createServer().on('error', failed).listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => found(port));
    });
  });

/** `address`, `stop`, and with accounts what it `said`; `pause` and `resume` end it and start it again on the same data. `catalogue` is a
 * folder in place of the one built in, `words` are further settings, `prepare` gets the data folder before the start.
 * RESMON_PROGRAM names the program; RESMON_ADDRESS instead tests one that already runs. */
export async function startProgram({accounts = false, catalogue, words = [], prepare = async () => {}} = {}) {
  if (process.env.RESMON_ADDRESS && !accounts) return {address: process.env.RESMON_ADDRESS, stop: async () => {}};
  if (!process.env.RESMON_PROGRAM) throw new Error('RESMON_PROGRAM must name the program');
  const folder = await mkdtemp(join(tmpdir(), 'resmon-e2e-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let program;
  let ended;
  let said = '';

  async function start() {
    program = spawn(process.env.RESMON_PROGRAM, ['--data', folder, ...(catalogue ? ['--catalogue', catalogue] : []), 'serve', '--port', String(port), ...(accounts ? [] : ['--local']), ...words], {stdio: ['ignore', 'pipe', 'pipe']});
    program.stdout.on('data', (text) => (said += text));
    program.stderr.on('data', (text) => (said += text));
    ended = new Promise((done) => program.on('exit', done));
    const deadline = Date.now() + patience;
    while (!(await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false))) {
      if (program.exitCode !== null || Date.now() > deadline) throw new Error(`${process.env.RESMON_PROGRAM} does not serve:\n${said}`);
      await new Promise((later) => setTimeout(later, 50));
    }
  }
  async function pause() {
    program.kill('SIGTERM');
    await ended;
  }
  await prepare(folder);
  await start();
  return {
    address,
    said: () => said,
    pause,
    resume: start,
    stop: closedAtEnd(async () => {
      await pause();
      await rm(folder, {recursive: true});
    }),
  };
}

/** A finished replay of the first incident, computed with few courses. */
export async function finishedReplay(address, request = {}) {
  const {incidents, regions} = await (await fetch(`${address}/api/v1/catalogue`)).json();
  const incident = incidents.find((one) => regions.some((region) => region.id === one.region));
  const started = await fetch(`${address}/api/v1/outage-runs`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({incident: incident.id, replications: 50, ...request}),
  });
  if (started.status !== 202) throw new Error(`POST /outage-runs: ${started.status} ${await started.text()}`);
  const {id} = await started.json();
  const deadline = Date.now() + patience;
  for (;;) {
    const run = await (await fetch(`${address}/api/v1/outage-runs/${id}`)).json();
    if (run.state === 'done') return id;
    if (!['queued', 'running'].includes(run.state) || Date.now() > deadline) throw new Error(`the replay is ${run.state}: ${run.failure}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}
