// What people do without a network: save the form, fill it in with another program, upload it, read what became of it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
const script = fileURLToPath(new URL('fill_form.py', import.meta.url));
let program;
let browser;
let folder;
let response;

const at = (path) => program.address + path;
const api = async (path, method = 'GET', body = undefined) => {
  const answer = await fetch(at(`/api/v1${path}`), {method, ...(body ? {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {})});
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
};
const current = async (question) => (await api(`/responses/${response}`)).answers.find((one) => one.question === question).current;
const values = async (question) => (await current(question)).map(({state, value}) => (state === 'answered' ? value : state));

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  folder = await mkdtemp(join(tmpdir(), 'resmon-forms-'));
  response = (await api('/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '05958032'})).id;
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
  if (folder) await rm(folder, {recursive: true});
});

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', {name: 'Umfrage als Tabelle speichern (XLSX)'}).click()]);
  assert.equal(download.suggestedFilename(), `resmon-${response}.xlsx`);
  const file = join(folder, name);
  await download.saveAs(file);
  return file;
}

function filled(file, name, wishes) {
  const target = join(folder, name);
  execFileSync('/usr/bin/python3', [script, file, target, JSON.stringify(wishes)]);
  return target;
}

async function upload(page, file) {
  await page.getByLabel('Ausgefüllte Datei').setInputFiles(file);
  await page.getByRole('button', {name: 'Datei übernehmen'}).click();
}

describe('The form that travels', slowly, () => {
  it('leaves, is filled in by another program, and comes back', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}`));
    const form = await saved(page, 'form.xlsx');
    const file = filled(form, 'filled.xlsx', {B1: {answer: 3, comment: 'Ordner B 4'}, B2: {state: 'weiß nicht'}, 'N1/power': {answer: 'ja'}, C10: {answer: 45, unit: 'Stunden'}});
    await upload(page, file);
    await page.getByRole('status').filter({hasText: '4 Antworten übernommen.'}).waitFor();
    assert.deepEqual(await values('B1'), [3]);
    assert.deepEqual(await values('B2'), ['dont-know']);
    assert.deepEqual(await values('N1'), [['power']]);
    assert.deepEqual(await values('C10'), [{amount: 45, unit: 'hours'}]);
    await upload(page, file);
    await page.getByRole('status').filter({hasText: 'Keine neue Antwort'}).waitFor();
    await page.getByText('4 von').first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('shows what somebody else answered meanwhile, and loses neither', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}`));
    const form = await saved(page, 'before.xlsx');
    const [{number}] = await current('B1');
    await api(`/responses/${response}/answers/B1`, 'PUT', {id: 'meanwhile-1', state: 'answered', value: 4, supersedes: [number]});
    await upload(page, filled(form, 'late.xlsx', {B1: {answer: 2}, B3: {answer: 1}}));
    await page.getByRole('status').filter({hasText: '2 Antworten übernommen, ein Widerspruch. Inzwischen hatte jemand anders geantwortet: B1.'}).waitFor();
    assert.deepEqual(await values('B1'), [4, 2]);
    await picture(page, 'form-taken');
    await page.getByRole('status').getByRole('link').click();
    await page.waitForURL(/pruefen$/);
    await close();
  });

  it('names every fault with sheet and cell, and takes over nothing', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}`));
    const form = await saved(page, 'once-more.xlsx');
    await page.getByRole('button', {name: 'Datei übernehmen'}).click();
    await page.getByText('Wählen Sie zuerst die ausgefüllte Datei.').waitFor();
    await upload(page, filled(form, 'faulty.xlsx', {B4: {answer: 5}, B5: {answer: 2}, 'N1/power': {answer: 'manchmal'}, A4: {state: 'trifft nicht zu'}}));
    const box = page.getByRole('group', {name: 'Die Datei hat 3 Fehler. Nichts wurde übernommen.'});
    await box.waitFor();
    const plain = (await box.innerText()).replace(/\s+/g, ' ');
    assert.match(plain, /Blatt „B Notfallplanung“ Zelle F7: „5“ ist keine Stufe von 0 bis 4\./);
    assert.match(plain, /Zelle F\d+: „manchmal“ ist weder „ja“ noch leer\./);
    assert.match(plain, /Zelle I\d+: Die Begründung fehlt/);
    assert.deepEqual(await values('B5'), [], 'nothing of the file');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'group');
    assert.deepEqual(await breaches(page), []);
    await upload(page, script);
    await page.getByRole('group').getByText('Das ist kein Antwortbogen').waitFor();
    await close();
  });

  it('reads well in every look', async () => {
    for (const [width, scheme] of looks) {
      const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
      await visit(page, at(`/umfrage/${response}`));
      await upload(page, filled(join(folder, 'form.xlsx'), 'faulty-again.xlsx', {B4: {answer: 5}}));
      await page.getByRole('group', {name: 'Die Datei hat einen Fehler.'}).waitFor();
      await picture(page, `form-${width}-${scheme}`);
      assert.deepEqual(await breaches(page), [], `${width} ${scheme}`);
      assert.deepEqual(await sidewaysElements(page), [], `${width} ${scheme}`);
      assert.deepEqual(faults.filter((fault) => !fault.includes('422')), []);
      await close();
    }
  });
});
