// What people do in the survey: begin, answer by keyboard, find everything again, decide between two answers, finish, open again.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFile, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {breaches, brokenWords, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {catalogueOfEveryType} from './every_type.mjs';
import {heading} from './people.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
let catalogue;
let program;
let browser;
/** The response to the questionnaire in which every type stands once, and the one to the shipped questionnaire. */
let trial;
let whole;

before(async () => {
  catalogue = await catalogueOfEveryType();
  program = await startProgram({catalogue});
  browser = await startBrowser();
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
  if (catalogue) await rm(dirname(catalogue), {recursive: true});
});

const at = (path) => program.address + path;
const api = async (path, method = 'GET', body = undefined) => {
  const answer = await fetch(at(`/api/v1${path}`), {method, ...(body ? {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {})});
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
};
const card = (page, question) => page.locator('section', {has: page.locator(`#frage-${question}`)});
const saved = (page, question) => card(page, question).getByText(/Gespeichert \d{2}:\d{2}/).waitFor();
const held = async (response, question) => (await api(`/responses/${response}`)).answers.find((one) => one.question === question).current.map(({state, value}) => (state === 'answered' ? value : state));
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');

/** Tab until the element has the focus, as people without a mouse get there. */
async function tabTo(page, id, most = 200) {
  for (let presses = 0; (await focused(page)) !== id; ++presses) {
    assert.ok(presses < most, `Tab reaches ${id}`);
    await page.keyboard.press('Tab');
  }
}

describe('The survey', slowly, () => {
  it('explains itself, can be read beforehand and is begun for an administration', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at('/umfrage'));
    await heading(page, 'vorbereitet');
    await page.getByText('Weiß nicht').first().waitFor();
    await page.getByRole('button', {name: 'Mit allen Themen beginnen'}).click();
    await page.locator('.errors', {hasText: 'Suchen und wählen Sie Ihre Verwaltung'}).waitFor();
    await page.getByLabel('Fragebogen', {exact: true}).selectOption({label: 'Versuch'});
    await page.getByLabel(/^Ihre Verwaltung/).fill('Olpe');
    await page.getByRole('radio', {name: /^Olpe – Stadt/}).check();
    await picture(page, 'survey-begin');
    await page.getByRole('button', {name: 'Mit allen Themen beginnen'}).click();
    await heading(page, 'Umfrage für Olpe');
    await page.getByText('0 von 1 Themen fertig').waitFor();
    trial = /umfrage\/([0-9a-f]{16})$/.exec(page.url())[1];
    await visit(page, at('/umfrage/fragebogen/versuch'));
    await page.getByText('Frage der Art matrix, A9').first().waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('does not begin twice for the same administration, and says why', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at('/umfrage'));
    await page.locator('summary', {hasText: 'Für eine weitere Verwaltung beginnen'}).click();
    await page.getByLabel(/^Ihre Verwaltung/).fill('Olpe');
    await page.getByRole('radio', {name: /^Olpe – Stadt/}).check();
    await page.getByRole('button', {name: 'Schnell-Check beginnen'}).click();
    await page.locator('.errors', {hasText: 'schon eine Umfrage begonnen'}).waitFor();
    assert.equal(await page.getByLabel(/^Ihre Verwaltung/).inputValue(), 'Olpe', 'nothing is lost');
    await close();
  });
});

