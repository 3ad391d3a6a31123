// No outbound connection: every system call that opens or addresses one is watched while the program is used.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {finishedReplay} from '../e2e/program.mjs';
import {ask, serving} from './serving.mjs';

const folder = mkdtempSync(join(tmpdir(), 'resmon-outbound-'));
test.after(() => rmSync(folder, {recursive: true, force: true}));

/** -D: the watched program is the child itself, so that the signal that ends it reaches it. */
const watched = (log) => ['strace', '-D', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-e', 'signal=none', '-o', log];
/** connect to an address of the internet, or a message that carries one: answers to those who came carry none. */
const outbound = (log) => readFileSync(log, 'utf8').split('\n').filter((line) => /sa_family=AF_INET6?/.test(line));

test('the watch sees a program that connects', () => {
  const log = join(folder, 'control');
  const script = "require('net').connect(9,'127.0.0.1').on('error',()=>{}); const s=require('dgram').createSocket('udp4'); s.send('x',9,'127.0.0.1',()=>s.close())";
  const {status, stderr} = spawnSync(watched(log)[0], [...watched(log).slice(1), process.execPath, '-e', script], {encoding: 'utf8'});
  assert.equal(status, 0, stderr);
  const seen = outbound(log).join('\n');
  assert.match(seen, /connect\(/);
  assert.match(seen, /send(to|msg|mmsg)\(/);
});

test('serving pages, a replay, live events and health opens no outbound connection', async () => {
  const log = join(folder, 'serve');
  // The leak check of sanitized builds cannot run under a tracer.
  const server = await serving(['--local'], {before: watched(log), env: {ASAN_OPTIONS: 'detect_leaks=0'}});
  try {
    for (const path of ['/', '/api/v1/about', '/api/v1/catalogue', '/api/v1/bodies?search=Siegen', '/readyz', '/metrics']) assert.equal((await ask(server.port, path)).status, 200, path);
    const id = await finishedReplay(`http://127.0.0.1:${server.port}`, {replications: 10});
    for (const part of ['/events', '/result', '/map?service=passport', '/tables/assumptions']) assert.equal((await ask(server.port, `/api/v1/outage-runs/${id}${part}`)).status, 200, part);
  } finally {
    assert.equal(await server.stop(), 0);
  }
  assert.deepEqual(outbound(log), []);
});
