// An installation from the command line: accounts, backup and restore, the trail, settings, the doctor.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

let folder;
const at = (name) => join(folder, name);
const resmon = (words, env = {}) => spawnSync(process.env.RESMON_PROGRAM, ['--lang', 'en', ...words], {encoding: 'utf8', timeout: 120_000, env: {...process.env, ...env}});
const done = (...words) => {
  const {status, stdout, stderr} = resmon(words);
  assert.equal(status, 0, `${words.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'resmon-installation-'));
  const printed = done('--data', at('town'), 'demo');
  assert.match(printed, /passwords are shown only now/);
});
after(() => rmSync(folder, {recursive: true, force: true}));

test('the demonstration has an account of every role, and fills an empty place only', () => {
  const list = done('--data', at('town'), 'user', 'list');
  for (const role of ['installation-administrator', 'organisation-administrator', 'editor', 'contributor', 'viewer', 'coordinator', 'researcher', 'auditor'])
    assert.match(list, new RegExp(role));
  const again = resmon(['--data', at('town'), 'demo']);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /has accounts already/);
});

test('the database and the key are closed to other users', () => {
  for (const file of ['resmon.db', 'resmon.key']) assert.equal(statSync(join(at('town'), file)).mode & 0o077, 0, file);
});

test('accounts are added, given a password and disabled; a bad choice says why', () => {
  writeFileSync(at('password'), 'vier zufällige Wörter hier\n');
  writeFileSync(at('short'), 'kurz\n');
  const short = resmon(['--data', at('town'), 'user', 'add', 'new', '--role', 'viewer', '--organisation', '059990001000', '--password-file', at('short')]);
  assert.equal(short.status, 2);
  assert.match(short.stderr, /too short: at least 12 characters/);
  done('--data', at('town'), 'user', 'add', 'new', '--role', 'viewer', '--organisation', '059990001000', '--password-file', at('password'));
  const taken = resmon(['--data', at('town'), 'user', 'add', 'NEW', '--role', 'viewer', '--organisation', '059990001000', '--password-file', at('password')]);
  assert.equal(taken.status, 2);
  assert.match(done('--data', at('town'), 'user', 'password', 'new'), /shown only now/);
  done('--data', at('town'), 'user', 'disable', 'new');
  assert.match(done('--data', at('town'), 'user', 'list'), /new .*disabled/);
  assert.equal(resmon(['--data', at('town'), 'user', 'disable', 'nobody']).status, 2);
});

test('a backup fills an empty place and no other, with an intact trail', () => {
  done('--data', at('town'), 'backup', at('backup.zip'));
  done('--data', at('restored'), 'restore', at('backup.zip'));
  assert.equal(done('--data', at('restored'), 'user', 'list'), done('--data', at('town'), 'user', 'list'));
  done('--data', at('restored'), 'audit', 'verify');
  const again = resmon(['--data', at('restored'), 'restore', at('backup.zip')]);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /into an empty place only/);
});

test('a damaged backup is refused before anything is made', () => {
  const bytes = readFileSync(at('backup.zip'));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(at('damaged.zip'), bytes);
  const refused = resmon(['--data', at('nothing'), 'restore', at('damaged.zip')]);
  assert.equal(refused.status, 2, refused.stderr);
  assert.throws(() => statSync(join(at('nothing'), 'resmon.db')));
});

test('an encrypted backup with its key opens with its passphrase only', () => {
  const unencrypted = resmon(['--data', at('town'), 'backup', '--with-key', at('open.zip')]);
  assert.equal(unencrypted.status, 2);
  const right = {RESMON_PASSPHRASE: 'a passphrase of words'};
  assert.equal(resmon(['--data', at('town'), 'backup', '--encrypt', '--with-key', at('closed')], right).status, 0);
  assert.equal(resmon(['--data', at('wrong'), 'restore', at('closed')], {RESMON_PASSPHRASE: 'another'}).status, 2);
  assert.equal(resmon(['--data', at('right'), 'restore', at('closed')], right).status, 0);
});

test('a trail that was changed is named, with exit code 3', () => {
  done('--data', at('right'), 'audit', 'verify');
  const changed = spawnSync('sqlite3', [join(at('right'), 'resmon.db'), "UPDATE audit_entry SET object = 'another' WHERE number = 3"]);
  assert.equal(changed.status, 0);
  const broken = resmon(['--data', at('right'), 'audit', 'verify']);
  assert.equal(broken.status, 3);
  assert.match(broken.stdout, / 3: its content was changed/);
});

test('what one organisation owns is exported, without what opens doors', () => {
  done('--data', at('town'), 'export', '--organisation', '059990001000', at('own.zip'));
  const names = spawnSync('unzip', ['-p', at('own.zip')], {encoding: 'utf8'}).stdout;
  assert.match(names, /Vera Verwaltung/);
  assert.doesNotMatch(names, /\$argon2id\$/);
});

test('settings come from the command line, else the environment, else the file; a wrong name is told with the right one', () => {
  writeFileSync(at('settings.toml'), 'port = 8701\nsession-hours = 8\n');
  const {settings} = JSON.parse(resmon(['--config', at('settings.toml'), '--data', at('town'), 'config', 'show', '--format', 'json'], {RESMON_PORT: '8702'}).stdout);
  const of = (name) => settings.find((one) => one.name === name);
  assert.deepEqual([of('port').value, of('port').origin], ['8702', 'environment RESMON_PORT']);
  assert.deepEqual([of('session-hours').value, of('session-hours').origin], ['8', `file ${at('settings.toml')}:2`]);
  assert.equal(of('data').origin, 'flag --data');
  assert.equal(of('session-idle-minutes').origin, 'default');
  writeFileSync(at('wrong.toml'), 'sesion-hours = 8\nport = [1]\n');
  const wrong = resmon(['--config', at('wrong.toml'), 'config', 'check']);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /wrong\.toml:1: sesion-hours: is no setting; did you mean session-hours\?/);
  assert.match(wrong.stderr, /wrong\.toml:2: port: must be a text, a number or a truth value/);
});

test('the doctor speaks to scripts too', () => {
  const {damaged, findings} = JSON.parse(done('--data', at('town'), 'doctor', '--format', 'json'));
  assert.equal(damaged, false);
  for (const check of ['database', 'schema', 'key-beside-data', 'backup']) assert.ok(findings.some((one) => one.check === check), check);
});

test('the key is changed, and everything still opens', () => {
  assert.match(done('--data', at('town'), 'key', 'rotate'), /New key in use/);
  done('--data', at('town'), 'user', 'list');
});