describe('Answering', slowly, () => {
  it('every type of question by keyboard alone, saved at once, found again after loading anew', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    await heading(page, 'Allerlei');
    const field = (question, rest = '') => `frage-${question}-antwort${rest}`;
    await tabTo(page, field('A1', '-0'));
    for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await saved(page, 'A1');
    await tabTo(page, field('A2', '-rot'));
    for (const key of ['Space', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await tabTo(page, field('A3', '-wasser'));
    await page.keyboard.press('Space');
    await tabTo(page, field('A3', '-erde'));
    await page.keyboard.press('Space');
    await tabTo(page, field('A4', '-1'));
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await tabTo(page, field('A5'));
    await page.keyboard.type('1234,5');
    await tabTo(page, field('A6'));
    await page.keyboard.type('2,5');
    await tabTo(page, field('A6', '-einheit'));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, field('A7'));
    await page.keyboard.type('3.2.2026');
    await tabTo(page, field('A8'));
    await page.keyboard.type('Band im Tresor, jeden Freitag.');
    const first = page.locator('input[name="frage-A9-antwort-birth"]');
    for (let presses = 0; !(await first.first().evaluate((input) => input === document.activeElement)); ++presses) {
      assert.ok(presses < 30);
      await page.keyboard.press('Tab');
    }
    for (let press = 0; press < 4; ++press) await page.keyboard.press('ArrowRight');
    for (const question of ['A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9']) await saved(page, question);
    assert.equal(await page.locator('#frage-A5-antwort').inputValue(), '1.234,5', 'the number is shown as it was understood');
    await picture(page, 'survey-every-type');

    const expected = {A1: 3, A2: 'grau', A3: ['erde', 'wasser'], A4: 4, A5: 1234.5, A6: {amount: 2.5, unit: 'days'}, A7: '2026-02-03', A8: 'Band im Tresor, jeden Freitag.', A9: {birth: 3}};
    for (const [question, value] of Object.entries(expected)) assert.deepEqual(await held(trial, question), [value], question);

    await page.reload();
    await heading(page, 'Allerlei');
    for (const id of ['A1-antwort-3', 'A2-antwort-grau', 'A3-antwort-wasser', 'A3-antwort-erde', 'A4-antwort-4']) assert.ok(await page.locator(`#frage-${id}`).isChecked(), id);
    assert.equal(await page.locator('#frage-A5-antwort').inputValue(), '1.234,5');
    assert.equal(await page.locator('#frage-A6-antwort').inputValue(), '2,5');
    assert.equal(await page.locator('#frage-A6-antwort-einheit').inputValue(), 'days');
    assert.equal(await page.locator('#frage-A7-antwort').inputValue(), '03.02.2026');
    assert.equal(await page.locator('#frage-A8-antwort').inputValue(), expected.A8);
    assert.ok(await first.nth(4).isChecked());
    assert.deepEqual(faults, []);
    await close();
  });

  it('shows a question when another answer asks for it, and leaves the focus where it was', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    assert.equal(await page.locator('#frage-A10').count(), 0);
    await page.locator('#frage-A2-antwort-blau').focus();
    await page.keyboard.press('Space');
    await page.locator('#frage-A10').waitFor();
    assert.equal(await focused(page), 'frage-A2-antwort-blau');
    await page.getByRole('status').filter({hasText: 'Dazu kommt Frage A10'}).waitFor({state: 'attached'});
    await page.locator('#frage-A2-antwort-grau').check();
    await page.locator('#frage-A10').waitFor({state: 'detached'});
    await close();
  });

  it('accepts the answers that say nothing, wants a reason for what does not apply, and takes an answer back', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    await page.locator('#frage-A1-antwort-dont-know').check();
    await saved(page, 'A1');
    assert.deepEqual(await held(trial, 'A1'), ['dont-know']);
    await page.locator('#frage-A1-antwort-not-applicable').check();
    await card(page, 'A1').getByText('Bitte begründen Sie').waitFor();
    assert.deepEqual(await held(trial, 'A1'), ['dont-know'], 'what was saved stays until there is a reason');
    await page.getByLabel('Warum trifft das bei Ihnen nicht zu?').fill('Kein eigenes Amt.');
    await saved(page, 'A1');
    assert.deepEqual(await held(trial, 'A1'), ['not-applicable']);
    await card(page, 'A1').getByRole('button', {name: 'Antwort zurücknehmen'}).click();
    await saved(page, 'A1');
    assert.deepEqual(await held(trial, 'A1'), ['open']);
    await page.locator('#frage-A1-antwort-2').check();
    await saved(page, 'A1');
    await card(page, 'A1').getByText('Verlauf dieser Antwort').click();
    await card(page, 'A1').getByText('Kein eigenes Amt.').waitFor();
    await close();
  });

  it('says at the field what cannot be saved, and keeps comment and evidence', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    await page.locator('#frage-A11-antwort').fill('dreizehn');
    await card(page, 'A11').getByText('Geben Sie eine Zahl ein').waitFor();
    assert.equal(await page.locator('#frage-A11-antwort').getAttribute('aria-invalid'), 'true');
    await page.getByText('Noch nicht gespeichert: Frage A11').waitFor();
    await page.reload();
    await card(page, 'A11').getByText('Geben Sie eine Zahl ein').waitFor();
    assert.equal(await page.locator('#frage-A11-antwort').inputValue(), 'dreizehn');
    await page.locator('#frage-A11-antwort').fill('13');
    await saved(page, 'A11');
    await card(page, 'A11').getByText('Bemerkung und Nachweis').click();
    await page.locator('#frage-A11-bemerkung').fill('Gezählt im Oktober.');
    await page.locator('#frage-A11-nachweis').fill('Ordner B 4');
    await page.locator('#frage-A11-gueltig').fill('31.3.2027');
    await page.locator('#frage-A11-gewissheit').selectOption('measured');
    await saved(page, 'A11');
    const {current} = (await api(`/responses/${trial}`)).answers.find((one) => one.question === 'A11');
    assert.equal(current.length, 1);
    assert.deepEqual([current[0].value, current[0].comment, current[0].evidence, current[0].evidence_expires, current[0].confidence], [13, 'Gezählt im Oktober.', 'Ordner B 4', '2027-03-31', 'measured']);
    await close();
  });

  it('does not lose sight of an answer that was saved while the sheet was on its way', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    await page.locator('#frage-A4-antwort-1').waitFor();
    let sheetWasRead, answerWasSaved;
    const read = new Promise((done) => (sheetWasRead = done));
    const written = new Promise((done) => (answerWasSaved = done));
    // The program reads the sheet and then saves the answer; the page hears of the answer first.
    await page.route(`**/api/v1/responses/${trial}`, async (route) => {
      const response = await route.fetch();
      sheetWasRead();
      await written;
      await route.fulfill({response});
    });
    await page.route('**/answers/A4', async (route) => {
      await read;
      await route.continue();
    });
    const seen = page.waitForResponse((response) => response.url().endsWith(trial));
    await page.locator('#frage-A4-antwort-1').check();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await saved(page, 'A4');
    answerWasSaved();
    await seen;
    await page.waitForLoadState('networkidle');
    await page.unrouteAll({behavior: 'wait'});
    await saved(page, 'A4');
    assert.ok(await page.locator('#frage-A4-antwort-1').isChecked());
    await close();
  });

  it('goes on by itself when the network was gone, and keeps the answer once', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    const before = (await api(`/responses/${trial}/answers/A4`)).entries.length;
    await page.context().setOffline(true);
    await page.locator('#frage-A4-antwort-2').check();
    await card(page, 'A4').getByText('Wartet auf diesem Gerät').waitFor();
    await page.locator('.bar', {hasText: 'Ohne Netz: Eine Antwort wartet auf diesem Gerät.'}).waitFor();
    await page.context().setOffline(false);
    await saved(page, 'A4');
    assert.deepEqual(await held(trial, 'A4'), [2]);
    assert.equal((await api(`/responses/${trial}/answers/A4`)).entries.length, before + 1);
    await close();
  });

  it('of two people at once shows both answers and lets one be chosen, or another one written', async () => {
    const [one, two] = await Promise.all([openPage(browser, program.address), openPage(browser, program.address)]);
    await Promise.all([visit(one.page, at(`/umfrage/${trial}/A`)), visit(two.page, at(`/umfrage/${trial}/A`))]);
    await one.page.locator('#frage-A1-antwort-3').check();
    await saved(one.page, 'A1');
    // The other one still sees what was there before, as a person does who has been reading meanwhile.
    await two.page.locator('#frage-A1-antwort-4').evaluate((input) => input.click());
    await card(two.page, 'A1').getByText('Zwei Antworten widersprechen sich').waitFor();
    assert.match(await card(two.page, 'A1').innerText(), /3 – Umgesetzt[\s\S]*4 – Geprüft/);
    await picture(two.page, 'survey-conflict');
    assert.deepEqual(await breaches(two.page), []);
    await visit(two.page, at(`/umfrage/${trial}`));
    await two.page.getByText('Widerspruch bei einer Frage').waitFor();
    await visit(two.page, at(`/umfrage/${trial}/pruefen`));
    await two.page.getByText('Eine Frage mit widersprüchlichen Antworten').waitFor();
    assert.equal(await two.page.getByRole('button', {name: 'Umfrage abschließen'}).count(), 0);
    await two.page.locator('#widersprueche ~ ul a').click();
    await card(two.page, 'A1').getByRole('button', {name: 'Diese gilt Fassung 1'}).click();
    await saved(two.page, 'A1');
    assert.deepEqual(await held(trial, 'A1'), [3]);

    await one.page.reload();
    await two.page.reload();
    await Promise.all([heading(one.page, 'Allerlei'), heading(two.page, 'Allerlei')]);
    await one.page.locator('#frage-A1-antwort-1').check();
    await saved(one.page, 'A1');
    await two.page.locator('#frage-A1-antwort-0').evaluate((input) => input.click());
    await card(two.page, 'A1').getByRole('button', {name: 'Eine andere Antwort geben'}).click();
    assert.equal(await two.page.locator('input[name="frage-A1-antwort"]:checked').count(), 0, 'the new answer begins from nothing');
    await two.page.locator('#frage-A1-antwort-2').check();
    await saved(two.page, 'A1');
    assert.deepEqual(await held(trial, 'A1'), [2], 'the third supersedes both');
    assert.deepEqual([...one.faults, ...two.faults], []);
    await one.close();
    await two.close();
  });
});

