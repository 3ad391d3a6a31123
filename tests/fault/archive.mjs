// Archives as nobody's program writes them: right in everything but what a test makes wrong.
import {createHash} from 'node:crypto';
import {deflateRawSync} from 'node:zlib';

import {newest} from './installation.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const crcs = Array.from({length: 256}, (_, byte) => Array.from({length: 8}).reduce((crc) => (crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1), byte));
const crc32 = (bytes) => (bytes.reduce((crc, byte) => crcs[(crc ^ byte) & 255] ^ (crc >>> 8), -1) ^ -1) >>> 0;

/** APPNOTE.TXT 4.3.7 and 4.3.12: the head of an entry, in its place and in the directory; what tells of it may be a lie. */
function headOf({name, content, packed, method = 8, flags = 0, attributes = 0, told = content.length}, at) {
  const words = Buffer.alloc(26);
  words.writeUInt16LE(20, 0);
  words.writeUInt16LE(flags, 2);
  words.writeUInt16LE(method, 4);
  words.writeUInt32LE(0x210000, 6);
  words.writeUInt32LE(crc32(content), 10);
  words.writeUInt32LE(packed.length, 14);
  words.writeUInt32LE(told, 18);
  words.writeUInt16LE(Buffer.byteLength(name), 22);
  if (at === undefined) return Buffer.concat([Buffer.from('PK\x03\x04'), words, Buffer.from(name)]);
  const more = Buffer.alloc(14);
  more.writeUInt32LE(attributes, 6);
  more.writeUInt32LE(at, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), words, more, Buffer.from(name)]);
}

/** A ZIP file that ends with its own hash, as archives do. */
export function zipOf(entries) {
  const all = entries.map((entry) => {
    const content = Buffer.from(entry.content);
    return {...entry, content, packed: (entry.method ?? 8) === 8 ? deflateRawSync(content) : content};
  });
  const places = [];
  const pieces = [];
  let size = 0;
  for (const entry of all) {
    places.push(size);
    for (const piece of [headOf(entry), entry.packed]) {
      pieces.push(piece);
      size += piece.length;
    }
  }
  const directory = Buffer.concat(all.map((entry, at) => headOf(entry, places[at])));
  const mark = 'resmon archive; SHA-256 of all bytes before: ';
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(all.length, 8);
  end.writeUInt16LE(all.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(size, 16);
  end.writeUInt16LE(mark.length + 64, 20);
  const before = Buffer.concat([...pieces, directory, end, Buffer.from(mark)]);
  return Buffer.concat([before, Buffer.from(sha256(before))]);
}

export const tables = ['organisation', 'office_member', 'person', 'membership', 'sharing', 'audit_head', 'audit_entry', 'credential', 'recovery_code', 'sign_in_session', 'link', 'access_token', 'sign_in_failure', 'catalogue_copy', 'scenario_copy', 'own_scenario', 'outage_run', 'outage_result', 'questionnaire_copy', 'survey_response', 'survey_entry', 'survey_receipt', 'survey_link', 'survey_link_key', 'survey_link_session', 'survey_assignment', 'wave', 'wave_body', 'wave_invitation', 'wave_dispatch', 'wave_participation', 'wave_withdrawal', 'job', 'erasure', 'backup_made'];

export const person = (id, more = {}) => ({id, login: id, login_key: id, name: id, contact: '', created_at: '', disabled_at: '', erased_at: '', last_sign_in: '', ...more});

/** `rows`: objects, or lines as they are, by table. `lie` changes the manifest, `entries` what lies in the file. */
export function archiveOf(rows, {lie = (manifest) => manifest, entries = (list) => list} = {}) {
  const contents = tables.map((table) => [table, (rows[table] ?? []).map((row) => (typeof row === 'string' ? row : JSON.stringify(row)) + '\n').join('')]);
  const manifest = {
    format: 1,
    program: '0.1.0',
    schema: newest,
    made_at: '2026-11-25T16:00:00Z',
    organisation: '',
    has_keys: false,
    tables: contents.map(([table, content]) => ({table, file: `${table}.jsonl`, rows: content.split('\n').length - 1, bytes: Buffer.byteLength(content), sha256: sha256(content)})),
  };
  const told = lie(manifest);
  return zipOf(entries([...contents.map(([table, content]) => ({name: `${table}.jsonl`, content})), {name: 'manifest.json', content: typeof told === 'string' ? told : JSON.stringify(told)}]));
}
