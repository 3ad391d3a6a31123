// Own scenarios: begun from a built-in one, mended while faults are shown, saved, computed with; by keyboard alone.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {heading, press} from './people.mjs';
import {patience, startProgram} from './program.mjs';

let program;
let browser;
const wait = {timeout: 60_000}; // a build with sanitizers on a busy machine

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const editor = (page) => page.getByLabel('Text des Szenarios', {exact: true});
const summary = (page, words) => page.locator('.faults .summary', {hasText: words}).waitFor(wait);
const post = async (text) => (await fetch(`${program.address}/api/v1/scenarios`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({text})})).json();
const sourceOf = async (id) => (await fetch(`${program.address}/api/v1/catalogue/scenarios/${id}/source`)).text();

/** Tab until the element has the focus. */
async function tabTo(page, locator) {
  for (let press = 0; press < 80; ++press) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`not reached by Tab: ${locator}`);
}

describe('Own scenarios', {timeout: patience * 2}, () => {
  it('are begun, mended, saved and computed with by keyboard alone', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/szenarien`);
    await tabTo(page, page.getByRole('link', {name: 'Neues Szenario'}));
    await page.keyboard.press('Enter');
    await heading(page, 'Neues Szenario');
    await tabTo(page, page.getByLabel('Eingebautes Szenario'));
    await page.keyboard.type('Ausfall'); // a list chooses by its first letters
    assert.equal(await page.getByLabel('Eingebautes Szenario').inputValue(), 'storage-failure');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/von=storage-failure/);
    await summary(page, 'Keine Fehler');
    assert.match(await editor(page).inputValue(), /name: \{de: ".* – eigene Fassung"/);

    // A fault is said while one types, in a list and at its line.
    await editor(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('zusatz: 1\n');
    await summary(page, 'Ein Fehler');
    const lines = (await editor(page).inputValue()).split('\n').length;
    const link = page.locator('.faults a');
    assert.equal(await link.innerText(), `Zeile ${lines - 1}, zusatz: ist unbekannt`);
    assert.equal(await page.locator('.numbers .faulty').innerText(), `▸ ${lines - 1}`);
    await picture(page, 'scenario-fault-1280');

    // The link leads to the line: what is typed there replaces the value.
    await page.keyboard.press('Control+Home');
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    assert.equal(await editor(page).evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd)), '1');
    assert.match(await page.locator('#szenario-stelle').innerText(), /: ist unbekannt/);
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Delete');
    await summary(page, 'Keine Fehler');
    assert.deepEqual(await breaches(page), []);

    await tabTo(page, page.getByRole('button', {name: 'Speichern', exact: true}));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ausfall\/szenarien\/[0-9a-f]{16}/);
    await tabTo(page, page.getByRole('link', {name: 'Prognose mit diesem Szenario rechnen'}));
    await page.keyboard.press('Enter');
    await page.waitForURL(/szenario=own-/);
    const picker = page.getByLabel('Was fällt aus?', {exact: true});
    await picker.waitFor(wait);
    assert.match(await picker.inputValue(), /^own-[0-9a-f]{32}$/);
    assert.match(await picker.locator('optgroup').first().getAttribute('label'), /Eigene Szenarien/);
    await picture(page, 'scenario-picker-1280');
    await tabTo(page, page.getByRole('button', {name: 'Ausfall rechnen'}));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ausfall\/[0-9a-f]{16}/, wait);
    await page.getByText('eigene Fassung').first().waitFor({timeout: patience});
    assert.deepEqual(faults, []);
    await close();
  });

  it('are not lost on the way out', async () => {
    const {page, close} = await openPage(browser, program.address);
    const {scenario} = await post(await sourceOf('faulty-update'));
    await visit(page, `${program.address}/ausfall/szenarien/${scenario.id}`);
    await editor(page).focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# angefangen\n');
    const asked = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('link', {name: 'Alle eigenen Szenarien'}).click();
    assert.equal(asked.length, 1);
    assert.match(asked[0], /noch nicht gespeichert/);
    assert.match(await editor(page).inputValue(), /^# angefangen/);
    assert.ok(page.url().endsWith(scenario.id));
    await close();
  });

  it('show both texts when somebody else was faster', async () => {
    const {page, close} = await openPage(browser, program.address);
    const {scenario} = await post(await sourceOf('faulty-update'));
    await visit(page, `${program.address}/ausfall/szenarien/${scenario.id}`);
    await editor(page).focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# meins\n');
    const theirs = `# anderes\n${await sourceOf('faulty-update')}`;
    const changed = await fetch(`${program.address}/api/v1/scenarios/${scenario.id}`, {method: 'PUT', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({text: theirs, version: 1})});
    assert.equal(changed.status, 200);
    await press(page, 'Speichern');
    await page.getByRole('heading', {name: 'Jemand anderes war schneller'}).waitFor(wait);
    assert.match(await page.getByLabel('Text der anderen Fassung').inputValue(), /^# anderes/);
    assert.match(await editor(page).inputValue(), /^# meins/);
    assert.deepEqual(await breaches(page), []);
    await picture(page, 'scenario-conflict-1280');
    await press(page, 'Meinen Text als Fassung 3 speichern');
    await page.getByText('Gespeichert als Fassung 3.').waitFor(wait);
    const now = await (await fetch(`${program.address}/api/v1/scenarios/${scenario.id}`)).json();
    assert.match(now.text, /^# meins/);
    await press(page, 'Szenario löschen');
    await page.getByRole('dialog').getByRole('button', {name: 'Szenario löschen'}).click();
    await page.waitForURL(/\/ausfall\/szenarien$/);
    assert.equal((await fetch(`${program.address}/api/v1/scenarios/${scenario.id}`)).status, 404);
    await close();
  });

  it('can be read and written on every look', async () => {
    const {scenario} = await post((await sourceOf('data-centre-fire')).replace('cause: fire-or-water', 'cause: fire'));
    for (const [width, scheme] of [...looks, [390, 'light']]) {
      const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
      for (const [name, path] of [['list', ''], ['begin', '/neu'], ['edit', `/${scenario.id}`]]) {
        await visit(page, `${program.address}/ausfall/szenarien${path}`);
        if (name === 'edit') await summary(page, 'Ein Fehler');
        assert.deepEqual(await breaches(page), [], `${name} ${width} ${scheme}`);
        assert.deepEqual(await sidewaysElements(page), [], `${name} ${width} ${scheme}`);
        await picture(page, `scenarios-${name}-${width}-${scheme}`);
      }
      await visit(page, `${program.address}/ausfall/szenarien/${scenario.id}?lang=en`);
      await page.locator('.faults .summary', {hasText: 'One fault'}).waitFor(wait);
      assert.match(await page.locator('.faults a').innerText(), /must be one of attack/);
      assert.deepEqual(faults, []);
      await close();
    }
  });
});
