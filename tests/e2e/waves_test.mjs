// A wave from its plan to its end with three people: who runs it, an officer with an account, and the holder of a letter.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {ask, firstAdministrator, invited} from './accounts.mjs';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {answer, field, heading, press} from './people.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
const secret = 'streng vertraulich: der Tresor ist offen';
let program;
let browser;
let admin;
let owner;
let officer;
let holder;
let wave;
let letters;

const at = (path) => program.address + path;
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const german = (iso) => iso.split('-').reverse().join('.');

async function looksGood(one, name) {
  for (const [width, scheme] of looks) {
    await one.page.setViewportSize({width, height: 900});
    await one.page.emulateMedia({colorScheme: scheme});
    assert.deepEqual(await breaches(one.page), [], `${name} ${width} ${scheme}`);
    assert.deepEqual(await sidewaysElements(one.page), [], `${name} ${width}`);
    await picture(one.page, `waves-${name}-${width}-${scheme}`);
  }
  await one.page.setViewportSize({width: 1280, height: 900});
  await one.page.emulateMedia({colorScheme: 'light'});
}

before(async () => {
  program = await startProgram({accounts: true});
  browser = await startBrowser();
  admin = await firstAdministrator(browser, program);
  const {page} = admin;
  await ask(page, '/organisations', 'POST', {id: 'forschung', kind: 'survey-owner', name: 'Forschung (synthetisch)'});
  await ask(page, '/organisations', 'POST', {id: '059580032000', kind: 'municipality', name: 'Meschede'});
  owner = await invited(browser, program, admin, 'Fee', 'forschung', 'researcher');
  officer = await invited(browser, program, admin, 'Otto', '059580032000', 'editor');
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

describe('A wave', slowly, () => {
  it('is planned with a look at whom it asks', async () => {
    const {page} = owner;
    await visit(page, at('/umfrage/wellen'));
    await heading(page, 'Welche Verwaltungen fragen Sie');
    await looksGood(owner, 'list');
    await page.getByRole('link', {name: 'Neue Welle planen'}).click();
    await heading(page, 'Wen fragen Sie was');
    await press(page, 'Welle planen');
    await page.locator('.errors', {hasText: 'Geben Sie der Welle einen Namen'}).waitFor();
    await page.getByLabel('Land', {exact: true}).selectOption('nordrhein-westfalen');
    await page.locator('.big', {hasText: '396 Verwaltungen'}).waitFor();
    await looksGood(owner, 'new');
    await page.getByLabel('Auswahl', {exact: true}).selectOption('file');
    await page.getByLabel('Datei', {exact: true}).setInputFiles({name: 'rahmen.csv', mimeType: 'text/csv', buffer: Buffer.from('body;name;street;postcode;city\r\n059580032000;;;;\r\n059580012000;Stabsstelle;Am Markt 1;59929;Brilon\r\n')});
    await page.locator('.big', {hasText: '2 Verwaltungen'}).waitFor();
    await field(page, 'Name der Welle').fill('Probewelle');
    await page.getByLabel('Nur zur Übung').check();
    await field(page, 'Erster Tag').fill(german(day(0)));
    await field(page, 'Letzter Tag').fill(german(day(20)));
    await field(page, 'Von wann an die Verbindung zu den Antworten gelöscht wird').fill(german(day(400)));
    await press(page, 'Welle planen');
    await heading(page, 'Probewelle');
    wave = /wellen\/([0-9a-f]{16})/.exec(page.url())[1];
    await page.locator('.note', {hasText: 'Synthetisch'}).waitFor();
  });

  it('is opened, and its letters come as a file', async () => {
    const {page} = owner;
    await press(page, 'Welle öffnen');
    await page.getByRole('button', {name: 'Datei für Serienbriefe (2)'}).waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', {name: 'Datei für Serienbriefe (2)'}).click();
    letters = readFileSync(await (await coming).path(), 'utf8').slice(1).trim().split('\r\n').slice(1);
    assert.equal(letters.length, 2);
    await page.getByText('2 hinausgegangen, 0 abgelehnt').waitFor();
    await looksGood(owner, 'open');
  });

  it('leaves as a file without an answer, and takes a file as a whole or not at all', async () => {
    const {page} = owner;
    const coming = page.waitForEvent('download');
    await page.getByRole('link', {name: 'Tabelle herunterladen (XLSX)'}).click();
    const exported = readFileSync(await (await coming).path());
    assert.equal(exported.subarray(0, 2).toString(), 'PK');
    const read = async (name, bytes) => {
      await page.getByLabel('Datei einlesen').setInputFiles({name, mimeType: 'application/octet-stream', buffer: bytes});
      await press(page, 'Einlesen');
    };
    await read('kaputt.csv', Buffer.from('body;email\r\n059580004000;niemand\r\n123;\r\n'));
    const faults = page.locator('.errors');
    await faults.getByText('muss eine Adresse sein, name@host').waitFor();
    await faults.getByText('muss der Schlüssel einer Verwaltung aus dem Verzeichnis sein, ist 123').waitFor();
    await looksGood(owner, 'file-faults');
    await read('welle.xlsx', exported);
    await page.getByText('Eingelesen: 0 neu, 0 mit anderer Anschrift, 2 wie zuvor.').waitFor();
  });

  it('is taken part in by an officer with an account, who consents and hands in', async () => {
    const {page} = officer;
    await visit(page, at('/umfrage'));
    await page.getByRole('heading', {name: 'Sie sind eingeladen: Probewelle'}).waitFor();
    await page.getByRole('link', {name: 'Einladung ansehen'}).click();
    await heading(page, 'Sie sind eingeladen: Probewelle');
    await page.getByText('Ihre Antworten sieht Forschung (synthetisch) nicht').waitFor();
    assert.equal(await page.getByLabel('Ja, unsere Antworten dürfen').isChecked(), false, 'consent is asked, never assumed');
    await page.getByLabel('Ja, unsere Antworten dürfen').check();
    await looksGood(officer, 'part');
    await press(page, 'Teilnehmen');
    await page.getByRole('heading', {name: 'Sie nehmen teil'}).waitFor();
    const {json} = await ask(page, '/invitations-to-waves');
    const {response, may_compare} = json.invitations[0].participation;
    assert.equal(may_compare, true);
    await ask(page, `/responses/${response}/answers/A4`, 'PUT', {id: 'entry-0001', state: 'answered', value: 3, comment: secret, supersedes: []});
    assert.equal((await ask(page, `/responses/${response}/receipt`, 'POST')).status, 201);
  });

  it('is answered by the holder of a letter without account, whose link the letter does not know', async () => {
    const letter = new URL(letters.find((line) => line.startsWith('059580012000')).split(';').at(-1));
    holder = await openPage(browser, program.address);
    const {page} = holder;
    await visit(page, at(letter.pathname + letter.hash));
    await heading(page, 'Ihre Verwaltung ist eingeladen');
    await press(page, 'Einladung öffnen');
    await heading(page, 'Sie sind eingeladen: Probewelle');
    const own = await page.locator('.once code').innerText();
    assert.match(own, /\/umfrage\/link#[\w-]{43}$/);
    await looksGood(holder, 'letter');
    await press(page, 'Mit der Befragung beginnen');
    await page.getByRole('link', {name: 'Zu den Fragen'}).or(page.locator('.kern-btn--primary')).first().click();
    await page.getByRole('heading', {name: 'Sie sind eingeladen: Probewelle'}).waitFor();
    const {json} = await ask(page, '/invitations-to-waves');
    await ask(page, `/responses/${json.invitations[0].participation.response}/answers/A4`, 'PUT', {id: 'entry-0001', state: 'answered', value: 1, comment: secret, supersedes: []});
    // The letter itself opens nothing any more.
    const other = await openPage(browser, program.address);
    await visit(other.page, at(letter.pathname + letter.hash));
    await press(other.page, 'Einladung öffnen');
    await heading(other.page, 'Diese Einladung wurde schon geöffnet');
    await other.close();
  });

  it('shows its owner how far everybody is, and no answer', async () => {
    const {page} = owner;
    await visit(page, at(`/umfrage/wellen/${wave}`));
    await page.getByRole('heading', {name: 'Abgegeben haben 1 von 2'}).waitFor();
    await page.getByRole('row', {name: /Meschede.*abgegeben/}).waitFor();
    await page.getByRole('row', {name: /Brilon.*begonnen/}).waitFor();
    assert.ok(!(await page.content()).includes(secret));
    for (const path of ['/responses', `/waves/${wave}`, '/waves', `/waves/${wave}/frame`, `/waves/${wave}/dispatches`, '/profiles', '/audit'])
      assert.ok(!(await ask(page, path)).text.includes(secret), path);
    await visit(page, at('/umfrage'));
    assert.ok(!(await page.content()).includes('Meschede'));
  });

  it('is left by whoever withdraws, with a receipt', async () => {
    const {page} = holder;
    await visit(page, at(`/umfrage/teilnahme/${wave}`));
    await press(page, 'Teilnahme zurückziehen');
    await page.getByRole('dialog').getByLabel('Nur die Verbindung').check();
    await answer(page, 'Zurückziehen und löschen');
    await page.getByRole('heading', {name: 'Zurückgezogen', exact: true}).waitFor();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', {name: 'Beleg speichern'}).click();
    const receipt = JSON.parse(readFileSync(await (await coming).path(), 'utf8'));
    assert.equal((await ask(page, '/withdrawals/verification', 'POST', receipt)).json.genuine, true);
    assert.equal((await ask(page, '/withdrawals/verification', 'POST', {...receipt, entries: 99})).json.genuine, false);
  });

  it('is closed with its reason, and what was reached stays', async () => {
    const {page} = owner;
    await visit(page, at(`/umfrage/wellen/${wave}`));
    await press(page, 'Welle schließen');
    await answer(page, 'Welle schließen');
    await page.locator('.errors', {hasText: 'Nennen Sie den Grund'}).waitFor();
    await page.getByRole('dialog').getByLabel('Grund').fill('alle sind fertig');
    await answer(page, 'Welle schließen');
    await page.getByText('Die Welle ist geschlossen. Abgegeben haben 1 von 2').waitFor();
    await page.getByRole('row', {name: /Brilon.*zurückgezogen/}).waitFor();
  });

  it('breaks no rule of the pages', () => {
    for (const one of [owner, officer, holder]) assert.deepEqual(one.faults.filter((fault) => !/40[349]|422/.test(fault)), []);
  });
});
