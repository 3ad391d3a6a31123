// The shipped catalogue with a second questionnaire, in which every type of question stands once.
import {cp, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const shipped = fileURLToPath(new URL('../../catalogue', import.meta.url));
const both = (words) => `{de: "${words}", en: "${words}"}`;
const levels = `levels: [${['Nichts', 'Geplant', 'Teilweise', 'Umgesetzt', 'Geprüft'].map(both).join(', ')}]`;
const choices = (...words) => `choices: [${words.map((word) => `{id: ${word.toLowerCase()}, text: ${both(word)}}`).join(', ')}]`;

/** Type, and what else a question of that type needs. */
const questions = {
  A1: ['ordinal', levels],
  A2: ['single', choices('Rot', 'Blau', 'Grau')],
  A3: ['multiple', choices('Wasser', 'Feuer', 'Erde')],
  A4: ['scale', `lowest: 1\n    highest: 5\n    lowest_means: ${both('gar nicht')}\n    highest_means: ${both('völlig')}`],
  A5: ['number', `unit: ${both('Stunden')}\n    lowest: 0\n    highest: 10000\n    decimals: 1`],
  A6: ['duration', ''],
  A7: ['date', ''],
  A8: ['text', ''],
  A9: ['matrix', `${levels}\n    rows: [birth, death]`],
  A10: ['ordinal', `${levels}\n    when: {question: A2, is: blau}`],
  A11: ['number', `unit: ${both('Stück')}\n    lowest: 0\n    decimals: 0`],
};

export async function catalogueOfEveryType() {
  const folder = join(await mkdtemp(join(tmpdir(), 'resmon-catalogue-')), 'catalogue');
  await cp(shipped, folder, {recursive: true});
  const place = join(folder, 'questionnaires');
  await mkdir(join(place, 'versuch'));
  await writeFile(join(place, 'versuch.yaml'), `id: versuch
version: 1
status: draft
name: ${both('Versuch')}
introduction: ${both('Jede Art einmal.')}
topics: [A]
quick_check: [A1]
`);
  const text = Object.entries(questions).map(([id, [type, more]]) => `  - id: ${id}
    type: ${type}
    text: ${both(`Frage der Art ${type}, ${id}`)}
    help: ${both(`Was bei ${id} zählt.`)}
    why: ${both(`Warum ${id}.`)}
${more ? `    ${more}\n` : ''}`).join('');
  await writeFile(join(place, 'versuch', 'A.yaml'), `id: A
name: ${both('Allerlei')}
introduction: ${both('Ein Thema zum Versuch.')}
questions:
${text}essentials:
  - {level: 1, question: A1, at_least: 2}
`);
  return folder;
}
