// Damaged files: what is noticed is said in a sentence that tells what to do, with exit code 3, and damages nothing further. What
// nobody can notice stands in the operator guide.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync, writeSync, closeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {serving} from '../server/serving.mjs';
import {Folder, addSecondFactor, databaseAt, done, newest, resmon, rowsOf, sqlite} from './installation.mjs';

const page = 4096;
const slowly = {timeout: 600_000};
let folder;

before(async () => {
  folder = new Folder();
  databaseAt(folder.at('town'), newest);
  await addSecondFactor(folder.at('town'));
  done('--data', folder.at('town'), 'audit', 'verify');
  done('--data', folder.at('town'), 'backup', folder.at('backup.zip'));
}, slowly);
after(() => folder?.remove());

const database = (data) => join(data, 'resmon.db');

function overwrite(file, at, bytes) {
  const opened = openSync(file, 'r+');
  writeSync(opened, bytes, 0, bytes.length, at);
  closeSync(opened);
}
const noise = (length) => Buffer.alloc(length, 0xa5);
const rootOf = (data, name) => Number(sqlite(data, `SELECT rootpage FROM sqlite_master WHERE name = '${name}';`));
const overwriteTable = (data, name) => overwrite(database(data), (rootOf(data, name) - 1) * page, noise(page));

function expectSaid({status, stdout, stderr}, code, sentence) {
  assert.equal(status, code, stdout + stderr);
  assert.match(stdout + stderr, sentence);
}

/** One of each kind; the first damage is tried on all of them. */
const all = [['serve', '--port', '0'], ['backup'], ['audit', 'verify'], ['user', 'list'], ['migrate'], ['key', 'rotate']];
const damages = [
  ['whose first bytes are overwritten', (data) => overwrite(database(data), 0, noise(100))],
  ['that lost its second half', (data) => truncateSync(database(data), Math.floor(statSync(database(data)).size / 2 / page) * page)],
  ['that was cut in the middle of a page', (data) => truncateSync(database(data), page + 100)],
  ['whose pages but the first are overwritten', (data) => overwrite(database(data), page, noise(statSync(database(data)).size - page))],
];

for (const [number, [what, damage]] of damages.entries())
  test(`a database ${what} is found by every command, which says to restore, and is not backed up over a good backup`, slowly, () => {
    const data = folder.copyOf('town');
    damage(data);
    const bytes = readFileSync(database(data));
    const backup = readFileSync(folder.at('backup.zip'));
    expectSaid(resmon(['--data', data, 'doctor']), 3, /damage +Database \S+resmon\.db is damaged: .+\. Restore the last backup\./);
    for (const words of number === 0 ? all : all.slice(0, 2)) {
      const said = resmon(['--data', data, ...words, ...(words[0] === 'backup' ? [folder.at('backup.zip')] : [])]);
      expectSaid(said, 3, /^[^\n]*is damaged[^\n]*[Rr]estore the last [^\n]*\n$/);
      assert.equal(said.stdout, '');
    }
    assert.ok(readFileSync(database(data)).equals(bytes), 'nothing was changed in what is damaged');
    assert.ok(readFileSync(folder.at('backup.zip')).equals(backup));
    const restored = folder.empty();
    done('--data', restored, 'restore', folder.at('backup.zip'));
    assert.deepEqual(rowsOf(restored), rowsOf(folder.at('town')));
  });

