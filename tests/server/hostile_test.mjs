// Clients that mean harm: each with what it gets, and proof that others are served meanwhile.
import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {after, afterEach, before, test} from 'node:test';

import {ask, raw, serving} from './serving.mjs';

let server;
let head;
/** After how many seconds each of the slow ones was sent away; they go on while the other tests run. */
let slow;
before(async () => {
  server = await serving(['--local']);
  head = `Host: 127.0.0.1:${server.port}\r\n`;
  slow = [drip(`GET / HTTP/1.1\r\n${head}X-Slow: `), drip(`${post}${head}${json}Content-Length: 100000\r\n\r\n`), drip('GET /'), drip('', '')];
});
after(async () => assert.equal(await server?.stop(), 0, 'it ends in good order after all of this'));

const alive = async () => assert.equal((await ask(server.port, '/healthz')).status, 200);
afterEach(alive);

const send = async (bytes) => (await raw(server.port, bytes)).text;
/** A refused connection stays open for two seconds: many are tried at once. */
const each = (cases, tried) => Promise.all(cases.map(tried));
const post = 'POST /api/v1/outage-runs HTTP/1.1\r\n';
const json = 'Content-Type: application/json\r\n';

/** One byte and then another every half second, until the server ends it. */
const drip = (first, drop = 'x') =>
  new Promise((ended) => {
    const began = Date.now();
    const socket = connect(server.port, '127.0.0.1', () => socket.write(first));
    const timer = setInterval(() => socket.write(drop), 500);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      ended((Date.now() - began) / 1000);
    });
    socket.resume();
  });

