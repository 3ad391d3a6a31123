// Makes passwords/frequent.txt from a list of passwords ordered by frequency: frequent_passwords.mjs LIST OUTPUT
// What is kept, and why, is said in docs/decisions/0011-passwords.md. Folds as base/folded.cpp does.
import {readFileSync, writeFileSync} from 'node:fs';

const [list, output] = process.argv.slice(2);
const shortest = 12; // sign_on/password.cpp asks for as many letters
const roots = 10_000;
const shortestRoot = 4;

const folded = (text) =>
  text
    .replace(/[äÄ]/g, 'ae')
    .replace(/[öÖ]/g, 'oe')
    .replace(/[üÜ]/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const withoutEnds = (text) => text.replace(/^[^a-z\u0080-\u{10ffff}]+|[^a-z\u0080-\u{10ffff}]+$/gu, '');

const passwords = readFileSync(list, 'utf8').split(/\r?\n/).filter(Boolean).map(folded);
const kept = new Set(passwords.filter((password) => [...password].length >= shortest));
for (const password of passwords.slice(0, roots)) {
  for (const root of [password, withoutEnds(password)]) {
    if ([...root].length >= shortestRoot) kept.add(root);
  }
}
const lines = [...kept].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
writeFileSync(output, lines.join('\n') + '\n');
