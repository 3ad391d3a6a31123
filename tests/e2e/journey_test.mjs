// What a person does: replay an outage, follow its progress, read the result, change something, look at one town hall.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {openPage, picture, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';

let program;
let browser;
const slowly = {timeout: patience};
/** The longest computation a form can start: long enough to be seen and cancelled. */
const many = '100000';

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const result = (page) => page.locator('#handlungsfaehigkeit').waitFor(slowly);

describe('A first visit', slowly, () => {
  it('explains the empty page and leads from the start to the result of a replay', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, program.address);
    if (!process.env.RESMON_ADDRESS) await page.getByText('Hier stehen später Ihre Rechnungen').waitFor();
    await page.getByRole('button', {name: 'Nachrechnung starten'}).click();
    await page.waitForURL(/\/ausfall\/[0-9a-f]{16}$/);
    await result(page);
    assert.match(await page.locator('h1').innerText(), /Tag|Vier Fünftel|Region/);
    assert.ok((await page.locator('ol li').count()) > 0, 'milestones are named');
    assert.deepEqual(faults, []);
    await close();
  });

  it('finds a town hall by name and leads to its page', async () => {
    await finishedReplay(program.address);
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, program.address);
    await page.getByLabel('Name oder Gemeindeschlüssel').fill('Siegen');
    await page.locator('main a', {hasText: /^Siegen/}).first().click();
    await page.waitForURL(/\/ausfall\/[0-9a-f]{16}\/\d{12}/);
    await page.locator('h1', {hasText: 'Siegen'}).waitFor();
    await page.locator('table[data-table="body-services"] tbody tr').first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the heading has the focus');
    assert.deepEqual(faults, []);
    await close();
  });
});

describe('A what-if', slowly, () => {
  it('computes with other crews, keeps the curve before as a dashed line and says what changed', async () => {
    const run = await finishedReplay(program.address);
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    await page.getByLabel('Trupps für die Plattform').fill('1');
    await page.getByRole('button', {name: 'Neu rechnen'}).click();
    await page.waitForURL(new RegExp(`vergleich=${run}`));
    await result(page);
    await page.locator('.effect').waitFor();
    assert.equal(await page.getByLabel('Trupps für die Plattform').inputValue(), '1', 'the form shows what was computed');
    await page.locator('svg.plot [stroke-dasharray="6 5"]').first().waitFor();
    await picture(page, 'what-if');
    await page.getByRole('link', {name: 'Zurück zur vorherigen Einstellung'}).click();
    await page.waitForURL(new RegExp(`/ausfall/${run}$`));
    assert.deepEqual(faults, []);
    await close();
  });

  it('shows its progress and can be cancelled', async () => {
    const run = await finishedReplay(program.address);
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    await page.getByText('Verläufe und Startzahl').click();
    await page.getByLabel('Anzahl der Verläufe').fill(many);
    await page.getByRole('button', {name: 'Neu rechnen'}).click();
    await page.locator('progress').waitFor(slowly);
    await picture(page, 'progress');
    await page.getByRole('button', {name: 'Abbrechen'}).click();
    await page.getByText('wurde abgebrochen').first().waitFor(slowly);
    await page.getByRole('button', {name: 'Neu rechnen'}).waitFor();
    assert.deepEqual(faults, []);
    await close();
  });

  it('names the field that the browser refuses and sends nothing', async () => {
    const run = await finishedReplay(program.address);
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    await page.getByLabel('Trupps für die Plattform').fill('0');
    await page.getByRole('button', {name: 'Neu rechnen'}).click();
    assert.equal(await page.getByLabel('Trupps für die Plattform').evaluate((field) => field.matches(':invalid')), true);
    assert.match(page.url(), new RegExp(`${run}$`));
    await close();
  });
});

describe('The address', slowly, () => {
  it('keeps day and service, so that a link shows the same to somebody else', async () => {
    const run = await finishedReplay(program.address);
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}`);
    await page.locator('#tag').fill('30');
    await page.locator('#leistung').selectOption({index: 1});
    await page.waitForURL(/tag=30&leistung=/);
    const heading = page.locator('#karte');
    const service = (await page.locator('#leistung option:checked').innerText()).trim();
    await heading.filter({hasText: `Tag 30: ${service}`}).waitFor();
    const words = await heading.innerText();
    const other = await openPage(browser, program.address);
    await visit(other.page, page.url());
    await other.page.locator('#karte').waitFor();
    assert.equal(await other.page.locator('#karte').innerText(), words);
    await other.close();
    await close();
  });

  it('lets the back button lead back, with the focus on the heading', async () => {
    const run = await finishedReplay(program.address);
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall`);
    await page.locator(`a[href="/ausfall/${run}"]`).click();
    await result(page);
    await page.goBack();
    await page.locator('#annehmen').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
    await close();
  });

  it('switches the language and stays on the page', async () => {
    const run = await finishedReplay(program.address);
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${run}?tag=20`);
    await page.getByRole('link', {name: 'English'}).click();
    await page.getByRole('heading', {name: 'How we know'}).waitFor();
    assert.match(page.url(), /tag=20/);
    await page.getByRole('link', {name: 'Deutsch'}).click();
    await page.getByRole('heading', {name: 'Woher wir das wissen'}).waitFor();
    await close();
  });
});

describe('With the keyboard alone', slowly, () => {
  it('the skip link comes first, and a replay can be started and read', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, program.address);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Zum Inhalt springen');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'inhalt');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    for (let step = 0; step < 40 && (await focused()) !== 'Nachrechnung starten'; ++step) await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Nachrechnung starten');
    await page.keyboard.press('Enter');
    await result(page);
    const seen = new Set();
    for (let step = 0; step < 60; ++step) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => {
        const element = document.activeElement;
        const style = element && getComputedStyle(element);
        return element && element !== document.body ? {id: element.id, html: element.outerHTML.slice(0, 120), visible: style.outlineStyle !== 'none' || style.boxShadow !== 'none'} : null;
      });
      if (now?.id) seen.add(now.id);
      if (now) assert.ok(now.visible, `the focus is visible on ${now.html}`);
    }
    for (const id of ['trupps-platform', 'leistung', 'tag', 'suche']) assert.ok(seen.has(id), `${id} is reached by Tab`);
    await page.locator('#tag').focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/tag=15/);
    await close();
  });

  it('a stored run asks by its name before it is deleted', async () => {
    const run = await finishedReplay(program.address);
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall`);
    const row = page.locator('tr', {has: page.locator(`a[href="/ausfall/${run}"]`)});
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await row.getByText('löschen?').waitFor();
    await row.getByRole('button', {name: 'Löschen', exact: true}).press('Enter');
    await row.waitFor({state: 'detached'});
    assert.equal((await fetch(`${program.address}/api/v1/outage-runs/${run}`)).status, 404);
    await close();
  });
});