/** One answer with this status, complete, in our words; then the end of the connection. */
function assertRefused(text, status, type) {
  assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `), text.slice(0, 200));
  assert.equal(text.match(/HTTP\/1\.1 \d/g).length, 1, 'nothing after it was taken for a request');
  const [headers, body] = text.split('\r\n\r\n');
  assert.match(headers, /Connection: close/i);
  assert.match(headers, /X-Request-Id: [0-9a-f]{16}/);
  assert.match(headers, /Content-Security-Policy: default-src 'none'/);
  assert.equal(JSON.parse(body).type, `/problems/${type}`);
}

test('300 idle connections, 300 half requests and 300 that wait for more keep nobody else waiting', async () => {
  const began = [];
  for (const bytes of ['', `GET / HTTP/1.1\r\n${head}X-Slow: `, `GET /healthz HTTP/1.1\r\n${head}\r\n`])
    for (let count = 0; count < 300; ++count) {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
      socket.on('error', () => {});
      socket.resume();
      began.push(socket);
    }
  for (let times = 0; times < 20; ++times) await alive();
  for (const socket of began) socket.destroy();
});

test('a body that is too large: 413, by its announcement or by its chunks', async () => {
  assertRefused(await send(`${post}${head}${json}Content-Length: 9000000\r\n\r\n${' '.repeat(10_000)}`), 413, 'too-large');
  assertRefused(await send(`${post}${head}${json}Content-Length: 1048577\r\n\r\n`), 413, 'too-large');
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
  assertRefused(await send(`${post}${head}${json}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}`), 413, 'too-large');
  const {status} = await ask(server.port, '/api/v1/outage-runs', {method: 'POST', headers: {'content-type': 'application/json'}, body: ' '.repeat(1 << 20)});
  assert.equal(status, 422, 'a body at the limit is read');
});

test('headers that are too long, too many, too large together: 431; an address: 414', async () => {
  const get = `GET / HTTP/1.1\r\n${head}`;
  const many = (count, value) => Array.from({length: count}, (_, n) => `X-${n}: ${value}\r\n`).join('');
  await each(
    [`X-Long: ${'x'.repeat(9000)}\r\n`, `X-${'n'.repeat(300)}: 1\r\n`, many(65, '1'), many(20, 'x'.repeat(8000))],
    async (headers) => assertRefused(await send(`${get}${headers}\r\n`), 431, 'headers-too-large'),
  );
  assertRefused(await send(`GET /${'x'.repeat(5000)} HTTP/1.1\r\n${head}\r\n`), 414, 'address-too-long');
});

test('what two servers could read as different requests is refused, and nothing behind it is read', async () => {
  const smuggled = `GET /healthz HTTP/1.1\r\n${head}\r\n`;
  await each([
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
    'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n',
    'Content-Length: 4\r\nContent-Length: 5\r\n',
    'Content-Length: 4\r\nContent-Length: 4\r\n',
    'Content-Length: 4, 5\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: +4\r\n',
    'Content-Length: 0x4\r\n',
    'Content-Length: 99999999999999999999\r\n',
    'Content-Length:\r\n',
    'Content-Length : 4\r\n',
    'Transfer-Encoding : chunked\r\n',
    'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
  ], async (framing) => assertRefused(await send(`${post}${head}${json}${framing}\r\n0\r\n\r\n${smuggled}`), 400, 'malformed-request'));
});

test('other codings than chunked are refused, or end with the connection', async () => {
  const codings = ['gzip, chunked', 'xchunked', 'identity', 'chunked, identity', '\x0bchunked'];
  await each(codings.flatMap((coding) => [`Transfer-Encoding: ${coding}\r\n`, `Transfer-Encoding:\r\n ${coding}\r\n`]), async (framing) => {
    const text = await send(`${post}${head}${json}Connection: close\r\n${framing}\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n${head}\r\n`);
    assert.doesNotMatch(text, /HTTP\/1\.1 2/, JSON.stringify(framing));
    assert.ok((text.match(/HTTP\/1\.1 \d/g) ?? []).length <= 1, JSON.stringify(framing));
  });
});

test('chunks of absurd size are refused', async () => {
  await each(['FFFFFFFFFFFFFFFF', 'FFFFFFFFFFFFFFFFFF', '-1', 'xyz'], async (size) =>
    assertRefused(await send(`${post}${head}${json}Transfer-Encoding: chunked\r\n\r\n${size}\r\n{}\r\n0\r\n\r\n`), 400, 'malformed-request'));
  assertRefused(await send(`${post}${head}${json}Transfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n${' '.repeat(1_100_000)}`), 413, 'too-large');
});

test('lines that are no HTTP/1.1 are refused', async () => {
  await each([
    ['GET /healthz', 505],
    ['GET /healthz HTTP/0.9', 505],
    ['GET /healthz HTTP/2.0', 505],
    ['GET /healthz HTTP/9.9', 505],
    ['GET /healthz HTTP/1.1 x', 400],
    ['GET /healthz JUNK/1.1', 400],
    ['NONSENSE / HTTP/1.1', 400],
    ['\x16\x03\x01\x02\x00\x01\x00', 400],
    ['PRI * HTTP/2.0', 400],
    [' GET / HTTP/1.1', 400],
  ], async ([line, status]) => assertRefused(await send(`${line}\r\n${head}\r\n`), status, 'malformed-request'));
});

test('headers that are no headers are refused', async () => {
  await each(['X Y: 1', ': 1', 'X\x00Y: 1', 'X-Y: a\x00b', 'X-Y: a\x01b', 'no colon', ':refused: 200'], async (field) =>
    assertRefused(await send(`GET /healthz HTTP/1.1\r\n${head}${field}\r\n\r\n`), 400, 'malformed-request'));
});

test('methods and targets that servers are tricked with', async () => {
  const status = async (line, more = '') => Number(/^HTTP\/1\.1 (\d+)/.exec(await send(`${line} HTTP/1.1\r\n${head}Connection: close\r\n${more}\r\n`))?.[1]);
  assert.equal(await status('OPTIONS *'), 400);
  assert.equal(await status('OPTIONS /'), 405);
  assert.equal(await status('TRACE /', 'X-Secret: echo\r\n'), 405);
  assert.equal(await status('TRACE /api/v1/about'), 405);
  assert.equal(await status('PUT /api/v1/about'), 405);
  assert.equal(await status('GET http://evil.example/'), 400);
  assert.equal(await status('GET //evil.example/'), 404, 'no address of another host is made of it');
  assert.equal(await status('CONNECT evil.example:443'), 400);
  assert.doesNotMatch(await send(`TRACE / HTTP/1.1\r\n${head}Connection: close\r\nX-Secret: echo\r\n\r\n`), /X-Secret|echo/);
});

test('an upgrade to another protocol is not taken', async () => {
  for (const more of ['Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n']) {
    const text = await send(`GET /healthz HTTP/1.1\r\n${head}${more}\r\n`);
    assert.match(text, /^HTTP\/1\.1 200/);
    assert.equal(text.match(/HTTP\/1\.1 \d/g).length, 1);
  }
});

test('an address that climbs out of the pages finds nothing', async () => {
  for (const path of [
    '/../../etc/passwd.txt', '/%2e%2e/%2e%2e/etc/passwd.txt', '/..%2f..%2fetc/passwd.txt', '/%252e%252e%252fetc/passwd.txt',
    '/..\\..\\etc\\passwd.txt', '/..%5c..%5cetc%5cpasswd.txt', '/assets/../../../etc/passwd.txt', '/....//....//etc/passwd.txt', '/%c0%ae%c0%ae/etc/passwd.txt', '/etc/passwd%00.txt', '/file:///etc/passwd.txt',
  ]) {
    const text = await send(`GET ${path} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 (400|404)/, path);
    assert.doesNotMatch(text, /root:/, path);
  }
});

