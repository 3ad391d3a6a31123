// Why a forecast is as it is: every explanation is reached, read with and without eyes, fits a phone, and says what it is made of.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';

let program;
let browser;
let run;
const slowly = {timeout: patience};

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  run = await finishedReplay(program.address);
  // What a page would wait for is computed once here: the browser's patience is not the computation's.
  for (const what of ['autonomy', 'timetable', 'bottlenecks', 'sensitivity', given]) assert.equal((await fetch(`${program.address}/api/v1/outage-runs/${run}/${what}`)).status, 200, what);
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const given = 'conditional?day=60&back=network,directory&not_back=passport';
const pages = {
  words: ['?allein=1', '#allein'],
  comparing: ['/vergleich', '#aenderungen'],
  given: ['/stand?tag=60&zurueck=network,directory&fehlt=passport', '#von-heute'],
  plan: ['/ablauf', '#ablauf'],
  influences: ['/einfluesse', '#einfluesse'],
  dependent: ['/abhaengigkeiten', '#leiter'],
};
const at = (path) => `${program.address}/ausfall/${run}${path}`;
async function arrive(page, path, mark) {
  await visit(page, at(path));
  await page.locator(mark).waitFor(slowly);
  await page.waitForLoadState('networkidle');
}
async function open(path, mark, options) {
  const opened = await openPage(browser, program.address, options);
  await arrive(opened.page, path, mark);
  return opened;
}

for (const [width, scheme] of looks)
  describe(`Explanations at ${width} pixels in the ${scheme} scheme`, slowly, () => {
    for (const [name, [path, mark]] of Object.entries(pages))
      it(`${name}: accessible, quiet, fits`, slowly, async () => {
        const {page, faults, close} = await open(path, mark, {width, scheme});
        assert.equal(await page.locator('h1').count(), 1);
        assert.deepEqual(await sidewaysElements(page), []);
        await picture(page, `explain-${name}-${width}-${scheme}`);
        for (const details of await page.locator('details').all()) await details.evaluate((element) => (element.open = true));
        assert.deepEqual(await breaches(page), []);
        assert.deepEqual(await sidewaysElements(page), []);
        assert.deepEqual(faults, []);
        await close();
      });
  });

describe('Explanations', slowly, () => {
  it('have titles of their own in both languages and say seed and versions', async () => {
    const titles = new Set();
    for (const language of ['de', 'en']) {
      const {page, close} = await openPage(browser, program.address);
      for (const [path, mark] of Object.values(pages)) {
        await arrive(page, `${path}${path.includes('?') ? '&' : '?'}lang=${language}`, mark);
        titles.add(await page.title());
        if (mark !== '#aenderungen') assert.match(await page.locator('main').innerText(), language === 'de' ? /Modell \d+\.\d+\.\d+ · Katalog/ : /model \d+\.\d+\.\d+ · catalogue/);
      }
      await close();
    }
    assert.equal(titles.size, 12);
  });

  it('are reached from the result by keyboard, and can be taken away as CSV, SVG and PNG', async () => {
    const {page, faults, close} = await open('', '#erklaeren');
    await page.getByRole('link', {name: 'Wann ist was fertig?'}).focus();
    await page.keyboard.press('Enter');
    await page.locator('#ablauf').waitFor(slowly);
    const card = page.locator('section', {has: page.locator('#ablauf')});
    for (const kind of ['CSV', 'SVG', 'PNG']) {
      const waiting = page.waitForEvent('download');
      await card.getByRole('button', {name: new RegExp(`^${kind}`)}).press('Enter');
      const download = await waiting;
      assert.match(download.suggestedFilename(), new RegExp(`\\.${kind.toLowerCase()}$`));
      if (kind === 'CSV') {
        const {readFile} = await import('node:fs/promises');
        const text = await readFile(await download.path(), 'utf8');
        assert.match(text, /^\u{feff}Schritt;/u);
        assert.match(text, /Startzahl 1 · Modell/, 'the file says how to repeat it');
      }
    }
    await card.locator('summary').click();
    await card.locator('tbody tr').nth(20).waitFor();
    assert.ok((await card.locator('tbody tr').count()) > 20, 'the table has every step, not only the deciding ones');
    assert.deepEqual(faults, []);
    await close();
  });

  it('answer what is asked from today on, and say how many courses fit', async () => {
    const {page, close} = await open('/stand', '#bekannt');
    await page.getByText('Noch ist nichts eingetragen').waitFor();
    await page.getByLabel('Tag seit dem Ausfall').fill('60');
    await page.getByLabel('Tag seit dem Ausfall').press('Tab');
    for (const [thing, state] of [['network', 'back'], ['directory', 'back'], ['passport', 'not-back']]) {
      await page.locator('#sache').selectOption(thing);
      await page.locator('#zustand').selectOption(state);
      await page.getByRole('button', {name: 'Hinzufügen'}).click();
    }
    await page.waitForURL(/tag=60&zurueck=network%2Cdirectory&fehlt=passport/);
    await page.getByRole('button', {name: 'Prognose von heute an rechnen'}).click();
    await page.getByText(/von \d+ Verläufen passen zu dem, was bekannt ist/).waitFor(slowly);
    assert.match(await page.locator('#von-heute').innerText(), /Vier Fünftel der Leistungen laufen/);
    await close();
  });

  it('refuse what no course knows, in words', async () => {
    const {page, close} = await open('/stand?tag=0&zurueck=passport', '#bekannt');
    await page.getByText(/Nur 0 von [\d.]+ Verläufen passen/).waitFor(slowly);
    await page.getByText('Reisepass läuft wieder normal: in 0').waitFor();
    await close();
  });

  it('compare changes under the same chance', async () => {
    const {page, close} = await open('/vergleich', '#aenderungen');
    await page.getByRole('button', {name: 'Vergleichen'}).click();
    await page.getByText('Ändern Sie mindestens eine Annahme.').waitFor();
    await page.locator('#aenderung-1-dauer').fill('0.5');
    await page.locator('#aenderung-2-paper').uncheck();
    await page.getByRole('button', {name: 'Vergleichen'}).click();
    await page.locator('#vergleich').waitFor(slowly);
    assert.match(await page.locator('#vergleich').innerText(), /1: Wartezeiten × 0,5 spart am meisten: [\d,]+ Tage/);
    assert.match(await page.getByRole('row', {name: /2: ohne Papier/}).innerText(), /Tage mehr \([\d,]+ bis [\d,]+\)/);
    await picture(page, 'explain-compared');
    const shared = page.url();
    assert.match(shared, /aenderung-1=.*aenderung-2=/);
    assert.equal(await page.locator('#aenderung-1-beginn').count(), 0, 'an incident has its own beginning');
    await page.locator('#aenderung-3-erreichbar').selectOption({label: 'niemand erreichbar'});
    await page.getByRole('button', {name: 'Vergleichen'}).click();
    await page.getByRole('row', {name: /3: außerhalb der Dienstzeit niemand erreichbar/}).waitFor(slowly);
    await close();
  });

  it('tell how much longer a step may take, and which crew is missing', async () => {
    const {page, close} = await open('/ablauf', '#engpaesse');
    await page.getByRole('heading', {name: /^Ein Trupp mehr hilft am meisten hier: Trupps für Fachverfahren, [\d,]+ Verlusttage weniger$/}).waitFor(slowly);
    const row = await page.getByRole('row', {name: /Trupps für Fachverfahren/}).innerText();
    assert.match(row, /an 2 Orten/);
    assert.match(row, /von 10 Verläufen/);
    await page.locator('section', {has: page.locator('#ablauf')}).locator('summary').click();
    await page.getByRole('columnheader', {name: 'Puffer (8 von 10)'}).waitFor();
    assert.match(await page.getByRole('row', {name: /^Notfall festgestellt/}).innerText(), /niemand wartet/);
    await close();
  });

  it('print without controls and with every picture', async () => {
    const {page, close} = await open('/ablauf', '#ablauf');
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.getByRole('button', {name: /^SVG/}).count(), 0);
    assert.equal(await page.locator('svg.figure').count(), 1);
    await picture(page, 'explain-plan-print');
    await close();
  });
});

