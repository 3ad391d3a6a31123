#!/usr/bin/env node
// Serves the built pages and synthetic answers of the API, to look at pages without the program:
// mock_server.mjs [PORT] [accounts]; without `accounts` it is the local mode. The tests of accounts can start it as they start
// the program: mock_server.mjs --data DIR serve --port PORT, with nothing in it but the link for setting up.
import {createServer} from 'node:http';
import {brotliCompressSync, constants} from 'node:zlib';
import {readFile} from 'node:fs/promises';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as synthetic from './fixtures/synthetic.mjs';
import {empty, links} from './fixtures/town.mjs';
import {answer, localSession} from './mock_accounts.mjs';

const built = fileURLToPath(new URL('../../build/web', import.meta.url));
const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml'};
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const [, , ...words] = process.argv;
const asProgram = words.includes('serve');
const port = Number((asProgram ? words[words.indexOf('--port') + 1] : words[0]) ?? 8080);
const hasAccounts = asProgram ? !words.includes('--local') : words[1] === 'accounts';
if (asProgram) empty();
const runs = new Map();

function addRun(request, state) {
  const id = (runs.size + 1).toString(16).padStart(16, '0');
  const run = {
    id, state, progress: state === 'done' ? 1 : 0, doing: state === 'done' ? 'nothing' : 'waiting', incident: request.incident ?? null,
    scenario: 'ransomware-shared-provider', region: 'suedwestfalen', seed: request.seed ?? 1, replications: request.replications ?? 1000,
    overrides: request.overrides ?? {}, model_version: '1.0.0', catalogue_version: 'synthetic', created_at: new Date().toISOString(), ended_at: null,
    seconds_left: null, failure: null, current: true,
  };
  runs.set(id, run);
  return run;
}
addRun({incident: 'suedwestfalen-2023'}, 'done');

const underWay = (run) => ['queued', 'running'].includes(run.state);

/** Pretends to compute: a thousand courses in two tenths of a second. */
function advance(run) {
  const timer = setInterval(() => {
    if (!underWay(run)) return clearInterval(timer);
    Object.assign(run, {state: 'running', doing: 'computing', progress: Math.min(1, run.progress + 250 / run.replications)});
    run.seconds_left = ((1 - run.progress) * run.replications) / 5000;
    if (run.progress === 1) Object.assign(run, {state: 'done', doing: 'nothing', ended_at: new Date().toISOString()});
  }, 50);
}

function tell(run, request, response) {
  response.writeHead(200, {'Content-Type': 'text/event-stream'});
  const timer = setInterval(() => {
    response.write(`event: ${underWay(run) ? 'progress' : 'end'}\ndata: ${JSON.stringify(run)}\n\n`);
    if (underWay(run)) return;
    clearInterval(timer);
    response.end();
  }, 100);
  request.on('close', () => clearInterval(timer));
}

/** Only the table that a test compares. */
function abilityCsv(run) {
  const rows = synthetic.result(run).ability.map((day) => [day.day, day.p10, day.p25, day.p50, day.p75, day.p90].map((value) => String(value).replace('.', ',')).join(';'));
  return `\ufeff${['Tag;10 %;25 %;50 %;75 %;90 %', ...rows].join('\r\n')}\r\n`;
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

async function api(request, response, url) {
  const json = (status, content) => response.writeHead(status, {'Content-Type': 'application/json'}).end(JSON.stringify(content));
  const [, , , first, second, third, fourth] = url.pathname.split('/');
  if (first === 'session' && !hasAccounts) return json(200, localSession());
  if (hasAccounts) {
    const body = ['POST', 'PUT'].includes(request.method) && first !== 'outage-runs' ? await bodyOf(request) : {};
    const told = answer({method: request.method, url, cookie: request.headers.cookie, csrf: request.headers['x-csrf-token'], body});
    if (told?.cookie) response.setHeader('Set-Cookie', told.cookie);
    if (told?.wait) response.setHeader('Retry-After', told.wait);
    if (told) return told.status === 204 ? response.writeHead(204).end() : json(told.status ?? 200, told.json);
  }
  if (first === 'about') return json(200, synthetic.about);
  if (first === 'catalogue' && !second) return json(200, synthetic.catalogue);
  if (first === 'catalogue' && second === 'incidents') return json(200, synthetic.incident);
  if (first === 'catalogue') return json(200, synthetic.assumptions);
  if (first === 'bodies') {
    const words = (url.searchParams.get('search') ?? '').toLowerCase();
    const found = synthetic.bodies.filter((body) => body.name.toLowerCase().includes(words) || body.key.startsWith(words));
    return json(200, {total: found.length, bodies: found.slice(0, Number(url.searchParams.get('limit') ?? 100))});
  }
  if (first !== 'outage-runs') return json(404, {type: 'not-found', title: 'Nicht gefunden', status: 404});
  if (!second && request.method === 'POST') {
    const run = addRun(await bodyOf(request), 'queued');
    advance(run);
    return json(202, run);
  }
  if (!second) return json(200, {runs: [...runs.values()].reverse()});
  const run = runs.get(second);
  if (!run) return json(404, {type: 'not-found', title: 'Nicht gefunden', status: 404});
  if (request.method === 'DELETE') {
    if (underWay(run)) Object.assign(run, {state: 'cancelled', doing: 'nothing'});
    else runs.delete(second);
    return response.writeHead(204).end();
  }
  if (third === 'events') return tell(run, request, response);
  if (third === 'tables') return response.writeHead(200, {'Content-Type': 'text/csv; charset=utf-8'}).end(abilityCsv(run));
  if (third === 'result') return json(200, synthetic.result(run));
  if (third === 'bodies') return json(200, synthetic.bodyResult(fourth));
  if (third === 'map') return json(200, synthetic.map(url.searchParams.get('service')));
  return json(200, run);
}

async function page(response, url) {
  const path = extname(url.pathname) ? url.pathname : '/index.html';
  try {
    const content = await readFile(join(built, path));
    response.writeHead(200, {'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': policy, 'Content-Encoding': 'br'}).end(brotliCompressSync(content, {params: {[constants.BROTLI_PARAM_QUALITY]: 5}}));
  } catch {
    response.writeHead(404).end();
  }
}

createServer((request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  if (url.pathname === '/healthz') return response.writeHead(200).end();
  return url.pathname.startsWith('/api/') ? api(request, response, url) : page(response, url);
}).listen(port, '127.0.0.1');
if (asProgram && hasAccounts) console.log(`http://127.0.0.1:${port}/link#${[...links.keys()][0]}`);
