// The second survey of a town: last time's answers stand at their questions and count only once they are confirmed.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {heading} from './people.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
let program;
let browser;
let response;

const at = (path) => program.address + path;
const api = async (path, method = 'GET', body = undefined) => {
  const told = await fetch(at(`/api/v1${path}`), {method, ...(body ? {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {})});
  const text = await told.text();
  assert.ok(told.ok, `${method} ${path}: ${told.status} ${text}`);
  return text ? JSON.parse(text) : {};
};
const begin = async () => (await api('/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '05970040'})).id;
const card = (page, question) => page.locator('section', {has: page.locator(`#frage-${question}`)});

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  const first = await begin();
  for (const [question, value] of [['A1', 1], ['A2', 2], ['A4', 3], ['C1', 2]])
    await api(`/responses/${first}/answers/${question}`, 'PUT', {id: `entry-000${question}`, state: 'answered', value, supersedes: []});
  await api(`/responses/${first}/receipt`, 'POST');
  response = await begin();
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

describe('Answers of last time', slowly, () => {
  it('are shown as not confirmed, and count for nothing', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}`));
    await page.getByText('4 Antworten vom').waitFor();
    await page.getByText('3 nicht aktualisiert').waitFor();
    await page.getByText(/0 von \d+ Fragen/).first().waitFor();
    await picture(page, 'carry-over-topics');
    await visit(page, at(`/umfrage/${response}/A`));
    await card(page, 'A4').getByText('noch nicht bestätigt').waitFor();
    assert.equal(await page.locator('#frage-A4-antwort-3').isChecked(), false, 'it is not filled in');
    await picture(page, 'carry-over-topic');
    assert.deepEqual(await breaches(page), []);
    assert.equal((await api(`/responses/${response}`)).response.answered, 0);
    assert.deepEqual(faults, []);
    await close();
  });

  it('are confirmed one by one, by keyboard, or answered anew', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 390});
    await visit(page, at(`/umfrage/${response}/A`));
    await page.getByRole('button', {name: 'Gilt noch A1'}).focus();
    await page.keyboard.press('Enter');
    await card(page, 'A1').getByText(/Gespeichert/).waitFor();
    assert.ok(await page.locator('#frage-A1-antwort-1').isChecked());
    await page.locator('#frage-A2-antwort-4').check();
    await card(page, 'A2').getByText(/Gespeichert/).waitFor();
    assert.equal(await card(page, 'A2').getByText('noch nicht bestätigt').count(), 0);
    assert.deepEqual(await sidewaysElements(page), []);
    const sources = Object.fromEntries((await api(`/responses/${response}`)).answers.flatMap(({question, current}) => current.map(({source}) => [question, source])));
    assert.deepEqual(sources, {A1: 'carried', A2: 'typed'});
    await card(page, 'A1').locator('summary', {hasText: 'Verlauf'}).click();
    await card(page, 'A1').getByText('übernommen und bestätigt').waitFor();
    await close();
  });

  it('of a topic are confirmed together only with a declaration', async () => {
    // Once more from the beginning, so that a topic has several.
    await api(`/responses/${response}`, 'DELETE');
    response = await begin();
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}/A`));
    await page.getByRole('button', {name: 'Alle 3 in diesem Thema bestätigen'}).click();
    await page.getByRole('dialog').getByText('Ich habe die 3 Antworten auf dieser Seite gelesen').waitFor();
    await picture(page, 'carry-over-declaration');
    assert.deepEqual(await breaches(page), []);
    await page.getByRole('dialog').getByRole('button', {name: 'Ich erkläre das'}).click();
    await card(page, 'A4').getByText(/Gespeichert/).waitFor();
    const {answers, response: after_} = await api(`/responses/${response}`);
    assert.equal(after_.answered, 3);
    assert.ok(answers.find(({question}) => question === 'C1').offer, 'other topics stay unconfirmed');
    await visit(page, at(`/umfrage/${response}`));
    await heading(page, 'Umfrage für Siegen');
    await close();
  });
});
