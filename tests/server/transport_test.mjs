// Encrypted, behind a proxy, or on this machine only: as a browser, a proxy and a careless operator see it.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {Agent} from 'node:https';
import {connect as connectPlain} from 'node:net';
import {networkInterfaces, tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {connect} from 'node:tls';

import {ask, raw, serving} from './serving.mjs';

const resmon = (...words) => spawnSync(process.env.RESMON_PROGRAM, words, {encoding: 'utf8', timeout: 120_000, env: {...process.env, LC_ALL: 'C', LANG: 'C'}});

let folder;
let pair;
let ca;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'resmon-tls-'));
  pair = join(folder, 'pair');
  const made = resmon('tls', 'new', '--host', 'resmon.example', '--host', '127.0.0.1', '--output', pair);
  assert.equal(made.status, 0, made.stderr);
  ca = readFileSync(join(pair, 'ca.crt'));
});
after(() => rmSync(folder, {recursive: true, force: true}));

describe('resmon tls new', () => {
  test('makes an authority and a server certificate, keys for their owner only', () => {
    for (const [file, mode] of [['ca.crt', 0o644], ['ca.key', 0o600], ['server.crt', 0o644], ['server.key', 0o600]])
      assert.equal(statSync(join(pair, file)).mode & 0o777 & ~0o022, mode, file);
    const authority = new X509Certificate(ca);
    const own = new X509Certificate(readFileSync(join(pair, 'server.crt')));
    assert.ok(authority.ca && !own.ca);
    assert.ok(own.verify(authority.publicKey) && own.checkIssued(authority));
    assert.equal(own.subjectAltName, 'DNS:resmon.example, IP Address:127.0.0.1');
    assert.equal((Date.parse(own.validTo) - Date.parse(own.validFrom)) / 86_400_000, 825);
    const checked = spawnSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'resmon.example', '-CAfile', join(pair, 'ca.crt'), join(pair, 'server.crt')], {encoding: 'utf8'});
    assert.equal(checked.status, 0, checked.stderr);
  });

  test('says in plain words what to do with each file', () => {
    const said = resmon('tls', 'new', '--host', 'a.example', '--output', join(folder, 'words'));
    const {fingerprint256} = new X509Certificate(readFileSync(join(folder, 'words', 'ca.crt')));
    assert.match(said.stdout, /Für jeden Arbeitsplatz, einmal: .*ca\.crt als vertrauenswürdige/);
    assert.match(said.stdout, /ca\.key gehört nicht auf den Server/);
    assert.ok(said.stdout.includes(fingerprint256));
    assert.equal(resmon('--quiet', 'tls', 'new', '--host', 'a.example', '--output', join(folder, 'quiet')).stdout, '');
  });

  test('overwrites nothing, not even a part', () => {
    const earlier = readFileSync(join(pair, 'server.key'));
    const again = resmon('--lang', 'en', 'tls', 'new', '--host', 'resmon.example', '--output', pair);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /server\.crt exists already\. Name another folder/);
    assert.deepEqual(readFileSync(join(pair, 'server.key')), earlier);
    const half = join(folder, 'half');
    resmon('tls', 'new', '--host', 'a.example', '--output', half);
    for (const file of ['server.crt', 'server.key', 'ca.crt']) rmSync(join(half, file));
    assert.equal(resmon('tls', 'new', '--host', 'a.example', '--output', half).status, 2);
    assert.ok(!existsSync(join(half, 'server.crt')));
  });

  test('refuses what is no name with place and expectation', () => {
    const refused = resmon('--lang', 'en', 'tls', 'new', '--host', 'a b', '--host', '10.0.0.256', '--output', join(folder, 'none'));
    assert.equal(refused.status, 2);
    assert.equal(refused.stderr, '--host: must be a name such as resmon.intern or an address, is a b\n--host: must be a name such as resmon.intern or an address, is 10.0.0.256\n');
    assert.ok(!existsSync(join(folder, 'none')));
  });

  test('issues the next certificate by the same authority', () => {
    const next = join(folder, 'next');
    assert.equal(resmon('tls', 'new', '--host', 'resmon.example', '--output', next, '--ca', pair).status, 0);
    assert.ok(new X509Certificate(readFileSync(join(next, 'server.crt'))).verify(new X509Certificate(ca).publicKey));
    assert.ok(!existsSync(join(next, 'ca.key')));
  });
});