test('bytes that are no UTF-8, and escapes that are none, are refused in the address and in the body', async () => {
  for (const path of ['/%ff', '/api/v1/bodies?search=%ff', '/api/v1/bodies?search=%ed%a0%80', '/api/v1/bodies?search=%f5%80%80%80', '/%zz', '/%4', '/%00'])
    assert.match(await send(`GET ${path} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`), /^HTTP\/1\.1 400/, path);
  const body = Buffer.from([...Buffer.from('{"incident":"'), 0xff, 0xfe, ...Buffer.from('"}')]);
  const answer = await ask(server.port, '/api/v1/outage-runs', {method: 'POST', headers: {'content-type': 'application/json'}, body});
  assert.equal(answer.status, 422);
  assert.ok(answer.body.isWellFormed?.() ?? true);
});

test('line ends in what is echoed make no header and no second answer', async () => {
  for (const path of [
    '/api/v1/outage-runs/x%0d%0aSet-Cookie:%20a=b',
    '/api/v1/outage-runs/x%0d%0a%0d%0aHTTP/1.1%20200%20OK',
    '/x%0aSet-Cookie:%20a=b.txt',
    '/api/v1/outage-runs/x/tables/%0d%0aSet-Cookie:%20a=b',
    '/api/v1/catalogue/incidents/%0d%0aSet-Cookie:%20a=b',
  ]) {
    const text = await send(`GET ${path} HTTP/1.1\r\n${head}If-None-Match: "a"%0d%0ab: c\r\nLast-Event-ID: %0d%0a\r\nX-Request-Id: a%0d%0ab: c\r\nConnection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 4/, path);
    assert.doesNotMatch(text.split('\r\n\r\n')[0], /set-cookie|^b:/im, path);
    assert.equal(text.match(/^HTTP\/1\.1 \d/gm).length, 1, path);
  }
});

test('two hosts are one too many', async () => {
  assert.match(await send(`GET / HTTP/1.1\r\n${head}Host: evil.example\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 403/);
  assert.match(await send(`GET / HTTP/1.1\r\n${head}${head}Connection: close\r\n\r\n`), /^HTTP\/1\.1 403/);
});

test('rubbish after a good request does not cost its answer', async () => {
  const text = await send(`GET /healthz HTTP/1.1\r\n${head}\r\n\x00\x01rubbish\r\n\r\n`);
  assert.match(text, /^HTTP\/1\.1 200/);
  assert.match(text, /\r\n\r\nok\nHTTP\/1\.1 400 /);
});

test('requests that are sent ahead are answered in their order', async () => {
  const text = await send(`GET /healthz HTTP/1.1\r\n${head}\r\nGET /readyz HTTP/1.1\r\n${head}\r\nGET /nothing.txt HTTP/1.1\r\n${head}Connection: close\r\n\r\n`);
  assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 404']);
  assert.ok(text.indexOf('ok\n') < text.indexOf('ready\n'));
});

test('slow headers and slow bodies keep nobody waiting, and end after half a minute', async () => {
  for (let times = 0; times < 10; ++times) {
    await alive();
    await new Promise((later) => setTimeout(later, 200));
  }
  for (const seconds of await Promise.all(slow)) assert.ok(seconds > 20 && seconds < 60, `${seconds} s`);
});
