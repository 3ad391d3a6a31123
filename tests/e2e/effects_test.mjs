// Beside each question stands what its answer does to the forecast, and it moves with the answer.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, startBrowser, visit} from './browser.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
let program;
let browser;
let response;
let atProvider;

/** A response of the body, by its id. */
async function begun(body) {
  const answer = await fetch(`${program.address}/api/v1/responses`, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({questionnaire: 'resilienzmonitor', body}),
  });
  return (await answer.json()).id;
}

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  response = await begun('010590075000'); // nobody says publicly who runs its IT
  atProvider = await begun('059580032000'); // a customer of Südwestfalen-IT
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const path = (page, of = response) => `${program.address}/umfrage/${of}/${page}`;
const card = (page, question) => page.locator('section', {has: page.locator(`#frage-${question}`)});

describe('The effect of an answer', slowly, () => {
  it('is open before it is known, and moves with the answer', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, path('E'));
    const restored = card(page, 'E4');
    await restored.getByText(/Wirkung auf die Prognose: noch offen/).waitFor();
    await restored.getByRole('radio', {name: /Vor mehr als 24 Monaten/}).check();
    await restored.getByText(/Stufe 4 statt Stufe 1 spart etwa [\d,]+ verlorene Tage \([\d,]+ bis [\d,]+\)/).waitFor();
    await restored.getByRole('radio', {name: /Halbjährlich oder öfter/}).check();
    await restored.getByText(/wären etwa [\d,]+ Tage mehr verloren/).waitFor();
    await restored.getByText('Was jede Stufe ausmacht').click();
    const rows = await restored.locator('.effect tbody tr').allInnerTexts();
    assert.equal(rows.length, 5);
    assert.match(rows[4], /so ist es jetzt/);
    await restored.getByText(/Expertenschätzung/).waitFor();
    // Where the catalogue knows no effect nothing is claimed.
    assert.equal(await card(page, 'E1').locator('.effect').count(), 0);
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(faults, []);
    await close();
  });

  it('says which open question is most worth knowing, in English too', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${path('profil')}?lang=en`);
    await page.getByRole('heading', {name: 'What is most worth knowing'}).waitFor();
    const {unknown} = await (await fetch(`${program.address}/api/v1/responses/${response}/forecast`)).json();
    const first = page.locator('h3', {hasText: 'What is most worth knowing'}).locator('~ ol').first().getByRole('link').first();
    assert.ok((await first.innerText()).startsWith(unknown[0].question));
    assert.ok(unknown.every((one, place) => place === 0 || unknown[place - 1].worth_knowing >= one.worth_knowing));
    assert.ok(!unknown.some(({question}) => question === 'E4'), 'E4 is answered');
    await first.click();
    await page.locator(`#frage-${unknown[0].question}`).waitFor();
    await close();
  });
});

describe('The effect of an answer at a shared provider', slowly, () => {
  it('is none where the provider decides, and the page says who that is', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, path('E', atProvider));
    const restored = card(page, 'E4');
    await restored.getByText(/Wirkung auf die Prognose: keine\..*entscheidet sich bei Südwestfalen-IT/).waitFor();
    await restored.getByRole('radio', {name: /Halbjährlich oder öfter/}).check();
    assert.equal(await restored.getByText('Was jede Stufe ausmacht').count(), 0);
    await visit(page, path('B', atProvider));
    await card(page, 'B4').getByText(/Wirkung auf die Prognose: noch offen/).waitFor();
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(faults, []);
    await close();
  });

  it('stands in the profile with what is assumed and what others decide, in English too', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, path('profil', atProvider));
    await page.getByText(/Angenommen: Der Angriff trifft Südwestfalen-IT und damit 64 Verwaltungen, auch Ihre/).waitFor();
    const theirs = page.locator('details', {hasText: 'Was Südwestfalen-IT entscheidet'});
    await theirs.getByText('Was Südwestfalen-IT entscheidet').click();
    await theirs.getByRole('link', {name: /^E2 /}).waitFor();
    assert.deepEqual(await breaches(page), []);
    const {assumption, gains, unknown} = await (await fetch(`${program.address}/api/v1/responses/${atProvider}/forecast`)).json();
    assert.equal(assumption.provider.id, 'suedwestfalen-it');
    const others = new Set(assumption.not_own.map(({question}) => question));
    for (const {question} of [...gains, ...unknown]) assert.ok(!others.has(question), question);
    await visit(page, `${path('profil', atProvider)}?lang=en`);
    await page.getByText(/Assumed: the attack hits Südwestfalen-IT and with it 64 administrations/).waitFor();
    await close();
  });
});