describe('with a certificate', () => {
  let server;
  let certificate;
  let key;
  before(async () => {
    certificate = join(folder, 'server.crt');
    key = join(folder, 'server.key');
    copyFileSync(join(pair, 'server.crt'), certificate);
    copyFileSync(join(pair, 'server.key'), key);
    server = await serving(['--address', '0.0.0.0', '--tls-cert', certificate, '--tls-key', key]);
  });
  after(() => server?.stop());

  /** What a handshake ends in: the protocol and cipher, or the error's code. */
  const handshake = (options) =>
    new Promise((done) => {
      const socket = connect({host: '127.0.0.1', port: server.port, ca, ...options}, () => {
        done(`${socket.getProtocol()} ${socket.getCipher().name} ${socket.getPeerCertificate().serialNumber}`);
        socket.destroy();
      });
      socket.on('error', (error) => done(error.code));
    });

  test('pages and API come encrypted, and shall from now on', async () => {
    assert.match(server.log(), /https:\/\//);
    for (const path of ['/', '/api/v1/session', '/healthz']) {
      const answer = await ask(server.port, path, {ca});
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
    }
  });

  test('who does not know the authority is warned, who calls by another name is refused', async () => {
    await assert.rejects(ask(server.port, '/', {ca: []}), /self-signed|unable to/);
    assert.equal((await ask(server.port, '/', {ca, headers: {host: `resmon.example:${server.port}`}, servername: 'resmon.example'})).status, 200);
    assert.equal((await ask(server.port, '/', {ca, headers: {host: `evil.example:${server.port}`}, checkServerIdentity: () => undefined})).status, 403);
    assert.equal((await ask(server.port, '/', {ca, headers: {origin: `http://127.0.0.1:${server.port}`}})).status, 403);
    assert.equal((await ask(server.port, '/', {ca, headers: {origin: `https://127.0.0.1:${server.port}`}})).status, 200);
  });

  test('old versions and ciphers without forward secrecy or authentication are refused', async () => {
    assert.match(await handshake({}), /^TLSv1\.3 TLS_/);
    assert.match(await handshake({maxVersion: 'TLSv1.2'}), /^TLSv1\.2 ECDHE-ECDSA-(AES|CHACHA20)/);
    for (const version of ['TLSv1', 'TLSv1.1'])
      assert.match(await handshake({minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0'}), /ALERT_PROTOCOL_VERSION/, version);
    for (const cipher of ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-CCM8'])
      assert.match(await handshake({maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0`}), /HANDSHAKE_FAILURE/, cipher);
  });

  test('plain HTTP on the encrypted port gets nothing', async () => {
    assert.doesNotMatch((await raw(server.port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')).text, /HTTP\/1\.1/);
  });

  test('who only connects is sent away after ten seconds', async () => {
    const {text, seconds} = await raw(server.port, '');
    assert.equal(text, '');
    assert.ok(seconds > 8 && seconds < 25, `${seconds} s`);
  });

  test('400 who never shake hands keep nobody else waiting', async () => {
    const idle = Array.from({length: 400}, () => connectPlain(server.port, '127.0.0.1').on('error', () => {}));
    assert.equal((await ask(server.port, '/healthz', {ca})).status, 200);
    for (const socket of idle) socket.destroy();
  });

  test('a new certificate is shown after SIGHUP, without an end to what runs', async () => {
    const next = join(folder, 'renewed');
    assert.equal(resmon('tls', 'new', '--host', 'resmon.example', '--host', '127.0.0.1', '--output', next, '--ca', pair).status, 0);
    const earlier = await handshake({});
    const agent = new Agent({keepAlive: true, maxSockets: 1});
    assert.equal((await ask(server.port, '/healthz', {ca, agent})).status, 200);
    copyFileSync(join(next, 'server.crt'), certificate);
    copyFileSync(join(next, 'server.key'), key);
    process.kill(server.pid, 'SIGHUP');
    await server.said(/new connections see the certificate CN = resmon\.example, valid until/);
    const {serialNumber} = new X509Certificate(readFileSync(certificate));
    assert.ok((await handshake({})).endsWith(serialNumber));
    assert.ok(!earlier.endsWith(serialNumber));
    assert.equal((await ask(server.port, '/healthz', {ca, agent})).status, 200, 'the connection from before lives on');
    agent.destroy();
  });

  test('a broken new pair leaves the old one, and the log says so', async () => {
    const shown = await handshake({});
    for (const [file, content] of [[certificate, 'no certificate'], [key, readFileSync(join(pair, 'ca.key'))]]) {
      const good = readFileSync(file);
      writeFileSync(file, content);
      process.kill(server.pid, 'SIGHUP');
      await server.said(new RegExp(`the certificate stays the one before: ${file}: must `));
      assert.equal(await handshake({}), shown);
      writeFileSync(file, good);
    }
  });

  test('another machine is answered by the name in the certificate, and has no /metrics', async (t) => {
    const other = Object.values(networkInterfaces()).flat().find(({family, internal}) => family === 'IPv4' && !internal);
    if (!other) return t.skip('this machine has no address but loopback');
    const wish = {ca, to: other.address, from: other.address, servername: 'resmon.example'};
    assert.equal((await ask(server.port, '/', {...wish, headers: {host: 'resmon.example'}})).status, 200);
    assert.equal((await ask(server.port, '/', {...wish, headers: {host: `localhost:${server.port}`}})).status, 403);
    assert.equal((await ask(server.port, '/metrics', {...wish, headers: {host: 'resmon.example'}})).status, 404);
    assert.equal((await ask(server.port, '/metrics', {ca})).status, 200);
  });
});

describe('behind a proxy', () => {
  const proxy = '127.0.0.2';
  let server;
  before(async () => {
    server = await serving(['--behind-proxy', '127.0.0.2', '--behind-proxy', 'fd00::/8', '--host', 'resmon.example']);
  });
  after(() => server?.stop());
  const forwarded = {'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'resmon.example'};
  const by = (from, headers, path = '/api/v1/session') => ask(server.port, path, {from, headers});

  test('the proxy is believed: https, the name, the person', async () => {
    const answer = await by(proxy, forwarded);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
    assert.equal((await by(proxy, {...forwarded, origin: 'https://resmon.example'})).status, 200);
    assert.equal((await by(proxy, {...forwarded, origin: 'http://resmon.example'})).status, 403);
  });

  test('whoever comes past the proxy is not believed', async () => {
    const answer = await by('127.0.0.1', forwarded);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['strict-transport-security'], undefined);
    assert.equal((await by('127.0.0.3', {...forwarded, host: 'evil.example', 'x-forwarded-host': `127.0.0.1:${server.port}`})).status, 403);
  });

  test('a proxy that does not encrypt, or does not say so, gets a sentence with the remedy', async () => {
    for (const scheme of ['http', 'https, http', ''])
      for (const [language, sentence] of [['de', /Ein Proxy muss X-Forwarded-For und X-Forwarded-Proto: https senden/], ['en', /A proxy must send X-Forwarded-For and X-Forwarded-Proto: https/]]) {
        const answer = await by(proxy, {...forwarded, 'x-forwarded-proto': scheme, 'accept-language': language});
        assert.equal(answer.status, 403);
        assert.match(JSON.parse(answer.body).title, sentence);
      }
  });

  test('another name than those that were said is refused', async () => {
    for (const host of ['evil.example', `127.0.0.1:${server.port}`, 'localhost', 'resmon.example, evil.example'])
      assert.equal((await by(proxy, {...forwarded, 'x-forwarded-host': host})).status, 403, host);
  });

  test('/metrics is for this machine alone, /healthz and /readyz for everybody', async () => {
    assert.equal((await by('127.0.0.1', {}, '/metrics')).status, 200);
    assert.equal((await by(proxy, forwarded, '/metrics')).status, 404);
    assert.equal((await by('127.0.0.1', {'x-forwarded-for': '127.0.0.1'}, '/metrics')).status, 404);
    assert.equal((await by('127.0.0.1', {via: '1.1 somebody'}, '/metrics')).status, 404);
    for (const [path, text] of [['/healthz', 'ok\n'], ['/readyz', 'ready\n']]) {
      const answer = await by(proxy, {host: '192.0.2.1'}, path);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.body, text);
    }
  });

  test('every answer names its request', async () => {
    const ids = new Set();
    for (const path of ['/', '/healthz', '/api/v1/nothing', '/nothing.txt']) {
      const {headers} = await by('127.0.0.1', {'x-request-id': 'mine'}, path);
      assert.match(headers['x-request-id'], /^[0-9a-f]{16}$/, path);
      ids.add(headers['x-request-id']);
    }
    assert.equal(ids.size, 4);
  });
});

test('what would leave this machine unencrypted is refused before anything listens, with the remedy', () => {
  const refused = (...words) => {
    const {status, stderr} = resmon('--lang', 'en', '--data', join(folder, 'never'), 'serve', '--port', '0', ...words);
    assert.equal(status, 2, words.join(' '));
    return stderr;
  };
  const certificate = ['--tls-cert', join(pair, 'server.crt')];
  const key = ['--tls-key', join(pair, 'server.key')];
  assert.match(refused('--address', '0.0.0.0'), /^--address: must be this machine itself .* is 0\.0\.0\.0\. To be reached from elsewhere: --tls-cert FILE --tls-key FILE/);
  assert.match(refused('--address', '::', '--local', ...certificate, ...key), /^--address: must be this machine itself \(127\.0\.0\.1 or ::1\) with --local, is ::/);
  assert.match(refused('--local', '--behind-proxy', '10.0.0.0/8', '--host', 'a.example'), /^--behind-proxy: must not stand beside --local/);
  assert.match(refused('--behind-proxy', '10.0.0.0/8'), /^--host: is missing/);
  assert.match(refused('--behind-proxy', '10.0.0.1/8', '--host', 'a.example'), /^--behind-proxy: must begin where its bits end: only zeros after them, is 10\.0\.0\.1\/8/);
  assert.match(refused('--behind-proxy', '0.0.0.0/0', '--host', 'a.example'), /^--behind-proxy: must have 1 to 32 bits/);
  assert.match(refused(...certificate), /^--tls-key: is missing/);
  assert.match(refused(...certificate, '--tls-key', join(pair, 'ca.key')), /ca\.key: must be the key of the certificate in /);
  assert.match(refused('--tls-cert', join(folder, 'none.crt'), ...key), /none\.crt: must be a file that can be read/);
  assert.ok(!existsSync(join(folder, 'never')));
});
