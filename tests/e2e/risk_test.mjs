// The risk per year: one sentence, a curve with the same numbers in table, JSON and CSV, by keyboard and on paper.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {patience, startProgram} from './program.mjs';

let program;
let browser;
let answer;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  answer = await (await fetch(`${program.address}/api/v1/risk?region=suedwestfalen`)).json();
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const number = (text) => Number(text.replace(/[\s\u00a0.%]/g, '').replace(',', '.'));

describe('The risk per year', {timeout: patience}, () => {
  it('says the expected loss in words, and draws the curve with its table', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/risiko?region=suedwestfalen`);
    await page.locator('svg.plot').waitFor();
    assert.match(await page.locator('.lead').innerText(), /Südwestfalen: im Mittel [\d,]+ Verwaltungstage im Jahr, zwischen [\d,]+ und [\d,]+/);
    assert.match(await page.locator('svg.plot').getAttribute('aria-label'), /mehr als 1 Tage: /);
    await page.getByText('Als Tabelle').first().click();
    const rows = await page.locator('section:has(#kurve) details table').evaluate((table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    assert.equal(rows.length, answer.exceedance.length);
    for (const [at, row] of rows.entries()) {
      const {probability} = answer.exceedance[at];
      assert.ok(Math.abs(number(row[1]) / 100 - probability) <= 0.006 * probability + 1e-9, `${row}`);
    }
    const csv = await (await fetch(`${program.address}/api/v1/risk/curve?region=suedwestfalen&lang=de`)).text();
    assert.equal(csv.trim().split('\r\n').length, answer.exceedance.length + 1);
    assert.deepEqual(faults, []);
    await picture(page, 'risk-1280');
    await close();
  });

  it('never falls below a later point, and lies in its band', () => {
    for (const [at, point] of answer.exceedance.entries()) {
      assert.ok(point.low <= point.probability && point.probability <= point.high);
      if (at > 0) assert.ok(point.probability <= answer.exceedance[at - 1].probability + 1e-12);
    }
  });

  it('finds one administration by keyboard, and the address means it', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 320});
    await visit(page, `${program.address}/ausfall/risiko?lang=en`);
    await page.locator('#verwaltung').focus();
    await page.keyboard.type('Lüdenscheid');
    await page.getByRole('link', {name: /Lüdenscheid/}).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/verwaltung=059620032000/);
    await page.locator('svg.plot').waitFor({timeout: 120_000}); // twelve scenarios, twice each
    assert.match(await page.locator('.lead').innerText(), /^Lüdenscheid/);
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(await sidewaysElements(page), []);
    await picture(page, 'risk-320');
    await page.getByText('As a table').first().click();
    const cut = await page.locator('.scroll').evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.innerText.slice(0, 80)));
    assert.deepEqual(cut, [], 'every number is there without scrolling sideways');
    const outside = await page.locator('svg.plot text').evaluateAll((texts) => texts.filter((text) => text.getBoundingClientRect().right > innerWidth || text.getBoundingClientRect().left < 0).map((text) => text.textContent));
    assert.deepEqual(outside, [], 'every label is inside the picture');
    await picture(page, 'risk-320-table');
    await page.emulateMedia({media: 'print'});
    await picture(page, 'risk-print');
    await close();
  });
});