describe('The quick check', slowly, () => {
  it('is begun, answered and ended by keyboard alone, and leads to the profile', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at('/umfrage'));
    const words = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    const tabToWords = async (wanted) => {
      for (let presses = 0; (await words()) !== wanted; ++presses) {
        assert.ok(presses < 120, `Tab reaches ${wanted}`);
        await page.keyboard.press('Tab');
      }
    };
    await tabToWords('Für eine weitere Verwaltung beginnen');
    await page.keyboard.press('Enter');
    await tabTo(page, 'umfrage-body');
    await page.keyboard.type('Siegen');
    await page.getByRole('radio', {name: /^Siegen – Stadt/}).waitFor();
    const key = await page.getByRole('radio', {name: /^Siegen – Stadt/}).getAttribute('value');
    await page.keyboard.press('Tab');
    for (let presses = 0; (await focused(page)) !== `umfrage-${key}` && presses < 10; ++presses) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await tabToWords('Schnell-Check beginnen');
    await page.keyboard.press('Enter');
    for (let step = 1; step <= 12; ++step) {
      await heading(page, `Frage ${step} von 12`);
      whole = /umfrage\/([0-9a-f]{16})/.exec(page.url())[1];
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the heading has the focus');
      const [name, type] = await page.locator('fieldset input').first().evaluate((input) => [input.id, input.type]);
      await tabTo(page, name);
      await page.keyboard.press(type === 'radio' ? 'Space' : '6');
      if (type === 'radio') for (let press = 0; press < 2; ++press) await page.keyboard.press('ArrowDown');
      await page.locator('.save', {hasText: /Gespeichert \d{2}:\d{2}/}).waitFor();
      if (step === 3) assert.deepEqual(await breaches(page), []);
      await tabToWords(step < 12 ? 'Nächste Frage' : 'Schnell-Check beenden');
      await page.keyboard.press('Enter');
    }
    await heading(page, 'Das war der Schnell-Check');
    await page.getByText('12 von 12 Fragen sind beantwortet').waitFor();
    await tabToWords('Profil ansehen');
    await page.keyboard.press('Enter');
    await heading(page, 'Wo stehen wir');
    assert.deepEqual(faults, []);
    await close();
  });

  it('is part of the whole: its answers stand in their topics', async () => {
    const {quick_check} = await api('/questionnaires/resilienzmonitor');
    for (const question of quick_check) assert.equal((await held(whole, question)).length, 1, question);
  });
});

