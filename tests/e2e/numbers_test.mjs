// The same numbers everywhere: chart, table, CSV and JSON; bands nest; pictures can be taken away.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import {openPage, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';

let program;
let browser;
let run;
let answer;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  run = await finishedReplay(program.address);
  answer = await (await fetch(`${program.address}/api/v1/outage-runs/${run}/result`)).json();
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

/** Rows of the table twin below a chart. */
async function cells(page, id) {
  await page.locator('section', {has: page.locator(`#${id}`)}).getByText('Als Tabelle').click();
  return rows(page.locator(`section:has(#${id}) details table`));
}
const rows = (table) => table.evaluate((element) => [...element.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
const number = (text) => Number(text.replace(/[\s\u00a0.%]/g, '').replace(',', '.'));
const quantiles = ['p10', 'p25', 'p50', 'p75', 'p90'];

describe('The ability to act', {timeout: patience}, () => {
  it('has the same numbers in table, JSON and CSV', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    const table = await cells(page, 'handlungsfaehigkeit');
    const csv = await (await fetch(`${program.address}/api/v1/outage-runs/${run}/tables/ability?lang=de`)).text();
    const lines = csv.replace(/^\ufeff/, '').trim().split('\r\n').slice(1).map((line) => line.split(';').map(number));
    assert.ok(table.length >= 60);
    for (const [i, row] of table.entries()) {
      const day = answer.ability[i];
      const [shown, ...shares] = row.map(number);
      assert.equal(shown, day.day);
      // Half a per cent goes up or down: 57.5 is not exact in binary.
      for (const [q, name] of quantiles.entries()) assert.ok(Math.abs(shares[q] - day[name] * 100) <= 0.5 + 1e-9, `day ${i} ${name} in the table: ${row}`);
      for (const [q, name] of quantiles.entries()) assert.ok(Math.abs(lines[i][q + 1] - day[name]) < 1e-3, `day ${i} ${name} in the CSV: ${lines[i]}`);
    }
    await close();
  });

  it('has bands that nest on every day', () => {
    for (const day of answer.ability)
      assert.ok(day.p10 <= day.p25 && day.p25 <= day.p50 && day.p50 <= day.p75 && day.p75 <= day.p90, `day ${day.day}`);
  });

  it('says median and bands to those who do not see the chart', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    assert.match(await page.locator('svg.plot').getAttribute('aria-label'), /Mitte aller Verläufe.*In 8 von 10 Verläufen/);
    await close();
  });

  it('is drawn in letters of at least 12 pixels, wide and narrow', async () => {
    for (const width of [1280, 320]) {
      const {page, close} = await openPage(browser, program.address, {width});
      await visit(page, `${program.address}/ausfall/${run}`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('svg.figure text')].filter((text) => {
          const svg = text.ownerSVGElement;
          const scale = svg.getBoundingClientRect().width / (svg.viewBox.baseVal?.width || svg.getBoundingClientRect().width);
          return parseFloat(getComputedStyle(text).fontSize) * scale < 11.99;
        }).length);
      assert.equal(small, 0);
      await close();
    }
  });
});

describe('Services', {timeout: patience}, () => {
  it('all stand in the table, with the day of return of the result', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    const table = await cells(page, 'leistungen');
    assert.equal(table.length, answer.services.length);
    for (const service of answer.services) {
      const row = table.find(([name]) => name === service.name.de);
      const median = service.days_to_normal.p50;
      assert.equal(row[4], median === null ? `nicht innerhalb von ${answer.horizon} Tagen` : `Tag ${Math.round(median)}`, service.id);
    }
    await close();
  });

  it('can be taken away as SVG and PNG, with the heading and the source in it', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    const card = page.locator('section', {has: page.locator('#leistungen')});
    const [svg] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', {name: 'SVG'}).click()]);
    const text = await readFile(await svg.path(), 'utf8');
    assert.ok(text.includes(await page.locator('#leistungen').innerText()), 'the heading is in the picture');
    assert.match(text, /Vorgabewerte/);
    assert.doesNotMatch(text, /var\(--/, 'every colour is written out');
    const [png] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', {name: 'PNG'}).click()]);
    assert.equal((await readFile(await png.path())).subarray(1, 4).toString(), 'PNG');
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('The first page', {timeout: patience}, () => {
  it('weighs less than 200 kB over the wire', async () => {
    const {page, close} = await openPage(browser, program.address);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
    await visit(page, program.address);
    assert.ok(bytes > 50_000 && bytes < 200_000, `${bytes} bytes`);
    await close();
  });
});
