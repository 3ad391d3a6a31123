// The program is killed at any moment, while it computes and while it writes: what it had acknowledged is still there, the
// file is intact, and runs are taken up again. Number of kills: RESMON_KILLS (8).
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {ask, serving} from '../server/serving.mjs';

const program = process.env.RESMON_PROGRAM;
const kills = Number(process.env.RESMON_KILLS ?? 8);

const serve = async (data) => {
  const server = await serving(['--local'], {data});
  return {server, runs: (more) => ask(server.port, '/api/v1/outage-runs', more)};
};

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start(runs, seed) {
  const body = JSON.stringify({incident: 'suedwestfalen-2023', replications: 200, seed});
  const answer = await runs({method: 'POST', headers: {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}, body});
  return answer.status === 202 ? JSON.parse(answer.body).id : undefined;
}

test(`what was acknowledged survives ${kills} kills`, {timeout: 900_000}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'resmon-kill-'));
  const acknowledged = new Set();
  try {
    for (let kill = 0; kill < kills; ++kill) {
      const {server, runs} = await serve(data);
      // Every third is killed at some moment of its first second, the others some moment after their first acknowledgement.
      const early = kill % 3 === 0 ? pause((kill * 137) % 1000).then(() => server.kill()) : undefined;
      let late;
      for (let seed = 0; seed < 5; ++seed) {
        const id = await start(runs, kill * 5 + seed).catch(() => undefined);
        if (!id) break;
        acknowledged.add(id);
        late ??= early ?? pause((kill * 71) % 500).then(() => server.kill());
      }
      await (early ?? late);
      const check = spawnSync(program, ['--data', data, '--lang', 'en', 'doctor'], {encoding: 'utf8'});
      assert.equal(check.status, 0, check.stdout);
    }
    assert.ok(acknowledged.size > kills / 2, `only ${acknowledged.size} runs were acknowledged`);

    const {server, runs} = await serve(data);
    for (let tries = 0; ; ++tries) {
      const known = new Map(JSON.parse((await runs()).body).runs.map((run) => [run.id, run.state]));
      for (const id of acknowledged) assert.ok(known.has(id), `run ${id} was acknowledged and is lost`);
      const open = [...known.values()].filter((state) => state !== 'done');
      if (open.length === 0) break;
      assert.ok(tries < 600, `still open: ${open}`);
      await pause(500);
    }
    assert.equal(await server.stop(), 0, 'SIGTERM ends it in good order');
  } finally {
    rmSync(data, {recursive: true, force: true});
  }
});