test('damage that is met while the server runs is told to people and to the log, and the rest is still served', slowly, async () => {
  const data = folder.copyOf('town');
  overwriteTable(data, 'outage_result');
  overwriteTable(data, 'outage_run');
  const server = await serving(['--local'], {data});
  try {
    const runs = await fetch(`http://127.0.0.1:${server.port}/api/v1/outage-runs`, {headers: {'accept-language': 'en'}});
    assert.equal(runs.status, 500);
    assert.equal(runs.headers.get('content-type'), 'application/problem+json');
    const {type, title} = await runs.json();
    assert.equal(type, '/problems/storage-damaged');
    assert.match(title, /^The database is damaged\. Please tell the administrator: the last backup must be restored/);
    await server.said(/the database \S+resmon\.db is damaged: .*Restore the last backup into a new folder/);
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/api/v1/catalogue`)).status, 200);
  } finally {
    assert.equal(await server.stop(), 0);
  }
});

test('rows of the audit trail that are changed, taken out or cut off are named; who also rewrites its end is found by an anchor', slowly, () => {
  const anchor = /keep elsewhere: (.+)$/m.exec(done('--data', folder.at('town'), 'audit', 'verify'))[1];
  const last = Number(sqlite(folder.at('town'), 'SELECT MAX(number) FROM audit_entry;'));
  const verified = (statements, ...words) => {
    const data = folder.copyOf('town');
    sqlite(data, statements);
    return resmon(['--data', data, 'audit', 'verify', ...words]);
  };
  for (const column of ['action', 'detail', 'salt'])
    expectSaid(verified(`UPDATE audit_entry SET ${column} = ${column} || 'x' WHERE number = 2;`), 3, / 2: its content was changed/);
  for (const column of ['at', 'chain']) expectSaid(verified(`UPDATE audit_entry SET ${column} = '2020' WHERE number = 2;`), 3, /The audit trail is broken: \S+ 2: /);
  expectSaid(verified('DELETE FROM audit_entry WHERE number = 2;'), 3, / 2: is missing/);
  expectSaid(verified(`DELETE FROM audit_entry WHERE number = ${last};`), 3, new RegExp(` ${last}: was cut off, the trail reached ${last}`));
  const rewritten = `DELETE FROM audit_entry WHERE number = ${last}; UPDATE audit_head SET number = ${last - 1}, chain = (SELECT chain FROM audit_entry WHERE number = ${last - 1});`;
  expectSaid(verified(rewritten), 0, /intact/);
  expectSaid(verified(rewritten, '--anchor', anchor), 3, new RegExp(` ${last}: was cut off`));
  expectSaid(verified('SELECT 1;', '--anchor', anchor), 0, /intact/);
});

test('a backup with any byte changed is refused before anything is made, encrypted or not', slowly, () => {
  const env = {RESMON_PASSPHRASE: 'a passphrase of words'};
  assert.equal(resmon(['--data', folder.at('town'), 'backup', '--encrypt', folder.at('closed')], {env}).status, 0);
  for (const [name, sentence] of [
    ['backup.zip', /it is damaged or cut off: the SHA-256 at its end does not fit its content\. Take another copy\./],
    ['closed', /the passphrase is another, or the file is damaged/],
  ]) {
    const whole = readFileSync(folder.at(name));
    for (const at of [100, whole.length - 1]) {
      const altered = Buffer.from(whole);
      altered[at] ^= 1;
      writeFileSync(folder.at('altered'), altered);
      const place = folder.empty();
      expectSaid(resmon(['--data', place, 'restore', folder.at('altered')], {env}), 2, sentence);
      assert.deepEqual(readdirSync(place), []);
    }
  }
});

test('without the key file the doctor and the server say which key is missing and how to put it back', slowly, async () => {
  const data = folder.copyOf('town');
  const key = readFileSync(join(data, 'resmon.key'), 'utf8');
  const id = /^resmon-key (\S+)/m.exec(key)[1];
  rmSync(join(data, 'resmon.key'));
  const sentence = new RegExp(`Encrypted columns need the key ${id}, which is not in \\S+resmon\\.key: add its line there again, the other lines stay`);
  expectSaid(resmon(['--data', data, 'doctor']), 3, sentence);
  const server = await serving([], {data});
  await server.said(sentence);
  assert.equal(await server.stop(), 0);
  expectSaid(resmon(['--data', data, 'doctor']), 3, sentence);
  writeFileSync(join(data, 'resmon.key'), readFileSync(join(data, 'resmon.key'), 'utf8') + key);
  done('--data', data, 'doctor');

  writeFileSync(join(data, 'resmon.key'), 'nonsense\n');
  expectSaid(resmon(['--data', data, 'doctor']), 3, /The key file cannot be used: \S+resmon\.key:1: must be `resmon-key ID KEY`/);
  expectSaid(resmon(['--data', data, 'serve', '--port', '0']), 2, /resmon\.key:1: must be `resmon-key ID KEY`/);
});

test('a folder that may only be read is said in one sentence', slowly, () => {
  const place = mkdtempSync(join(tmpdir(), 'resmon-closed-'));
  const data = join(place, 'data');
  // Whoever is root may write wherever files can be written at all.
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', place]).status === 0;
  const close = () => (isMounted ? assert.equal(spawnSync('mount', ['-o', 'remount,ro', place]).status, 0) : chmodSync(data, 0o500));
  try {
    cpSync(folder.at('town'), data, {recursive: true});
    assert.ok(isMounted || process.getuid() !== 0, 'root without the right to mount cannot close a folder');
    close();
    expectSaid(resmon(['--data', data, 'doctor']), 3, /Data folder \S+ cannot be written\. Name another: --data DIR/);
    for (const words of [['serve', '--port', '0'], ['user', 'list']]) {
      const said = resmon(['--data', data, ...words]);
      expectSaid(said, 1, /^[^\n]*the database \S+resmon\.db cannot do this now: [^\n]+\n$/);
    }
  } finally {
    if (isMounted) spawnSync('umount', ['--lazy', place]);
    else chmodSync(data, 0o700);
    rmSync(place, {recursive: true, force: true});
  }
});

test('what nobody notices: a letter of a row that is changed in the file; the guides say so', slowly, () => {
  const data = folder.copyOf('town');
  sqlite(data, 'PRAGMA wal_checkpoint(TRUNCATE);');
  const bytes = readFileSync(database(data));
  const at = bytes.indexOf('Anna 3');
  assert.ok(at > 0);
  overwrite(database(data), at, Buffer.from('Enna 3'));
  done('--data', data, 'doctor');
  done('--data', data, 'audit', 'verify');
  assert.match(rowsOf(data).join('\n'), /Enna 3/);
  const guide = (name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  assert.match(guide('betriebshandbuch.md'), /Was niemand bemerkt/);
  assert.match(guide('operator-guide.md'), /What nobody notices/);
});
