// An installation in a folder of its own, small and with rows in many tables: made once, copied for every try.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {codeAt} from '../e2e/totp.mjs';
import {serving} from '../server/serving.mjs';

const migrations = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'migrations');
/** The schema of this program. */
export const newest = readdirSync(migrations).length;

/** The leak check of sanitized builds cannot run under a tracer. */
const environment = {...process.env, ASAN_OPTIONS: 'detect_leaks=0'};

export class Folder {
  path = mkdtempSync(join(tmpdir(), 'resmon-fault-'));
  #copies = 0;

  at(name) {
    return join(this.path, name);
  }
  /** A copy of one of its folders, under a new name. */
  copyOf(name) {
    const copy = this.at(`${name}-${++this.#copies}`);
    cpSync(this.at(name), copy, {recursive: true});
    return copy;
  }
  empty() {
    const folder = this.at(`empty-${++this.#copies}`);
    mkdirSync(folder);
    return folder;
  }
  remove() {
    rmSync(this.path, {recursive: true, force: true});
  }
}

export function resmon(words, {before = [], env = {}} = {}) {
  const [program, ...rest] = [...before, process.env.RESMON_PROGRAM, '--lang', 'en', ...words];
  return spawnSync(program, rest, {encoding: 'utf8', timeout: 240_000, env: {...environment, ...env}});
}

export function done(...words) {
  const {status, stdout, stderr} = resmon(words);
  assert.equal(status, 0, `${words.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

export function sqlite(data, statements) {
  const {status, stdout, stderr} = spawnSync('sqlite3', ['-bail', join(data, 'resmon.db')], {encoding: 'utf8', input: statements, maxBuffer: 1 << 28});
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Every row of the database but what tells that commands were used. */
export const rowsOf = (data) =>
  sqlite(data, '.dump\n')
    .split('\n')
    .filter((line) => line.startsWith('INSERT') && !/^INSERT INTO (audit_\w+|backup_made) /.test(line))
    .sort();

/** What the program must not leave: parts of files that were never put in place. */
export const litterIn = (...folders) => folders.flatMap((folder) => readdirSync(folder).filter((name) => /part|restoring|journal/.test(name)));

/** A database of that schema with organisations, people, runs and sealed columns as far as it knows them. */
export function databaseAt(data, schema) {
  mkdirSync(data, {mode: 0o700});
  const numbers = Array.from({length: schema}, (_, at) => at + 1);
  const file = (number) => readdirSync(migrations).find((name) => name.startsWith(String(number).padStart(4, '0')));
  sqlite(
    data,
    ['BEGIN;', 'CREATE TABLE schema_version (version BIGINT NOT NULL);', ...numbers.flatMap((number) => [readFileSync(join(migrations, file(number)), 'utf8'), `INSERT INTO schema_version VALUES (${number});`]), ...rows(schema), 'COMMIT;'].join('\n'),
  );
}

function rows(schema) {
  const made = [`INSERT INTO catalogue_copy VALUES ('hash', 'content of Größe');`];
  ['queued', 'running', 'done', 'failed'].forEach((state, at) => {
    const organisation = schema > 1 ? `, 'siegen'` : '';
    made.push(`INSERT INTO outage_run VALUES ('run${at}', '2026-11-25T16:00:00Z', '', '${state}', '', 'key${at}', 'i', 's', 'r', '{}', ${at}, 10, '0.9.0', 'c', 'hash'${organisation}${schema > 8 ? ', 0' : ''}${schema > 9 ? ", ''" : ''});`);
    made.push(`INSERT INTO outage_result VALUES ('run${at}', 'summary', '${'x'.repeat(3000)}');`);
  });
  if (schema > 1) {
    made.push(`INSERT INTO organisation VALUES ('siegen', 'municipality', 'Siegen', '059700040040', '2026-11-25T16:00:00Z');`);
    for (let number = 0; number < 20; ++number) {
      made.push(`INSERT INTO person VALUES ('p${number}', 'Ä${number}', 'ä${number}', 'Anna ${number}', '', '2026-11-25T16:00:00Z', '', '', '');`);
      made.push(`INSERT INTO membership VALUES ('p${number}', 'siegen', 'editor');`);
    }
  }
  if (schema > 2) made.push(`INSERT INTO erasure VALUES ('p7', '2026-11-25T16:00:00Z');`);
  return made;
}

/** An account whose second factor is sealed in the database, made as a person makes it. */
export async function addSecondFactor(data) {
  const password = /^(?:.*\s)?(\S{20})$/m.exec(done('--data', data, 'user', 'add', 'anna', '--role', 'auditor'))?.[1];
  const server = await serving([], {data});
  const api = `http://127.0.0.1:${server.port}/api/v1`;
  try {
    let session = {};
    const send = async (method, path, body) => {
      const answer = await fetch(api + path, {method, headers: {'content-type': 'application/json', ...session}, body: JSON.stringify(body)});
      assert.equal(answer.status, 200, await answer.clone().text());
      return {cookie: answer.headers.get('set-cookie')?.split(';')[0], json: await answer.json()};
    };
    const {cookie, json} = await send('POST', '/session', {login: 'anna', password});
    session = {cookie, 'x-csrf-token': json.csrf_token};
    const {secret_base32: secret} = (await send('POST', '/account/second-factor', {password})).json;
    await send('PUT', '/account/second-factor', {code: codeAt(secret, Date.now())});
  } finally {
    assert.equal(await server.stop(), 0);
  }
}
