// Killed at changes of files, every one of a name and some of the others: what a command does is done or not
// done, never half, the next call does it, and nothing is left lying about. RESMON_EVERY_FAULT=1: at every change.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';

import {Folder, addSecondFactor, databaseAt, done, litterIn, newest, resmon, rowsOf, sqlite} from './installation.mjs';

const every = process.env.RESMON_EVERY_FAULT === '1';
const slowly = {timeout: every ? 5_400_000 : 1_200_000};
let folder;

before(async () => {
  folder = new Folder();
  for (let schema = 1; schema <= newest; ++schema) databaseAt(folder.at(`schema${schema}`), schema);
  done('--data', folder.at(`schema${newest}`), 'backup', folder.at('all.zip'));
  done('--data', folder.at(`schema${newest}`), 'export', '--organisation', 'siegen', folder.at('own.zip'));
  databaseAt(folder.at('sealed'), newest);
  await addSecondFactor(folder.at('sealed'));
}, slowly);
after(() => folder?.remove());

/** Everything by which a program changes what lies on a disk. */
const changes = 'write,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,ftruncate,truncate,mkdir,mkdirat,fallocate';

const passphrase = {RESMON_PASSPHRASE: 'a passphrase of words'};

/** The kinds of changes that the command makes, in their order, when nobody kills it. */
function changesOf(words) {
  const {status, stderr} = resmon(words, {before: ['strace', '-f', '-qqq', '-o', folder.at('trace'), '-e', `trace=${changes}`, '-e', 'signal=none'], env: passphrase});
  assert.equal(status, 0, stderr);
  const calls = readFileSync(folder.at('trace'), 'utf8').split('\n').map((line) => /^(\d+) +(\w+)\(/.exec(line)).filter((found) => found);
  return calls.filter(([, thread]) => thread === calls[0][1]).map(([, , kind]) => kind);
}

/** Put before a command: ends it when it is about to make that change. strace counts each kind on its own. */
function killerAt(kinds, at) {
  const number = kinds.slice(0, at + 1).filter((kind) => kind === kinds[at]).length;
  return ['strace', '-f', '-qqq', '-o', folder.at('trace'), '-e', `trace=${changes}`, '-e', 'signal=none', '-e', `inject=${kinds[at]}:signal=SIGKILL:when=${number}`];
}

/** All changes, or those by which files get or lose their name, what follows them, and fewer and fewer of the others. */
function moments(kinds) {
  const all = kinds.map((_, at) => at);
  if (every) return all;
  const names = all.filter((at) => /^(rename|link)/.test(kinds[at]));
  const others = all.filter((at) => Number.isInteger(Math.log2(at + 1)));
  return [...new Set([...names, ...names.map((at) => at + 1), ...others, kinds.length - 1])].filter((at) => at < kinds.length);
}

/** Kills the command at each of these changes in a place that is made anew for each, and has it looked at. */
function killedEverywhere(place, words, look) {
  const kinds = changesOf(words(place()));
  let kills = 0;
  for (const at of moments(kinds)) {
    const data = place();
    const {signal, status, stdout, stderr} = resmon(words(data), {before: killerAt(kinds, at), env: passphrase});
    const isKilled = signal === 'SIGKILL';
    assert.ok(isKilled || status === 0, `kill at change ${at}: ${signal} ${status} ${stdout}${stderr}`);
    look(data, `kill at change ${at}, ${kinds[at]}`);
    kills += isKilled;
  }
  console.log(`# ${kills} kills at ${kinds.length} changes`);
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
    assert.ok(kills >= 6);
  });

test('a backup that is killed leaves the earlier backup or a whole new one', slowly, () => {
  const target = () => join(folder.path, 'target.zip');
  const earlier = readFileSync(folder.at('all.zip'));
  const kills = killedEverywhere(
    () => {
      copyFileSync(folder.at('all.zip'), target());
      return folder.copyOf(`schema${newest}`);
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
  assert.ok(kills >= 6);
});

test('an encrypted backup that is killed leaves nothing unencrypted once another was made', slowly, () => {
  const words = (data) => ['--data', data, 'backup', '--encrypt', join(folder.path, 'closed')];
  const kinds = changesOf(words(folder.copyOf(`schema${newest}`)));
  for (const share of every ? [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] : [0.5]) {
    const data = folder.copyOf(`schema${newest}`);
    const at = Math.floor(kinds.length * share);
    assert.equal(resmon(words(data), {before: killerAt(kinds, at), env: passphrase}).signal, 'SIGKILL');
    const next = resmon(words(data), {env: passphrase});
    assert.equal(next.status, 0, next.stderr);
    assert.deepEqual(litterIn(data, folder.path), [], `kill at change ${at}`);
  }
});

test('a restore that is killed leaves an empty place or the whole database', slowly, () => {
  const expected = rowsOf(folder.at(`schema${newest}`));
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
  assert.ok(kills >= 6);
});

test('an import that is killed has added every row or none', slowly, () => {
  const expected = rowsOf(folder.at(`schema${newest}`));
  const lacking = folder.copyOf(`schema${newest}`);
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
      const isAdded = rows.length !== before.length;
      assert.deepEqual(rows, isAdded ? imported : before, when);
      assert.equal(sqlite(data, `SELECT COUNT(*) FROM audit_entry WHERE action = 'imported';`).trim(), isAdded ? '1' : '0', 'who did it is told with it');
      done('--data', data, 'import', folder.at('own.zip'));
      assert.deepEqual(rowsOf(data), imported, when);
      done('--data', data, 'audit', 'verify');
      assert.deepEqual(litterIn(data), [], when);
    },
  );
  assert.ok(kills >= 6);
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
  assert.ok(kills >= 6);
});

test('what gets its name was synced before, with nothing written since, and its folder is synced after', slowly, () => {
  const target = join(folder.path, 'synced.zip');
  for (const [data, ...words] of [
    [folder.copyOf(`schema${newest}`), 'backup', target],
    [folder.copyOf('schema1'), 'migrate'],
    [folder.copyOf('sealed'), 'key', 'rotate'],
    [folder.empty(), 'restore', folder.at('all.zip')],
  ]) {
    const traced = resmon(['--data', data, ...words], {before: ['strace', '-f', '-y', '-qqq', '-o', folder.at('trace'), '-e', `trace=${changes}`]});
    assert.equal(traced.status, 0, traced.stderr);
    const lines = readFileSync(folder.at('trace'), 'utf8').split('\n');
    const named = lines.flatMap((line, at) => {
      const found = /rename\w*\((?:AT_FDCWD\S* )?"(\S+(?:\.resmon-part|restoring\/resmon\.db))", (?:AT_FDCWD\S* )?"(\S+)"\S*\) = 0/.exec(line);
      return found ? [{at, from: found[1], to: found[2]}] : [];
    });
    assert.ok(named.length > 0, `${words}: something gets its name`);
    for (const {at, from, to} of named) {
      const last = (pattern, part) => part.findLastIndex((line) => pattern.test(line) && line.includes(`<${from}>`));
      const synced = last(/\bf(data)?sync\(/, lines.slice(0, at));
      assert.ok(synced >= 0, `${from} is synced before it becomes ${to}`);
      assert.ok(last(/\b(p?write|ftruncate|fallocate)/, lines.slice(0, at)) < synced, `nothing is written into ${from} after it was synced`);
      assert.ok(lines.slice(at).some((line) => /\bfsync\(/.test(line) && line.includes(`<${dirname(to)}>`)), `the folder of ${to} is synced`);
    }
  }
});