describe('The profile', slowly, () => {
  it('says per topic the level and what is missing, in words, and leads to the question', async () => {
    const question = 'C4';
    await api(`/responses/${whole}/answers/${question}`, 'PUT', {id: 'profile-test-1', state: 'dont-know', supersedes: []});
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${whole}/profil`));
    const told = await api(`/responses/${whole}/profile`);
    const rows = await page.locator('table tbody tr').allInnerTexts();
    told.topics.forEach((topic, row) => assert.match(rows[row], topic.level === null ? /ohne Stufe/ : new RegExp(`Stufe ${topic.level} von 4`)));
    assert.doesNotMatch(await page.locator('main').innerText(), /Gesamtstufe|Durchschnitt:/);
    await page.locator('section', {hasText: 'Bereitschaft rund um die Uhr'}).getByText('zählt als nicht erfüllt').first().waitFor();
    await page.getByRole('link', {name: new RegExp(`^${question} `)}).click();
    await heading(page, 'Bereitschaft rund um die Uhr');
    await page.waitForFunction((id) => document.activeElement?.id === id, `frage-${question}`);
    await close();
  });

  it('breaks no word of its tables on a telephone', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 320});
    await visit(page, at(`/umfrage/${whole}/profil`));
    await page.locator('table[aria-labelledby=prognose]').waitFor();
    for (const width of [320, 390]) {
      await page.setViewportSize({width, height: 900});
      assert.deepEqual(await brokenWords(page, 'table :is(th, td)'), [], `${width}`);
    }
    await close();
  });

  it('fits on two sheets of paper', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${whole}/profil`));
    const sheets = (await page.pdf({preferCSSPageSize: true})).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(sheets <= 2, `${sheets} sheets`);
    await close();
  });
});

