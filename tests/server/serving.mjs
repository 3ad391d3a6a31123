// Starts `resmon serve` with the words of a test, on a free port; asks it, whole or by raw bytes.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {request as plainRequest} from 'node:http';
import {request as tlsRequest} from 'node:https';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/**
 * `port`, `log()` (everything it said), `said(pattern)` waits for it, `stop()` and `kill()` end it. `before` is put before the
 * program; `data` is a data folder that is kept.
 */
export async function serving(words, {before = [], env = {}, data} = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'resmon-serving-'));
  const [program, ...rest] = [...before, process.env.RESMON_PROGRAM, '--lang', 'en', '--data', folder, 'serve', '--port', '0', ...words];
  const child = spawn(program, rest, {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...env}});
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  const ended = new Promise((done) => child.on('close', done));
  const said = async (pattern, patience = 120_000) => {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = pattern.exec(log);
      if (found) return found;
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) throw new Error(`${pattern} was not said:\n${log}`);
      await new Promise((later) => setTimeout(later, 20));
    }
  };
  const [, , port] = await said(/(https?):\/\/\S+:(\d+)\//);
  return {
    port: Number(port),
    pid: child.pid,
    log: () => log,
    said,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      if (!data) rmSync(folder, {recursive: true, force: true});
      return code;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** An answer whole. `ca` makes it TLS; `from` is the address that asks. */
export function ask(port, path, {method = 'GET', headers = {}, body, ca, from, to = '127.0.0.1', ...more} = {}) {
  const make = ca ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const wish = make({host: to, port, path, method, ca, localAddress: from, agent: false, headers: {host: `127.0.0.1:${port}`, ...headers}, ...more}, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces).toString()}));
    });
    wish.on('error', reject);
    wish.end(body);
  });
}

/** Sends bytes as they are; what came back when the connection ended, and after how many seconds. */
export function raw(port, bytes, patience = 60_000) {
  const began = Date.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('data', (piece) => (text += piece));
    socket.on('error', () => {});
    socket.on('close', () => resolve({text, seconds: (Date.now() - began) / 1000}));
  });
}
