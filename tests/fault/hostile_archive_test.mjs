// Archives made to do harm: each is refused by import and restore in a sentence that names the place, and nothing is taken over.
import assert from 'node:assert/strict';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {archiveOf, person, zipOf} from './archive.mjs';
import {Folder, databaseAt, litterIn, newest, resmon, rowsOf} from './installation.mjs';

let folder;
before(() => {
  folder = new Folder();
  databaseAt(folder.at('town'), newest);
});
after(() => folder?.remove());

const anna = {person: [person('anna')]};
const told = (change) => ({lie: (manifest) => ({...manifest, ...change})});
const table = (name, change) => ({lie: (manifest) => ({...manifest, tables: manifest.tables.map((one) => (one.table === name ? {...one, ...change} : one))})});
const added = (...more) => ({entries: (list) => [...more, ...list]});
const changed = (name, change) => ({entries: (list) => list.map((one) => (one.name === name ? {...one, ...change(one)} : one))});

/** What is wrong, the archive, what is said; `restored`: what restore says instead. */
const offers = [
  ['a name that leads out of the folder', archiveOf(anna, added({name: '../../../tmp/resmon-evil', content: 'x'})), /hostile\.zip: \.\.\/\.\.\/\.\.\/tmp\/resmon-evil does not stand in the manifest/],
  ['an absolute name', archiveOf(anna, added({name: '/etc/resmon-evil', content: 'x'})), /hostile\.zip: \/etc\/resmon-evil does not stand in the manifest/],
  ['a symbolic link', archiveOf(anna, added({name: 'link', content: '/etc/passwd', attributes: 0xa1ff0000})), /hostile\.zip: link does not stand in the manifest/],
  ['a table that leads out of the folder', archiveOf(anna, {lie: (manifest) => ({...manifest, tables: [...manifest.tables, {...manifest.tables[0], table: '../evil'}]})}), /hostile\.zip\/manifest\.json: there is no table \.\.\/evil/],
  ['an entry that stands twice', archiveOf(anna, added({name: 'person.jsonl', content: ''})), /hostile\.zip: is no archive, or damaged: a name stands twice in it/],
  ['two manifests', archiveOf(anna, added({name: 'manifest.json', content: '{}'})), /hostile\.zip: is no archive, or damaged: a name stands twice in it/],
  ['no manifest', archiveOf(anna, {entries: (list) => list.slice(0, -1)}), /hostile\.zip: must contain manifest\.json once/],
  ['a manifest that is no JSON', archiveOf(anna, {lie: () => '{"format": 1'}), /hostile\.zip\/manifest\.json: is no JSON object/],
  ['a manifest nested a hundred thousand deep', archiveOf(anna, {lie: () => '[{"a":'.repeat(100_000)}), /hostile\.zip\/manifest\.json: is (nested too deep|no JSON object)/],
  ['a manifest of two megabytes', archiveOf(anna, {lie: (manifest) => JSON.stringify(manifest) + ' '.repeat(2 << 20)}), /manifest\.json: may have at most 1048576 bytes/],
  ['a small file that unpacks to 64 megabytes', archiveOf(anna, changed('person.jsonl', () => ({content: Buffer.alloc(64 << 20)}))), /person\.jsonl: must have \d+ bytes as the manifest says, has more/],
  ['a promise of more than any disk holds', archiveOf(anna, table('person', {bytes: 2 ** 45})), /hostile\.zip: may unpack to at most 274877906944 bytes/],
  ['an entry that claims to be encrypted', archiveOf(anna, changed('person.jsonl', () => ({flags: 1}))), /hostile\.zip\S*: is no archive, or damaged/],
  ['a way of packing that nobody knows', archiveOf(anna, changed('person.jsonl', () => ({method: 99}))), /hostile\.zip\S*: is no archive, or damaged/],
  ['a wrong hash of a table', archiveOf(anna, table('person', {sha256: '0'.repeat(64)})), /person\.jsonl: is damaged: its SHA-256 must be 0{64}, is [0-9a-f]{64}/],
  ['a wrong number of rows', archiveOf(anna, table('person', {rows: 7})), /person\.jsonl: must have 7 rows, has 1/],
  ['a wrong hash of the file', Buffer.concat([archiveOf(anna).subarray(0, -1), Buffer.from('!')]), /hostile\.zip: is no archive of resmon, or it is damaged or cut off/],
  ['a ZIP file of somebody else', zipOf([{name: 'readme.txt', content: 'x'}]), /hostile\.zip: must contain manifest\.json once/],
  ['an empty file', Buffer.alloc(0), /hostile\.zip: is no archive of resmon, or it is damaged or cut off/],
  ['rows out of order', archiveOf({person: [person('b'), person('a')]}), /person\.jsonl:2: must come after the line before by its key, each key once/],
  ['a row twice', archiveOf({person: [person('a'), person('a')]}), /person\.jsonl:2: must come after the line before by its key, each key once/],
  ['a row without its key', archiveOf({person: [{name: 'nobody'}]}), /person\.jsonl:1: lacks a part of its key/],
  ['a row that is no object', archiveOf({person: ['[1,2]']}), /person\.jsonl:1: must be a text, a number or null/],
  ['a row nested a hundred thousand deep', archiveOf({person: ['{"id":'.repeat(100_000)]}), /person\.jsonl:1: .*must be a text, a number or null/],
  ['a column twice in a row', archiveOf({person: ['{"id":"a","id":"b"}']}), /person\.jsonl:1: .*the column id stands twice/],
  ['a number beyond 64 bits', archiveOf({person: ['{"id":"a","name":18446744073709551615}']}), /person\.jsonl:1: name: a number must fit into 64 bits/],
  ['an unknown table', archiveOf(anna, {lie: (manifest) => ({...manifest, tables: [...manifest.tables, {...manifest.tables[0], table: 'evil'}]})}), /hostile\.zip\/manifest\.json: there is no table evil/],
  ['a table that is left out', archiveOf(anna, {lie: (manifest) => ({...manifest, tables: manifest.tables.filter((one) => one.table !== 'job')}), entries: (list) => list.filter((one) => one.name !== 'job.jsonl')}), new RegExp(`hostile\\.zip/manifest\\.json: must have the table job of schema ${newest}\n`)],
  ['an unknown column', archiveOf({person: [person('anna', {'x"); DROP TABLE person; --': 'x'})]}), /person\.jsonl:1: x"\); DROP TABLE person; --: there is no such column/],
  ['a missing column', archiveOf({person: [person('a'), {id: 'b'}]}), /person\.jsonl:2: must have the columns of the first line/],
  ['a number where a text belongs', archiveOf({person: [person('anna', {name: 7})]}), /person\.jsonl:1: name: must be a text/],
  ['nothing where something must be', archiveOf({person: [person('anna', {name: null})]}), /person\.jsonl:1: person anna cannot be added: /],
  ['a reference to nothing', archiveOf({membership: [{person: 'nobody', organisation: '', role: 'auditor'}]}), /membership\.jsonl:1: membership nobody  auditor cannot be added: /],
  ['a newer format', archiveOf(anna, told({format: 2})), /hostile\.zip\/manifest\.json: format: 2 is newer than this program knows \(1\)/],
  ['a newer schema', archiveOf(anna, told({schema: 99})), /schema 99/],
  ['keys that are none', archiveOf(anna, {...told({has_keys: true}), ...added({name: 'resmon.key', content: 'nonsense\n'})}), /resmon\.key:1: must be `resmon-key ID KEY`/, {only: 'restore'}],
  ['an encrypted file with another content', Buffer.concat([Buffer.from('resmon encrypted archive 1\n'), Buffer.alloc(4096)]), /hostile\.zip: the passphrase is another, or the file is damaged/],
];

test('what is right is taken over, so that what is refused is refused for what is wrong', () => {
  writeFileSync(folder.at('right.zip'), archiveOf(anna));
  const place = folder.copyOf('town');
  const imported = resmon(['--data', place, 'import', folder.at('right.zip')]);
  assert.equal(imported.status, 0, imported.stderr);
  assert.equal(rowsOf(place).length, rowsOf(folder.at('town')).length + 1);
  const restored = resmon(['--data', folder.empty(), 'restore', folder.at('right.zip')]);
  assert.equal(restored.status, 0, restored.stderr);
});

test('a size that the directory tells is not believed: what is there counts', () => {
  writeFileSync(folder.at('lie.zip'), archiveOf(anna, changed('person.jsonl', () => ({told: 0xfffffff0}))));
  const place = folder.copyOf('town');
  const imported = resmon(['--data', place, 'import', folder.at('lie.zip')]);
  assert.equal(imported.status, 0, imported.stderr);
  assert.equal(rowsOf(place).length, rowsOf(folder.at('town')).length + 1);
});

for (const [what, bytes, sentence, {only} = {}] of offers)
  test(`${what} is refused, and nothing is taken over`, () => {
    const file = folder.at('hostile.zip');
    writeFileSync(file, bytes);
    const env = {RESMON_PASSPHRASE: 'a passphrase of words'};
    const rows = rowsOf(folder.at('town'));
    if (only !== 'restore') {
      const {status, stdout, stderr} = resmon(['--data', folder.at('town'), 'import', file], {env});
      assert.equal(status, 2, stdout + stderr);
      assert.match(stderr, sentence);
      assert.ok(stderr.length < 20_000, 'what is said stays readable');
      assert.deepEqual(rowsOf(folder.at('town')), rows);
      assert.deepEqual(litterIn(folder.at('town'), folder.path), []);
    }
    const place = folder.empty();
    const {status, stdout, stderr} = resmon(['--data', place, 'restore', file], {env});
    assert.equal(status, 2, stdout + stderr);
    assert.match(stderr, sentence);
    assert.ok(!existsSync(join(place, 'resmon.db')));
    assert.deepEqual(readdirSync(place), [], 'the place is still empty');
    assert.ok(!existsSync('/tmp/resmon-evil') && !existsSync('/etc/resmon-evil'));
  });
