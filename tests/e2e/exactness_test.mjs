// How exact a computation is to be: asked for in plain words, and told with what it took.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';

let program;
let browser;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const facts = (page) => page.locator('section:has(#herkunft) dl').innerText();
const town = {incident: undefined, scenario: 'storage-failure', region: '059580032000'};

describe('How exact a computation is', {timeout: patience}, () => {
  it('is chosen by keyboard among three steps, and the program finds the number of courses', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall`);
    const choice = page.getByLabel('Wie genau?', {exact: true});
    assert.match(await choice.evaluate((field) => field.selectedOptions[0].text), /^Üblich: auf etwa 1\s% genau$/);
    await choice.focus();
    await page.keyboard.press('Home');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/outage-runs'));
    await page.getByRole('button', {name: 'Ausfall rechnen'}).focus();
    await page.keyboard.press('Enter');
    const {relative_error: wished, randomisations, replications} = (await sent).postDataJSON();
    assert.deepEqual([wished, randomisations, replications], [0.03, 16, 256]);
    await page.waitForURL(/\/ausfall\/[0-9a-f]{16}$/);
    await page.locator('#herkunft').waitFor({timeout: patience});
    const run = await (await fetch(page.url().replace('/ausfall/', '/api/v1/outage-runs/'))).json();
    await picture(page, 'exactness-result');
    const said = await facts(page);
    assert.match(said, new RegExp(`Verläufe\\s+${run.replications}, gleichmäßig gestreut in 16 Gruppen`));
    assert.match(said, /Rechenfehler\s+[\d,]+\s% der mittleren Ausfalltage, gewünscht war höchstens 3\s%/);
    assert.deepEqual(faults, []);
    await close();
  });

  it('is told too where nobody wished for it', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${await finishedReplay(program.address, {...town, replications: 20})}`);
    assert.match(await facts(page), /Verläufe\s+20\s+Rechenfehler\s+[\d,]+\s% der mittleren Ausfalltage\n/);
    await close();
  });

  it('is tried out again under the same chance', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/ausfall/${await finishedReplay(program.address, {...town, replications: 32, randomisations: 4})}`);
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/outage-runs'));
    await page.getByRole('button', {name: 'Neu rechnen'}).click();
    const {randomisations, replications} = (await sent).postDataJSON();
    assert.deepEqual([randomisations, replications], [4, 32]);
    await close();
  });

  for (const [width, scheme] of [...looks, [390, 'dark'], [1280, 'dark']])
    it(`is asked accessibly and fits at ${width} pixels in the ${scheme} scheme`, async () => {
      for (const [language, query] of Object.entries({german: '', english: '?lang=en'})) {
        const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
        for (const [name, path] of Object.entries({region: '/ausfall', germany: '/ausfall/deutschland'})) {
          await visit(page, program.address + path + query);
          assert.deepEqual(await sidewaysElements(page), [], `${name} fits`);
          await picture(page, `exactness-${name}-${language}-${width}-${scheme}`);
          assert.deepEqual(await breaches(page), [], name);
        }
        assert.deepEqual(faults, []);
        await close();
      }
    });
});
