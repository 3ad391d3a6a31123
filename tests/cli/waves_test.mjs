// A wave from the command line: scripts plan it, write to those it asks by a real mail server, follow and close it.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {readable, smtpServer} from '../server/smtp.mjs';

let folder;
const at = (name) => join(folder, name);
const words = (more) => ['--lang', 'en', '--data', at('office'), '--public-url', 'https://resmon.example', ...more];
const resmon = (...more) => spawnSync(process.env.RESMON_PROGRAM, words(more), {encoding: 'utf8', timeout: 120_000});
const done = (...more) => {
  const {status, stdout, stderr} = resmon(...more);
  assert.equal(status, 0, `${more.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};
/** Without waiting: mails are taken by this process meanwhile. */
const running = (...more) => {
  const child = spawn(process.env.RESMON_PROGRAM, words(more), {stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  return {child, ended: new Promise((end) => child.on('close', (code) => end({code, said})))};
};
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const status = (id) => JSON.parse(done('wave', 'status', id, '--format', 'json'));
const towns = ['059580032000', '059580012000', '059580004000', '059580008000'];

/** A wave that is open, of towns with these mail addresses. */
function openedWave(addresses) {
  writeFileSync(at('frame.csv'), `body;email\r\n${addresses.map((address, place) => `${towns[place]};${address}`).join('\r\n')}\r\n`);
  const id = done('wave', 'new', '--name', 'Übung', '--frame', at('frame.csv'), '--opens', day(0), '--closes', day(20), '--synthetic').trim();
  done('wave', 'open', id);
  return id;
}

before(() => (folder = mkdtempSync(join(tmpdir(), 'resmon-waves-'))));
after(() => rmSync(folder, {recursive: true, force: true}));

test('a wave is planned by selection, opened, followed and closed; each refusal says why', () => {
  const id = done('wave', 'new', '--name', 'Welle 2026', '--name-en', 'Wave 2026', '--select', 'state=DE-NW,kind=municipality+independent-city', '--opens', day(0), '--closes', day(20)).trim();
  assert.match(id, /^[0-9a-f]{16}$/);
  const early = resmon('wave', 'close', id);
  assert.equal(early.status, 2);
  assert.match(early.stderr, /is-planned: the wave is not open yet/);
  done('wave', 'open', id);
  assert.equal(status(id).status.total.frame, 396);
  assert.match(done('wave', 'status', id), /396 +396 +0/);
  assert.match(done('wave', 'list'), /Wave 2026: open/);
  done('wave', 'remove', id, '--body', '05958032', '--reason', 'merged away');
  const rows = done('wave', 'status', id, '--format', 'csv').trim().split('\r\n');
  assert.equal(rows.length, 397);
  assert.ok(rows.some((row) => row.includes('merged away')));
  done('wave', 'close', id, '--reason', 'a trial');
  done('wave', 'export', id, at('frame-out.csv'));
  assert.equal(readFileSync(at('frame-out.csv'), 'utf8'), done('wave', 'status', id, '--format', 'csv'));
  assert.match(resmon('wave', 'purge', id).stderr, /deletion-day-to-come/);
  done('audit', 'verify');
});

test('a frame that does not fit is told with file, line and column, and nothing is planned', () => {
  writeFileSync(at('broken.csv'), 'body,email\n059580032000,nobody\n123,\n');
  const {status: code, stderr} = resmon('wave', 'new', '--name', 'x', '--frame', at('broken.csv'), '--opens', day(0), '--closes', day(1));
  assert.equal(code, 2);
  assert.match(stderr, /broken\.csv:2: email: must be one address/);
  assert.match(stderr, /broken\.csv:3: body: must be the key of a body/);
  assert.doesNotMatch(done('wave', 'list'), / x:/);
});

test('a wave leaves as a file and comes back as it was, to this office and to another; a fault in a cell leaves everything as it is', () => {
  writeFileSync(at('list.csv'), 'body;name;street;postcode;city;email\r\n059580032000;Stabsstelle;"Markt 1; Hof";01234;Meschede;a@town.example\r\n059580012000;;;;;\r\n');
  const id = done('wave', 'new', '--name', 'Dateiwelle', '--frame', at('list.csv'), '--opens', day(0), '--closes', day(20), '--synthetic').trim();
  for (const file of [at('wave.xlsx'), at('wave.csv')]) {
    done('wave', 'export', id, file);
    assert.equal(done('wave', 'import', file).trim(), id);
    const there = spawnSync(process.env.RESMON_PROGRAM, ['--data', at(`other-${file.split('.').at(-1)}`), 'wave', 'import', file], {encoding: 'utf8'});
    assert.equal(there.status, 0, there.stderr);
    assert.match(there.stderr, /Welle geplant, mit 2 Verwaltungen/);
    const again = spawnSync(process.env.RESMON_PROGRAM, ['--data', at(`other-${file.split('.').at(-1)}`), 'wave', 'export', there.stdout.trim(), at('again.csv')], {encoding: 'utf8'});
    assert.equal(again.status, 0, again.stderr);
    const [here, other] = [at('wave.csv'), at('again.csv')].map((name) => {
      done('wave', 'export', id, at('wave.csv'));
      return readFileSync(name, 'utf8').replaceAll(/[0-9a-f]{16}/g, 'ID').replaceAll(';', ',');
    });
    assert.equal(other, here);
  }
  writeFileSync(at('more.csv'), `wave,closes,body,email\n${id},31.2.2027,059580004000,x@town.example\n,,123,\n`);
  const refused = spawnSync(process.env.RESMON_PROGRAM, ['--data', at('office'), 'wave', 'import', at('more.csv')], {encoding: 'utf8'});
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /more\.csv:2: closes: muss ein Tag sein/);
  assert.match(refused.stderr, /more\.csv:3: body: muss der Schlüssel einer Verwaltung/);
  assert.equal(status(id).bodies.length, 2);
  assert.match(resmon('wave', 'export', id, at('wave.txt')).stderr, /must end in \.xlsx or \.csv/);
  done('wave', 'export', id, at('answers.csv'), '--answers');
  assert.match(readFileSync(at('answers.csv'), 'utf8'), /^\uFEFFresponse,state,kind,size,.*synthetic\r\n$/, 'nobody has handed in');
});

test('letters for mail merge: a German spreadsheet, each link once, none twice', () => {
  const id = openedWave(['', '']);
  done('wave', 'invite', id, '--output', at('letters.csv'));
  const text = readFileSync(at('letters.csv'), 'utf8');
  assert.equal(text[0], '\uFEFF');
  const [head, ...rows] = text.slice(1).trim().split('\r\n');
  assert.match(head, /^body;body_name;name;street;postcode;city;email;wave;closes;delete_on;link$/);
  const links = rows.map((row) => /https:\/\/resmon\.example\/umfrage\/einladung#([\w-]{32})$/.exec(row)[1]);
  assert.equal(new Set(links).size, 2);
  for (const file of ['office/resmon.db', 'office/resmon.db-wal'])
    for (const link of links) {
      let bytes = '';
      try {
        bytes = readFileSync(at(file), 'latin1');
      } catch {}
      assert.ok(!bytes.includes(link), 'the database holds hashes alone');
    }
  done('wave', 'invite', id, '--output', at('more.csv'));
  assert.equal(readFileSync(at('more.csv'), 'utf8').trim().split('\r\n').length, 1);
  done('wave', 'invite', id, '--again', '--output', at('letters.pdf'));
  assert.match(readFileSync(at('letters.pdf'), 'latin1'), /^%PDF-1/);
  done('wave', 'invite', id, '--again', '--output', at('again.csv'));
  assert.equal(readFileSync(at('again.csv'), 'utf8').trim().split('\r\n').length, 3);
});

test('mail: taken once each, refused ones again, silent ones never by themselves', async () => {
  const server = await smtpServer({login: {user: 'office', password: 'geheim geheim'}});
  writeFileSync(at('password'), 'geheim geheim\n');
  const mail = ['--smtp-url', `smtp://127.0.0.1:${server.port}`, '--smtp-from', 'survey@resmon.example', '--smtp-user', 'office', '--smtp-password-file', at('password')];
  const id = openedWave(['a@town.example', 'refused@town.example', 'later@town.example']);
  const first = await running('wave', 'invite', id, ...mail).ended;
  assert.equal(first.code, 0, first.said);
  assert.match(first.said, /1 letter sent, 2 refused, 0 unclear, 0 without/);
  assert.doesNotMatch(first.said, /town\.example|geheim/, 'neither addresses nor passwords are said');
  const {subject, body} = readable(server.mails[0].text);
  assert.match(subject, /^ÜBUNG – Einladung: Übung$/);
  assert.match(body, /https:\/\/resmon\.example\/umfrage\/einladung#[\w-]{32}/);
  const again = await running('wave', 'invite', id, ...mail).ended;
  assert.match(again.said, /0 letters sent, 2 refused/);
  assert.equal(server.mails.length, 1);
  await server.stop();
  const unreachable = await running('wave', 'invite', id, ...mail).ended;
  assert.match(unreachable.said, /0 letters sent, 2 refused/);
});

test('killed between sending and noting, a letter is unclear and is not sent again', async () => {
  const server = await smtpServer();
  const mail = ['--smtp-url', `smtp://127.0.0.1:${server.port}`, '--smtp-from', 'survey@resmon.example'];
  const id = openedWave(['silent@town.example', 'b@town.example']);
  const sending = running('wave', 'invite', id, ...mail);
  // The first in the order of keys is the second of the file; the silent one is last.
  await server.came(2);
  sending.child.kill('SIGKILL');
  await sending.ended;
  const again = await running('wave', 'invite', id, ...mail).ended;
  assert.match(again.said, /0 letters sent/);
  assert.deepEqual(server.mails.map((one) => one.to).sort(), ['b@town.example', 'silent@town.example']);
  await server.stop();
});

test('two at once write once', async () => {
  const server = await smtpServer();
  const mail = ['--smtp-url', `smtp://127.0.0.1:${server.port}`, '--smtp-from', 'survey@resmon.example'];
  const id = openedWave(['a@town.example', 'b@town.example', 'c@town.example', 'd@town.example']);
  const ends = await Promise.all([1, 2, 3].map(() => running('wave', 'invite', id, ...mail).ended));
  for (const {code, said} of ends) assert.equal(code, 0, said);
  assert.deepEqual(server.mails.map((one) => one.to).sort(), ['a@town.example', 'b@town.example', 'c@town.example', 'd@town.example']);
  const reminded = await running('wave', 'remind', id, '--stage', '1', ...mail).ended;
  assert.match(reminded.said, /4 letters sent/);
  await server.stop();
});

test('off this machine mail goes encrypted only, and to a server that is known', async () => {
  done('tls', 'new', '--host', '127.0.0.1', '--output', at('tls'));
  const server = await smtpServer({tls: {key: readFileSync(at('tls/server.key')), cert: readFileSync(at('tls/server.crt'))}});
  const mail = ['--smtp-url', `smtps://127.0.0.1:${server.port}`, '--smtp-from', 'survey@resmon.example'];
  const id = openedWave(['a@town.example']);
  assert.match((await running('wave', 'invite', id, ...mail).ended).said, /0 letters sent, 1 refused/);
  assert.equal(server.mails.length, 0);
  assert.match((await running('wave', 'invite', id, ...mail, '--smtp-ca', at('tls/ca.crt')).ended).said, /1 letter sent/);
  await server.stop();
  const wrong = resmon('wave', 'invite', id, '--smtp-url', 'smtp://user:pw@mail.example', '--smtp-from', 'nobody');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /smtp-url: must be smtps/);
  assert.match(wrong.stderr, /smtp-from: must be the address/);
});
