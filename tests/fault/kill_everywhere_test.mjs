// Killed at its n-th change of any file, for growing n until nothing is left to kill: what a command does is done or not
// done, never half, the next call does it, and nothing is left lying about. RESMON_EVERY_FAULT=1: for every n.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {Folder, addSecondFactor, databaseAt, done, litterIn, resmon, rowsOf, sqlite} from './installation.mjs';

const newest = 4;
const every = process.env.RESMON_EVERY_FAULT === '1';
const slowly = {timeout: 1_200_000};
let folder;

before(async () => {
  folder = new Folder();
  for (let schema = 1; schema <= newest; ++schema) databaseAt(folder.at(`schema${schema}`), schema);
  done('--data', folder.at('schema4'), 'backup', folder.at('all.zip'));
  done('--data', folder.at('schema4'), 'export', '--organisation', 'siegen', folder.at('own.zip'));
  databaseAt(folder.at('sealed'), newest);
  await addSecondFactor(folder.at('sealed'));
}, slowly);
after(() => folder?.remove());

/** Everything by which a program changes what lies on a disk. */
const changes = 'write,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,ftruncate,truncate,mkdir,mkdirat,fallocate';

/** Kills the command at its n-th change in a place that is made anew for each, and has it looked at. */
function killedEverywhere(place, words, look) {
  let kills = 0;
  for (let n = 1; ; n = every ? n + 1 : 2 * n + 1) {
    const data = place();
    const killer = ['strace', '-f', '-qqq', '-o', folder.at('trace'), '-e', `trace=${changes}`, '-e', 'signal=none', '-e', `inject=${changes}:signal=SIGKILL:when=${n}`];
    const {signal, status, stdout, stderr} = resmon(words(data), {before: killer});
    const isKilled = signal === 'SIGKILL';
    assert.ok(isKilled || status === 0, `kill ${n}: ${signal} ${status} ${stdout}${stderr}`);
    look(data, `kill at change ${n}`);
    if (!isKilled) break;
    ++kills;
  }
  console.log(`# ${kills} kills`);
  return kills;
}

function expectIntact(data, when) {
  assert.equal(sqlite(data, 'PRAGMA integrity_check;').trim(), 'ok', when);
}

const isWholeArchive = (bytes) => createHash('sha256').update(bytes.subarray(0, -64)).digest('hex') === bytes.subarray(-64).toString();

for (const schema of [1, 3])
  test(`a migration from schema ${schema} that is killed leaves the old rows or the new ones, and one copy`, slowly, () => {
    const name = `schema${schema}`;
    const old = rowsOf(folder.at(name));
    const migrated = folder.copyOf(name);
    done('--data', migrated, 'migrate');
    const expected = rowsOf(migrated);
    assert.notDeepEqual(expected, old);
    const kills = killedEverywhere(
      () => folder.copyOf(name),
      (data) => ['--data', data, 'migrate'],
      (data, when) => {
        expectIntact(data, when);
        const rows = rowsOf(data);
        if (rows.length === old.length) assert.deepEqual(rows, old, when);
        else assert.deepEqual(rows, expected, when);
        done('--data', data, 'migrate');
        assert.deepEqual(rowsOf(data), expected, when);
        const copies = readdirSync(data).filter((file) => file.startsWith('before-schema-'));
        assert.equal(copies.length, 1, `${when}: ${copies}`);
        copyFileSync(join(data, copies[0]), join(folder.empty(), 'resmon.db'));
        assert.deepEqual(litterIn(data), [], when);
      },
    );
    assert.ok(kills >= 4);
  });

test('a backup that is killed leaves the earlier backup or a whole new one', slowly, () => {
  const target = () => join(folder.path, 'target.zip');
  const earlier = readFileSync(folder.at('all.zip'));
  const kills = killedEverywhere(
    () => {
      copyFileSync(folder.at('all.zip'), target());
      return folder.copyOf('schema4');
    },
    (data) => ['--data', data, 'backup', target()],
    (data, when) => {
      expectIntact(data, when);
      const bytes = readFileSync(target());
      assert.ok(bytes.equals(earlier) || isWholeArchive(bytes), when);
      done('--data', data, 'backup', target());
      assert.ok(isWholeArchive(readFileSync(target())), when);
      done('--data', data, 'audit', 'verify');
      assert.deepEqual(litterIn(data, folder.path), [], when);
    },
  );
  assert.ok(kills >= 4);
});

