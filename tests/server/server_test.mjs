// The server as a stranger, a slow client and a browser see it: real sockets, real program.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {request} from 'node:http';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {brotliDecompressSync, gunzipSync} from 'node:zlib';

import {finishedReplay, startProgram} from '../e2e/program.mjs';

let program;
let port;
before(async () => {
  program = await startProgram();
  port = Number(new URL(program.address).port);
});
after(() => program.stop());

/** fetch decides about Host, Origin and encodings itself; this does not. */
function ask(path, {method = 'GET', headers = {}, body} = {}) {
  return new Promise((resolve, reject) => {
    const wish = request({host: '127.0.0.1', port, path, method, headers: {host: `127.0.0.1:${port}`, ...headers}}, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces)}));
    });
    wish.on('error', reject);
    wish.end(body);
  });
}

/** Sends bytes as they are and tells what came back when the connection ended. */
function raw(bytes, patience = 10_000) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('data', (piece) => (text += piece));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

const alive = async () => assert.equal((await ask('/healthz')).status, 200);

test('a page under another name gets nothing (DNS rebinding)', async () => {
  for (const host of ['Host: evil.example', `Host: evil.example:${port}`, 'Host: 127.0.0.1', 'Host: ', 'X-No: host'])
    assert.match(await raw(`GET /api/v1/about HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 403/, host);
});

test('the service worker lies at the root, is asked for anew each time, and knows every file of the pages', async () => {
  const {status, headers, body} = await ask('/service-worker.js');
  assert.deepEqual([status, headers['cache-control'], headers['content-type']], [200, 'no-cache', 'text/javascript; charset=utf-8']);
  const files = JSON.parse(/const files = (\[.*\]);/.exec(body.toString())[1]);
  assert.ok(files.includes('/index.html') && files.length > 20, `${files.length} files`);
  for (const file of files) assert.equal((await ask(file)).status, 200, file);
});

test('what the program says about people and answers is kept by no browser', async () => {
  for (const path of ['/api/v1/session', '/api/v1/responses', '/api/v1/about', '/api/v1/nothing'])
    assert.equal((await ask(path)).headers['cache-control'], 'no-store', path);
  assert.equal((await ask('/api/v1/questionnaires/resilienzmonitor')).headers['cache-control'], 'no-cache', 'the same for everybody, and asked for by its tag');
});

test('a page of another origin gets nothing', async () => {
  assert.equal((await ask('/api/v1/about', {headers: {origin: 'http://evil.example'}})).status, 403);
  assert.equal((await ask('/api/v1/about', {headers: {origin: 'null'}})).status, 403);
  assert.equal((await ask('/api/v1/about', {headers: {origin: `http://127.0.0.1:${port}`}})).status, 200);
});

test('every answer carries a policy that allows no inline script and no other place', async () => {
  for (const path of ['/', '/api/v1/about', '/api/v1/nothing', '/healthz']) {
    const {headers} = await ask(path);
    assert.match(headers['content-security-policy'], /default-src 'none'; script-src 'self'/, path);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe|\*|https?:/, path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['x-frame-options'], 'DENY', path);
  }
});

test('pages come with Brotli or gzip to those who take it, plain to others, and not twice', async () => {
  const plain = await ask('/');
  assert.equal(plain.headers['content-encoding'], undefined);
  for (const [taken, encoding, unpack] of [
    ['gzip, br', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ]) {
    const packed = await ask('/', {headers: {'accept-encoding': taken}});
    assert.equal(packed.headers['content-encoding'], encoding, taken);
    assert.equal(packed.headers.vary, 'Accept-Encoding');
    assert.deepEqual(unpack(packed.body), plain.body);
  }
  assert.equal((await ask('/', {headers: {'accept-encoding': 'identity, zebra, br; q=0.0'}})).headers['content-encoding'], undefined);
  const again = await ask('/', {headers: {'if-none-match': plain.headers.etag}});
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('a large answer of the API comes compressed to those who take it, and its tag asks again', async () => {
  const path = '/api/v1/openapi.json';
  const plain = await ask(path);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const packed = await ask(path, {headers: {'accept-encoding': 'gzip, deflate, br'}});
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(Number(packed.headers['content-length']), packed.body.length);
  assert.ok(packed.body.length < plain.body.length / 4, `${packed.body.length} of ${plain.body.length}`);
  assert.deepEqual(gunzipSync(packed.body), plain.body);
  assert.equal(packed.headers.etag, `W/${plain.headers.etag}`);
  for (const {etag} of [plain.headers, packed.headers]) {
    const again = await ask(path, {headers: {'accept-encoding': 'gzip', 'if-none-match': etag}});
    assert.deepEqual([again.status, again.headers.etag, again.headers.vary, again.body.length], [304, etag, 'Accept-Encoding', 0]);
  }
  const head = await ask(path, {method: 'HEAD', headers: {'accept-encoding': 'gzip'}});
  assert.deepEqual([head.headers['content-length'], head.headers['content-encoding'], head.body.length], [packed.headers['content-length'], 'gzip', 0]);
});

test('an answer with a token against forged requests says that it is a secret, and so is never compressed', async () => {
  const {headers} = await ask('/api/v1/session', {headers: {'accept-encoding': 'gzip'}});
  assert.deepEqual([headers['content-encoding'], headers['cache-control']], [undefined, 'no-store']);
});

test('HEAD tells the length and sends nothing', async () => {
  const whole = await ask('/api/v1/about');
  const head = await ask('/api/v1/about', {method: 'HEAD'});
  assert.equal(head.status, 200);
  assert.equal(Number(head.headers['content-length']), whole.body.length);
  assert.equal(head.body.length, 0);
});

test('a path that climbs out of the pages finds nothing', async () => {
  for (const path of ['/../../etc/passwd.txt', '/assets/..%2f..%2fetc/passwd.txt', '/%2e%2e/secret.txt'])
    assert.match(await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 404/, path);
});

test('bytes that are no text, and escapes that are none, are refused', async () => {
  for (const path of ['/api/v1/bodies?search=%ff%fe', '/api/v1/bodies?search=%zz', '/api/v1/bodies?search=%00'])
    assert.equal((await ask(path)).status, 400, path);
  await alive();
});

test('a header cannot smuggle another header into the answer', async () => {
  const answer = await raw(`GET /api/v1/outage-runs/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 4/);
  assert.doesNotMatch(answer.split('\r\n\r\n')[0], /set-cookie/i);
});

test('bodies and headers beyond the limit end the connection and nothing else', async () => {
  const head = `Host: 127.0.0.1:${port}\r\nConnection: close\r\n`;
  const large = await raw(`POST /api/v1/outage-runs HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 9000000\r\n\r\n${' '.repeat(3_000_000)}`);
  assert.doesNotMatch(large, /^HTTP\/1\.1 2/);
  const long = await raw(`GET / HTTP/1.1\r\n${head}X-Long: ${'x'.repeat(100_000)}\r\n\r\n`);
  assert.doesNotMatch(long, /^HTTP\/1\.1 2/);
  const many = await raw(`GET / HTTP/1.1\r\n${head}${Array.from({length: 200}, (_, n) => `X-${n}: 1\r\n`).join('')}\r\n`);
  assert.doesNotMatch(many, /^HTTP\/1\.1 2/);
  await alive();
});

test('JSON that nests without end is refused', async () => {
  const body = '['.repeat(100_000) + ']'.repeat(100_000);
  const answer = await ask('/api/v1/outage-runs', {method: 'POST', headers: {'content-type': 'application/json'}, body});
  assert.equal(answer.status, 422);
  await alive();
});

test('clients that dawdle and connections without number keep nobody else waiting', async () => {
  const idle = Array.from({length: 150}, () => connect(port, '127.0.0.1').on('error', () => {}));
  for (const socket of idle) socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
  await alive();
  for (const socket of idle) socket.destroy();
  await alive();
});

test('events begin again after the last one that was seen', async () => {
  const id = await finishedReplay(program.address, {replications: 10});
  const first = (await ask(`/api/v1/outage-runs/${id}/events`)).body.toString();
  assert.match(first, /^id: \d+\nevent: end\ndata: \{.*"state":"done"/m);
  const seen = /^id: (\d+)/m.exec(first)[1];
  const again = (await ask(`/api/v1/outage-runs/${id}/events`, {headers: {'last-event-id': seen}})).body.toString();
  assert.match(again, /event: end/);
});

test('only this machine: another address is refused before anything listens', () => {
  const refused = spawnSync(process.env.RESMON_PROGRAM, ['--lang', 'en', 'serve', '--address', '0.0.0.0', '--port', '0'], {encoding: 'utf8', timeout: 60_000});
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /--address: must be this machine itself .* is 0\.0\.0\.0/);
});

test('a taken port: the next free one is taken, and said', async () => {
  const blocker = createServer().unref();
  await new Promise((listening) => blocker.listen(0, '127.0.0.1', listening));
  const taken = blocker.address().port;
  const data = mkdtempSync(join(tmpdir(), 'resmon-port-'));
  const child = spawn(process.env.RESMON_PROGRAM, ['--data', data, '--lang', 'en', 'serve', '--port', String(taken)], {stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  let warned = '';
  child.stderr.on('data', (text) => (warned += text));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${warned}`)));
  });
  assert.ok(address > taken && address < taken + 50);
  assert.match(warned, new RegExp(String(taken)));
  const ended = new Promise((done) => {
    child.removeAllListeners('exit');
    child.on('exit', done);
  });
  child.kill('SIGTERM');
  assert.equal(await ended, 0, 'SIGTERM ends it in good order');
  blocker.close();
  rmSync(data, {recursive: true, force: true});
});