describe('Finishing', slowly, () => {
  it('shows every answer in words, changes one and comes back to the same place', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/pruefen`));
    await heading(page, 'Antworten prüfen');
    const words = await page.locator('main').innerText();
    for (const said of ['2 – Teilweise', 'Grau', 'Erde', '1.234,5\u00a0Stunden', '2,5 Tage', '3. Februar 2026', 'Geburt beurkunden: 3', 'Gezählt im Oktober.']) assert.ok(words.includes(said), said);
    assert.doesNotMatch(words, /\b\d{4}-\d{2}-\d{2}\b/, 'no ISO dates');
    await page.getByRole('link', {name: /^Ändern A5/}).click();
    await page.waitForFunction(() => document.activeElement?.id === 'frage-A5');
    await page.locator('#frage-A5-antwort').fill('7');
    await saved(page, 'A5');
    await page.getByRole('link', {name: 'Zurück zur Prüfung der Antworten'}).click();
    await heading(page, 'Antworten prüfen');
    assert.match(await page.locator('#pruefen-A5').innerText(), /7\u00a0Stunden/);
    await page.waitForFunction(() => document.activeElement?.closest('#pruefen-A5'));
    await close();
  });

  it('asks with the name, gives a receipt that anybody can check, and can be undone with a reason', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/pruefen`));
    await page.getByRole('button', {name: 'Umfrage abschließen'}).click();
    await page.getByRole('dialog').getByText('Umfrage für Olpe abschließen?').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Nein, zurück', 'the safe answer has the focus');
    assert.deepEqual(await breaches(page), []);
    await page.getByRole('dialog').getByRole('button', {name: 'Umfrage abschließen'}).click();
    await heading(page, 'Die Umfrage ist abgeschlossen');
    const shown = (await page.locator('code.hash').innerText()).replaceAll(' ', '');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: /^Belegdatei speichern/}).click()]);
    assert.equal(createHash('sha256').update(await readFile(await file.path())).digest('hex'), shown);
    assert.equal((await api(`/responses/${trial}/receipt`)).hash, shown);
    await picture(page, 'survey-receipt');
    assert.deepEqual(await breaches(page), []);

    await visit(page, at(`/umfrage/${trial}/A`));
    await page.getByText('Abgeschlossen: Die Antworten stehen fest').waitFor();
    assert.equal(await page.locator('main input').count(), 0, 'a finished survey is only read');
    await visit(page, at('/umfrage'));
    await page.getByRole('link', {name: 'Beleg Olpe'}).click();
    await page.getByRole('button', {name: 'Wieder öffnen'}).click();
    await page.getByRole('dialog').getByRole('button', {name: 'Wieder öffnen'}).click();
    await page.locator('.errors', {hasText: 'Nennen Sie einen Grund'}).waitFor();
    await page.getByLabel('Warum?').fill('Eine Zahl war falsch.');
    await page.getByRole('dialog').getByRole('button', {name: 'Wieder öffnen'}).click();
    await heading(page, 'Umfrage für Olpe');
    await visit(page, at(`/umfrage/${trial}/A`));
    await page.locator('#frage-A11-antwort').fill('14');
    await saved(page, 'A11');
    assert.deepEqual(faults, []);
    await close();
  });

  it('says so if somebody else has finished meanwhile', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}/A`));
    await api(`/responses/${trial}/receipt`, 'POST');
    await page.locator('#frage-A11-antwort').evaluate((input) => {
      input.value = '15';
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    });
    await card(page, 'A11').getByText('Die Umfrage wurde inzwischen abgeschlossen').waitFor();
    assert.equal(await page.locator('#frage-A11-antwort').inputValue(), '15', 'nothing is lost');
    await close();
    await api(`/responses/${trial}/reopening`, 'POST', {reason: 'Versuch'});
  });

  it('is deleted only by whoever types the name', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${trial}`));
    await page.getByRole('button', {name: 'Diese Umfrage löschen'}).click();
    await page.getByRole('dialog').getByRole('button', {name: 'Endgültig löschen'}).click();
    await page.locator('.errors').waitFor();
    await page.getByRole('dialog').getByLabel(/^Geben Sie zur Bestätigung/).fill('Olpe');
    await page.getByRole('dialog').getByRole('button', {name: 'Endgültig löschen'}).click();
    await page.waitForURL(/\/umfrage$/);
    assert.equal((await api('/responses')).responses.some(({id}) => id === trial), false);
    await close();
  });
});

