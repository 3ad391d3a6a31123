// Somebody without account answers by a link, a colleague what is assigned to them; both see that and nothing else.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {ask, firstAdministrator, invited} from './accounts.mjs';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {answer, field, heading} from './people.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
const label = 'Frau Berger, Standesamt';
let program;
let browser;
let admin;
let response;
let secretLink;

before(async () => {
  program = await startProgram({accounts: true});
  browser = await startBrowser();
  admin = await firstAdministrator(browser, program);
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const at = (path) => program.address + path;

describe('A link', slowly, () => {
  let editor;
  it('is made for a person and some topics, and shown once', async () => {
    await ask(admin.page, '/organisations', 'POST', {id: '059700040000', kind: 'municipality', name: 'Siegen'});
    editor = await invited(browser, program, admin, 'Ella', '059700040000', 'editor');
    const begun = await ask(editor.page, '/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '059700040000'});
    assert.equal(begun.status, 201, JSON.stringify(begun.json));
    response = begun.json.id;
    await ask(editor.page, `/responses/${response}/answers/C1`, 'PUT', {id: 'entry-0001', state: 'answered', value: 1, comment: 'nur für Ella', supersedes: []});
    const {page} = editor;
    await visit(page, at(`/umfrage/${response}`));
    await page.locator('summary', {hasText: 'Link für eine Person ohne Konto'}).click();
    await page.getByRole('button', {name: 'Link erzeugen'}).click();
    await page.locator('.errors', {hasText: 'für wen der Link ist'}).waitFor();
    await field(page, 'Für wen?').fill(label);
    await page.locator('#link-topic-A').check();
    await page.getByRole('button', {name: 'Link erzeugen'}).click();
    await page.locator('.once .title', {hasText: `Link für ${label}`}).waitFor();
    secretLink = await page.locator('.once code').innerText();
    assert.match(secretLink, /\/umfrage\/link#[\w-]{43}$/);
    await page.getByRole('rowheader', {name: label}).waitFor();
    await picture(page, 'links-given');
    for (const [width, scheme] of looks) {
      await page.setViewportSize({width, height: 900});
      await page.emulateMedia({colorScheme: scheme});
      assert.deepEqual(await breaches(page), [], `${width} ${scheme}`);
      assert.deepEqual(await sidewaysElements(page), [], `${width}`);
    }
    await page.setViewportSize({width: 1280, height: 900});
  });

  it('opens its topics without account, and leaves no secret in the address', async () => {
    const guest = await openPage(browser, program.address, {width: 390});
    const {page, faults} = guest;
    await page.goto(at('/umfrage/link' + new URL(secretLink).hash));
    await heading(page, 'Sie wurden um Antworten gebeten');
    assert.doesNotMatch(page.url(), /#/);
    await page.getByText('Sie sehen das Thema A, sonst nichts.').waitFor();
    await picture(page, 'links-landing');
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(await sidewaysElements(page), []);
    await page.getByRole('link', {name: 'Zu den Fragen'}).click();
    await heading(page, 'Umfrage für Siegen');
    assert.equal(await page.locator('#themen ~ ul li, .card ul.plain li').filter({has: page.locator('.id')}).count(), 1, 'one topic');
    await page.goto(at(`/umfrage/${response}/A`));
    await page.locator('#frage-A4-antwort-2').check();
    await page.locator('section', {has: page.locator('#frage-A4')}).getByText(/Gespeichert \d{2}:\d{2}/).waitFor();
    await picture(page, 'links-topic');

    const sheet = await ask(page, `/responses/${response}`);
    assert.ok(!JSON.stringify(sheet.json).includes('nur für Ella'));
    assert.deepEqual([...new Set(sheet.json.answers.map(({question}) => question[0]))], ['A']);
    for (const [path, method, body, status] of [
      [`/responses/${response}/answers/C1`, 'GET', undefined, 404],
      [`/responses/${response}/answers/C1`, 'PUT', {id: 'entry-0002', state: 'dont-know', supersedes: []}, 404],
      [`/responses/${response}/profile`, 'GET', undefined, 404],
      [`/responses/${response}/forecast`, 'GET', undefined, 403],
      [`/responses/${response}/receipt`, 'POST', undefined, 404],
      [`/responses/${response}/links`, 'GET', undefined, 401],
      ['/people', 'GET', undefined, 401],
    ])
      assert.equal((await ask(page, path, method, body)).status, status, `${method} ${path}`);
    assert.deepEqual((await ask(page, '/responses')).json.responses, []);

    // Elsewhere there is nothing for them.
    for (const path of ['/', '/ausfall', '/umfrage', '/personen']) {
      await page.goto(at(path));
      await page.waitForURL(/\/umfrage\/link$/);
    }
    assert.deepEqual(faults.filter((fault) => !/40[134]/.test(fault)), []);
    await guest.close();
  });

  it('stands under the answers with its label, and in the audit trail', async () => {
    const {page} = editor;
    const sheet = await ask(page, `/responses/${response}`);
    const [entry] = sheet.json.answers.find(({question}) => question === 'A4').current;
    assert.equal(entry.person_name, label);
    assert.equal(entry.source, 'typed');
    await visit(page, at(`/umfrage/${response}/A`));
    await page.locator('section', {has: page.locator('#frage-A4')}).locator('summary', {hasText: 'Verlauf'}).click();
    await page.getByText(`${label}, per Link`).waitFor();
  });

  it('no longer holds once it is withdrawn, whoever looks', async () => {
    const guest = await openPage(browser, program.address);
    await guest.page.goto(at('/umfrage/link' + new URL(secretLink).hash));
    await heading(guest.page, 'Sie wurden um Antworten gebeten');
    const {page} = editor;
    await visit(page, at(`/umfrage/${response}`));
    await page.getByRole('button', {name: `Zurückziehen ${label}`}).click();
    await answer(page, 'Zurückziehen');
    await page.getByText('zurückgezogen').waitFor();
    assert.equal((await ask(guest.page, `/responses/${response}`)).status, 401);
    await guest.page.goto(at('/umfrage/link' + new URL(secretLink).hash));
    await heading(guest.page, 'Dieser Link gilt nicht (mehr)');
    await guest.page.goto(at('/umfrage/link#' + 'A'.repeat(43)));
    await heading(guest.page, 'Dieser Link gilt nicht (mehr)');
    await guest.close();
  });

  it('asks before it takes the place of an account in the same browser', async () => {
    const {page} = editor;
    const {json} = await ask(page, `/responses/${response}/links`, 'POST', {label: 'für mich', topics: []});
    await page.goto(at('/umfrage/link' + new URL(json.link).hash));
    await heading(page, 'Sie sind als Ella angemeldet');
    await page.getByRole('button', {name: 'Link öffnen'}).click();
    await heading(page, 'Sie wurden um Antworten gebeten');
    await editor.close();
  });
});

describe('A contributor', slowly, () => {
  it('finds what is assigned to them and sees nothing else', async () => {
    const editor = await invited(browser, program, admin, 'Emil', '059700040000', 'editor');
    const carl = await invited(browser, program, admin, 'Carl', '059700040000', 'contributor');
    const {page} = editor;
    await visit(page, at(`/umfrage/${response}`));
    await page.locator('summary', {hasText: 'Themen zuweisen'}).click();
    await page.locator('#zustaendig-B').selectOption({label: 'Carl'});
    await page.getByText('zuständig: Carl').waitFor();
    await picture(page, 'links-assign');
    assert.deepEqual(await breaches(page), []);

    await visit(carl.page, at('/umfrage'));
    await carl.page.getByText('Mir zugewiesen').waitFor();
    await picture(carl.page, 'links-assigned');
    await carl.page.getByRole('link', {name: 'Thema B in der Umfrage für Siegen'}).click();
    await carl.page.locator('#frage-B1').waitFor();
    const sheet = await ask(carl.page, `/responses/${response}`);
    assert.deepEqual(sheet.json.topics.map(({topic}) => topic), ['B']);
    assert.equal((await ask(carl.page, `/responses/${response}/answers/A4`)).status, 404);
    await Promise.all([editor.close(), carl.close()]);
  });
});
