// How often the forecast was right: the same hits in words, table, JSON and CSV; every milestone with its outcome; on paper.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {patience, startProgram} from './program.mjs';

let program;
let browser;
let report;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  report = await (await fetch(`${program.address}/api/v1/coverage`)).json();
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const milestones = () => report.incidents.flatMap((incident) => incident.milestones);

describe('The hits of the forecast', {timeout: patience}, () => {
  it('are the mean over incidents of the share of their milestones in the band', () => {
    const shares = report.incidents.map((incident) => incident.milestones.filter((one) => one.hit80).length / incident.milestones.length);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    assert.ok(Math.abs(report.coverage.hits80.value - mean) < 1e-9);
    assert.ok(report.coverage.hits80.low <= mean && mean <= report.coverage.hits80.high);
    for (const one of milestones()) assert.ok(!one.hit50 || one.hit80, `${one.id}: the inner band lies in the outer one`);
  });

  it('stand on a page that is found from the outages, in words and with each milestone', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall`);
    await page.getByRole('link', {name: 'Treffer ansehen'}).click();
    await page.waitForURL(/\/ausfall\/treffer/);
    await page.locator('#treffer').waitFor();
    const hits = Math.round(report.coverage.hits80.value * 100);
    assert.match((await page.locator('.lead').innerText()).replaceAll('\u00a0', ' '), new RegExp(`^${report.coverage.incidents} wirkliche Ausfälle mit ${report.coverage.milestones} Meilensteinen.* ${hits} %`));
    assert.equal(await page.locator('ol li').count(), milestones().length);
    assert.equal(await page.locator('ol .hit').count(), milestones().filter((one) => one.hit80).length);
    assert.equal(await page.locator('ol .miss').count(), milestones().filter((one) => !one.hit80).length, 'misses are not hidden');
    const csv = await (await fetch(`${program.address}/api/v1/coverage/table?lang=de`)).text();
    assert.equal(csv.trim().split('\r\n').length, milestones().length + 1);
    assert.deepEqual(faults, []);
    await picture(page, 'coverage-1280');
    await close();
  });

  it('fit a telephone and paper, in English too', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 390});
    await visit(page, `${program.address}/ausfall/treffer?lang=en`);
    await page.locator('#treffer').waitFor();
    assert.match(await page.locator('.lead').innerText(), /real outages .* 80\s% would be right/);
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(await sidewaysElements(page), []);
    await picture(page, 'coverage-390');
    await page.emulateMedia({media: 'print'});
    await picture(page, 'coverage-print');
    await close();
  });
});