test('an encrypted backup that is killed leaves nothing unencrypted for long', slowly, () => {
  const words = (data) => ['--data', data, 'backup', '--encrypt', join(folder.path, 'closed')];
  for (const n of every ? [20, 40, 60, 80, 100] : [40]) {
    const data = folder.copyOf('schema4');
    const killer = ['strace', '-f', '-qqq', '-o', folder.at('trace'), '-e', `trace=${changes}`, '-e', `inject=${changes}:signal=SIGKILL:when=${n}`];
    assert.equal(resmon(words(data), {before: killer, env: {RESMON_PASSPHRASE: 'a passphrase of words'}}).signal, 'SIGKILL');
    const next = resmon(words(data), {env: {RESMON_PASSPHRASE: 'a passphrase of words'}});
    assert.equal(next.status, 0, next.stderr);
    assert.deepEqual(litterIn(data, folder.path), [], `kill at change ${n}`);
  }
});

test('a restore that is killed leaves an empty place or the whole database', slowly, () => {
  const expected = rowsOf(folder.at('schema4'));
  const kills = killedEverywhere(
    () => folder.empty(),
    (data) => ['--data', data, 'restore', folder.at('all.zip')],
    (data, when) => {
      const isThere = existsSync(join(data, 'resmon.db'));
      if (isThere) assert.deepEqual(rowsOf(data), expected, when);
      else done('--data', data, 'restore', folder.at('all.zip'));
      done('--data', data, 'migrate');
      expectIntact(data, when);
      assert.deepEqual(rowsOf(data), expected, when);
      assert.deepEqual(litterIn(data), [], when);
    },
  );
  assert.ok(kills >= 4);
});

test('an import that is killed has added every row or none', slowly, () => {
  const expected = rowsOf(folder.at('schema4'));
  const lacking = folder.copyOf('schema4');
  sqlite(lacking, `DELETE FROM outage_result; DELETE FROM membership; DELETE FROM job; DELETE FROM outage_run; DELETE FROM person WHERE id <> 'p7';`);
  const before = rowsOf(lacking);
  // Jobs belong to no organisation.
  const imported = expected.filter((row) => !row.startsWith('INSERT INTO job '));
  const name = lacking.slice(folder.path.length + 1);
  const kills = killedEverywhere(
    () => folder.copyOf(name),
    (data) => ['--data', data, 'import', folder.at('own.zip')],
    (data, when) => {
      expectIntact(data, when);
      const rows = rowsOf(data);
      assert.deepEqual(rows, rows.length === before.length ? before : imported, when);
      done('--data', data, 'import', folder.at('own.zip'));
      assert.deepEqual(rowsOf(data), imported, when);
      done('--data', data, 'audit', 'verify');
      assert.deepEqual(litterIn(data), [], when);
    },
  );
  assert.ok(kills >= 3);
});

test('a change of the key that is killed leaves everything open, and the next one finishes it', slowly, () => {
  const keysIn = (data) => [...readFileSync(join(data, 'resmon.key'), 'utf8').matchAll(/^resmon-key (\S+)/gm)].map((found) => found[1]);
  const sealedBy = (data) => sqlite(data, `SELECT second_factor FROM credential WHERE second_factor <> '';`).trim().split('\n').map((text) => text.split(':')[1]);
  const old = keysIn(folder.at('sealed'));
  assert.deepEqual(sealedBy(folder.at('sealed')), old);
  const kills = killedEverywhere(
    () => folder.copyOf('sealed'),
    (data) => ['--data', data, 'key', 'rotate'],
    (data, when) => {
      expectIntact(data, when);
      for (const id of sealedBy(data)) assert.ok(keysIn(data).includes(id), `${when}: the key of what is sealed is there`);
      // It opens what it seals anew: exit code 3 would say that something stays closed.
      done('--data', data, 'key', 'rotate');
      assert.equal(keysIn(data).length, 1, when);
      assert.deepEqual(sealedBy(data), keysIn(data), when);
      assert.deepEqual(litterIn(data), [], when);
    },
  );
  assert.ok(kills >= 3);
});