describe('A live what-if', slowly, () => {
  it('redraws while the reader moves, keeps the earlier curve as a ghost, and asks again only for the last wish', async () => {
    const {page, faults, close} = await open('', '#was-waere');
    const asked = [];
    page.on('request', (request) => request.url().endsWith('/forecasts/curve') && asked.push(request));
    const slider = page.getByLabel('Entscheidungen, Freigaben und Anreise: so oft so lang');
    await slider.focus();
    for (let step = 0; step < 4; ++step) await page.keyboard.press('ArrowRight');
    await page.getByText(/Probe mit 50 Verläufen: vier Fünftel/).waitFor(slowly);
    await page.locator('svg.plot [stroke-dasharray="6 5"]').first().waitFor();
    assert.ok(asked.length <= 4);
    assert.deepEqual(asked.at(-1).postDataJSON().overrides, {delays: 2});
    await picture(page, 'explain-live');
    assert.deepEqual(faults.filter((fault) => !/ERR_ABORTED|409/.test(fault)), []);
    await close();
  });

  it('begins when the reader wishes, with or without somebody on call', async () => {
    const id = await finishedReplay(program.address, {incident: undefined, scenario: 'ransomware-town-hall', region: '059580032000'});
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${id}`);
    await page.locator('#was-waere').waitFor(slowly);
    const asked = [];
    page.on('request', (request) => request.url().endsWith('/forecasts/curve') && asked.push(request));
    await page.getByLabel('Beginn', {exact: true}).fill('2026-05-01T20:00');
    await page.getByLabel('Außerhalb der Dienstzeit').selectOption({label: 'niemand erreichbar'});
    await page.getByText(/Probe mit 50 Verläufen: vier Fünftel/).waitFor(slowly);
    assert.deepEqual(asked.at(-1).postDataJSON().overrides, {start: '2026-05-01T20:00', reached: 0});
    await picture(page, 'explain-beginning');
    await page.getByRole('button', {name: 'Neu rechnen'}).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id), slowly);
    const result = `${program.address}/api/v1${new URL(page.url()).pathname.replace('/ausfall', '/outage-runs')}`;
    assert.deepEqual((await (await fetch(result)).json()).overrides, {reached: 0, start: '2026-05-01T20:00'});
    await close();
  });
});