const surveyLooks = [...new Map([...looks, [390, 'light'], [390, 'dark'], [1280, 'dark']].map((look) => [look.join(), look])).values()];
for (const [width, scheme] of process.env.RESMON_EVERY_LOOK ? surveyLooks : [[1280, 'light'], [390, 'dark']])
  describe(`At ${width} pixels in the ${scheme} scheme`, slowly, () => {
    it('every page of the survey is accessible, quiet and fits', async () => {
      const response = `/umfrage/${whole}`;
      const pages = {
        survey: '/umfrage', tasks: response, topic: `${response}/E`, matrix: `${response}/H`, incidents: `${response}/N`, quick: `${response}/schnell-check`,
        'quick-end': `${response}/schnell-check?frage=ende`, review: `${response}/pruefen`, profile: `${response}/profil`, paper: '/umfrage/fragebogen/versuch',
        'no-receipt': `${response}/beleg`, 'no-topic': `${response}/Z`,
      };
      for (const [name, path] of Object.entries(pages)) {
        const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
        await visit(page, at(path));
        assert.deepEqual(await sidewaysElements(page), [], `${name} fits`);
        assert.equal(await page.locator('h1').count(), 1, `${name} has one h1`);
        await picture(page, `survey-${name}-${width}-${scheme}`);
        for (const details of await page.locator('details').all()) await details.evaluate((element) => (element.open = true));
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await breaches(page), [], `${name} is accessible with everything open`);
        assert.deepEqual(await sidewaysElements(page), [], `${name} fits with everything open`);
        assert.deepEqual(faults.filter((fault) => !(name === 'no-receipt' && fault.includes('404'))), [], `${name} is quiet`);
        await close();
      }
    });
  });
