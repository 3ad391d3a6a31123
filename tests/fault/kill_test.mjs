// The program is killed at any moment, while it computes and while it writes: what it had acknowledged is still there, the
// file is intact, and runs are taken up again. Number of kills: RESMON_KILLS (8).
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

const program = process.env.RESMON_PROGRAM;
const kills = Number(process.env.RESMON_KILLS ?? 8);

/** Starts a server on a free port; resolves with its address once it says that it is ready. */
function serve(data) {
  const child = spawn(program, ['--data', data, '--lang', 'en', 'serve', '--local', '--port', '0'], {stdio: ['ignore', 'pipe', 'inherit']});
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (piece) => {
      text += piece;
      const address = /http:\/\/[^ \n]*/.exec(text);
      if (address) resolve({child, address: address[0]});
    });
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}: ${text}`)));
  });
}

const ended = (child) => new Promise((resolve) => (child.exitCode !== null || child.signalCode ? resolve() : child.once('exit', resolve)));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start(address, seed) {
  const answer = await fetch(`${address}api/v1/outage-runs`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({incident: 'suedwestfalen-2023', replications: 20, seed}),
  });
  return answer.status === 202 ? (await answer.json()).id : undefined;
}

test(`what was acknowledged survives ${kills} kills`, {timeout: 900_000}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'resmon-kill-'));
  const acknowledged = new Set();
  try {
    for (let kill = 0; kill < kills; ++kill) {
      const {child, address} = await serve(data);
      child.removeAllListeners('exit');
      // Every third is killed at some moment of its first second, the others some moment after their first acknowledgement.
      const early = kill % 3 === 0 ? pause((kill * 137) % 1000).then(() => child.kill('SIGKILL')) : undefined;
      let late;
      for (let seed = 0; seed < 5; ++seed) {
        const id = await start(address, kill * 5 + seed).catch(() => undefined);
        if (!id) break;
        acknowledged.add(id);
        late ??= early ?? pause((kill * 71) % 500).then(() => child.kill('SIGKILL'));
      }
      await (early ?? late);
      await ended(child);
      const check = spawnSync(program, ['--data', data, '--lang', 'en', 'doctor'], {encoding: 'utf8'});
      assert.equal(check.status, 0, check.stdout);
    }
    assert.ok(acknowledged.size > kills / 2, `only ${acknowledged.size} runs were acknowledged`);

    const {child, address} = await serve(data);
    child.removeAllListeners('exit');
    for (let tries = 0; ; ++tries) {
      const {runs} = await (await fetch(`${address}api/v1/outage-runs`)).json();
      const known = new Map(runs.map((run) => [run.id, run.state]));
      for (const id of acknowledged) assert.ok(known.has(id), `run ${id} was acknowledged and is lost`);
      const open = [...known.values()].filter((state) => state !== 'done');
      if (open.length === 0) break;
      assert.ok(tries < 600, `still open: ${open}`);
      await pause(500);
    }
    child.kill('SIGTERM');
    await ended(child);
    assert.equal(child.exitCode, 0, 'SIGTERM ends it in good order');
  } finally {
    rmSync(data, {recursive: true, force: true});
  }
});
