// All of Germany: started by keyboard, watched, read, shared by its address, taken away; here a Germany made small.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';
import {smallGermany} from './small_germany.mjs';

let folder;
let program;
let browser;
let run;
let summary;
let bodies;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resmon-germany-'));
  program = await startProgram({catalogue: smallGermany(folder)});
  browser = await startBrowser();
  run = await finishedReplay(program.address, {incident: undefined, scenario: 'storage-failure', region: 'deutschland', replications: 20});
  const at = `${program.address}/api/v1/outage-runs/${run}/germany`;
  [summary, bodies] = await Promise.all([fetch(at), fetch(`${at}/bodies`)].map(async (answer) => (await answer).json()));
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
  rmSync(folder, {recursive: true});
});

const number = (text) => Number(text.replace(/[\s\u00a0.%]/g, '').replace(',', '.'));
const page_of = (query = '') => `${program.address}/ausfall/${run}${query}`;

describe('All of Germany', {timeout: patience}, () => {
  it('is chosen, started and reached by keyboard alone', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall`);
    await page.getByRole('link', {name: 'Ganz Deutschland ansehen'}).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ausfall\/deutschland$/);
    assert.match(await page.locator('.lead').innerText(), new RegExp(`Alle ${bodies.key.length} Verwaltungen`));
    await page.locator('#szenario').focus();
    await page.keyboard.type('Ausfall der Speicher');
    await page.waitForURL(/szenario=storage-failure/);
    await page.locator('#genauigkeit').focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/genauigkeit=kurz$/);
    await picture(page, 'germany-start-1280');
    assert.deepEqual(await breaches(page), []);
    await page.getByRole('button', {name: 'Deutschland rechnen'}).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ausfall\/[0-9a-f]{16}$/);
    await page.locator('#karte').waitFor({timeout: patience});
    assert.match(await page.locator('h1').innerText(), /Deutschland/);
    assert.match(await page.locator('section:has(#herkunft) dl').innerText(), /Rechenfehler\s+[\d,]+\s% der mittleren Ausfalltage, gewünscht war höchstens 3\s%/);
    await visit(page, `${program.address}/ausfall/deutschland`);
    assert.equal(await page.locator('#laeufe ~ table tbody tr, section:has(#laeufe) tbody tr').count(), 2);
    assert.deepEqual(faults, []);
    await close();
  });

  it('says the same in table, JSON and CSV, and who is assumed', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, page_of());
    const rows = await page.locator('section:has(#laender) table').evaluate((table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
    assert.equal(rows.length, summary.states.length);
    for (const state of summary.states) {
      const row = rows.find(([name]) => name === state.name.de);
      assert.deepEqual(row.slice(1, 4).map(number), [state.bodies, state.bodies_assumed, state.population], state.id);
      assert.ok(Math.abs(number(row[4].split(' ')[0]) - state.loss_days.p50) <= 0.005 * state.loss_days.p50 + 1e-9, row[4]);
    }
    const csv = await (await fetch(`${program.address}/api/v1/outage-runs/${run}/germany/tables/bodies?lang=de`)).text();
    const lines = csv.trim().split('\r\n').slice(1).map((line) => line.split(';'));
    assert.deepEqual(lines.map(([key]) => key), bodies.key);
    assert.equal(number(lines[0][6]), bodies.loss_days.p10[0]);
    const providers = page.locator('section:has(#dienstleister) tbody');
    assert.match(await providers.innerText(), /Angenommener Dienstleister: Bremen\s+angenommen/);
    assert.match(await providers.innerText(), /Südwestfalen-IT\s+öffentlich bekannt/);
    await page.locator('section:has(#herkunft) summary').click();
    // Assumptions with their sources, as the rows come.
    await page.locator('section:has(#herkunft) details tbody tr').nth(20).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('is in the address with state, measure, day and administration', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, page_of());
    await page.locator('#land').focus();
    await page.keyboard.type('Bremen');
    await page.waitForURL(/land=bremen/);
    await page.locator('#handlungsfaehigkeit', {hasText: 'Bremen'}).waitFor();
    await page.locator('#mass').focus();
    await page.keyboard.type('Stand');
    await page.waitForURL(/mass=stand/);
    await page.locator('#tag').focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/tag=31/);
    assert.match(await page.locator('#karte').innerText(), /^Tag 31: [12] von 2 |^Tag 31: 0 von 2 /);
    await page.locator('#suche').focus();
    await page.keyboard.type('Bremerhaven');
    await page.getByRole('button', {name: 'Bremerhaven', exact: true}).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/verwaltung=040120000000/);
    const words = () => page.locator('main').evaluate((main) => ['#karte', '#handlungsfaehigkeit', 'section:has(#finden) dl'].map((part) => main.querySelector(part).innerText));
    await page.locator('section:has(#finden) dl').waitFor();
    const before = await words();
    await visit(page, page.url());
    assert.deepEqual(await words(), before, 'a link that was shared shows the same');
    const at = bodies.key.indexOf('040120000000');
    assert.match(before[2], new RegExp(`Tag ${Math.round(bodies.days_to_most.p50[at])} `));
    assert.match(before[2], /\(angenommen\)/);
    await page.locator('section:has(#laender) th button', {hasText: 'Einwohner'}).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL(/nach=-einwohner/);
    const people = await page.locator('section:has(#laender) tbody td:nth-child(4)').allInnerTexts();
    assert.deepEqual(people.map(number), people.map(number).sort((a, b) => b - a));
    assert.deepEqual(faults, []);
    await close();
  });

  it('leads to the own forecast of an administration', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, page_of('?verwaltung=040120000000'));
    await page.getByRole('button', {name: 'Eigene Prognose rechnen Bremerhaven'}).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => /\/ausfall\/[0-9a-f]{16}$/.test(url.pathname) && !url.pathname.endsWith(run));
    await page.locator('#handlungsfaehigkeit').waitFor({timeout: patience});
    await visit(page, page_of('?verwaltung=040120000000'));
    await page.getByRole('link', {name: 'Eigene Prognose öffnen Bremerhaven'}).waitFor();
    await close();
  });

  it('can be taken away with heading, legend, seed and versions', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, page_of());
    const card = page.locator('section', {has: page.locator('#karte')});
    const [svg] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', {name: 'SVG'}).click()]);
    const text = await readFile(await svg.path(), 'utf8');
    assert.ok(text.includes(await page.locator('#karte').innerText()), 'the heading');
    assert.match(text, /Startzahl 1 · Modell [\d.]+ · Katalog .* Dienstleister teils angenommen/);
    assert.match(text, /unter \d+ Tagen/);
    assert.doesNotMatch(text, /var\(--/, 'every colour is written out');
    const [png] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', {name: 'PNG'}).click()]);
    assert.equal((await readFile(await png.path())).subarray(1, 4).toString(), 'PNG');
    assert.deepEqual(faults, []);
    await close();
  });

  for (const [width, scheme] of [...looks, [390, 'light']])
    it(`is accessible, quiet and fits at ${width} pixels in the ${scheme} scheme, in both languages`, async () => {
      for (const [name, path] of Object.entries({start: '/ausfall/deutschland', result: `/ausfall/${run}?verwaltung=040120000000&suche=brem`, state: `/ausfall/${run}?land=bremen&mass=stand&lang=en`})) {
        const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
        await visit(page, program.address + path);
        assert.deepEqual(await sidewaysElements(page), [], `${name} fits`);
        await picture(page, `germany-${name}-${width}-${scheme}`);
        for (const details of await page.locator('section:not(:has(#herkunft)) details').all()) await details.evaluate((element) => (element.open = true));
        assert.deepEqual(await breaches(page), [], `${name} is accessible with its tables open`);
        assert.deepEqual(faults, [], `${name} is quiet`);
        await page.emulateMedia({media: 'print'});
        if (width === 1280) await picture(page, `germany-${name}-print`);
        await close();
      }
    });
});
