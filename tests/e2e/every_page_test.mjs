// What must hold on every page: no breach of accessibility, no fault in the console, no sideways scroll, one heading, own title.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {finishedReplay, patience, startProgram} from './program.mjs';

let program;
let browser;
let pages;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  const run = await finishedReplay(program.address);
  const {bodies} = await (await fetch(`${program.address}/api/v1/outage-runs/${run}/result`)).json();
  pages = {
    start: '/', outages: '/ausfall', replay: `/ausfall/${run}`, body: `/ausfall/${run}/${bodies[0].key}`, later: '/massnahmen', risk: '/ausfall/risiko', coverage: '/ausfall/treffer',
    accessibility: '/barrierefreiheit', privacy: '/datenschutz', glossary: '/glossar', 'not-found': '/gibt-es-nicht',
  };
}, {timeout: patience});

after(async () => {
  await browser?.close();
  await program?.stop();
});

for (const [width, scheme] of looks)
  describe(`At ${width} pixels in the ${scheme} scheme`, {timeout: patience}, () => {
    it('every page is accessible, quiet and fits', async () => {
      for (const [name, path] of Object.entries(pages)) {
        const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
        await visit(page, program.address + path);
        assert.deepEqual(await sidewaysElements(page), [], `${name} fits`);
        assert.equal(await page.locator('h1').count(), 1, `${name} has one h1`);
        await picture(page, `${name}-${width}-${scheme}`);
        for (const details of await page.locator('details').all()) await details.evaluate((element) => (element.open = true));
        assert.deepEqual(await breaches(page), [], `${name} is accessible with everything open`);
        assert.deepEqual(await sidewaysElements(page), [], `${name} fits with everything open`);
        assert.deepEqual(faults, [], `${name} is quiet`);
        await close();
      }
    });
  });

describe('The pages', {timeout: patience}, () => {
  it('have titles of their own in German and in English, and say their language', async () => {
    const titles = [];
    for (const language of ['de', 'en']) {
      const {page, close} = await openPage(browser, program.address);
      for (const [name, path] of Object.entries(pages)) {
        await visit(page, `${program.address}${path}?lang=${language}`);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        assert.match(await page.title(), /Resilienzmonitor$/, name);
        titles.push(`${language}: ${await page.title()}`);
      }
      await close();
    }
    assert.equal(new Set(titles).size, titles.length, titles.join('\n'));
  });

  it('write numbers and dates as Germans do', async () => {
    const {page, close} = await openPage(browser, program.address);
    for (const path of [pages.start, pages.replay, pages.body]) {
      await visit(page, program.address + path);
      const words = await page.locator('main').innerText();
      assert.doesNotMatch(words, /\b\d{4}-\d{2}-\d{2}\b/, 'no ISO dates');
      assert.doesNotMatch(words, /(?<![\d.])\d{1,3}\.\d{1,2}(?![\d.])/, 'no decimal points');
    }
    await close();
  });

  it('have targets of at least 24 pixels', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 320});
    await visit(page, program.address + pages.replay);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('main button, main input, main select, main summary')]
        .filter((element) => element.checkVisibility())
        .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 120)])
        .filter(([box]) => box.width < 24 || box.height < 24)
        .map(([, html]) => html));
    assert.deepEqual(small, []);
    await close();
  });
});
