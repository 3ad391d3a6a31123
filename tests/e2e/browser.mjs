// Debian's Chromium with an empty profile, and pages that remember everything that must not happen.
import {mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {closedAtEnd} from './left_open.mjs';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const {chromium} = web('playwright-core');
const {source: axe} = web('axe-core');

const pictures = fileURLToPath(new URL('../../build/screenshots', import.meta.url));
mkdirSync(pictures, {recursive: true});

/** Widths and colour schemes in which every page is looked at: two that differ most, or all of them (make test-deep). */
export const looks = process.env.RESMON_EVERY_LOOK
  ? [[1280, 'light'], [1280, 'dark'], [768, 'light'], [320, 'light'], [320, 'dark']]
  : [[1280, 'light'], [320, 'dark']];

/** The engine without windows: a page costs a third of what it costs in the whole browser, which CHROMIUM may name (make test-deep). */
const launched = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
};
const german = {locale: 'de-DE', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce'};

async function closable(opening) {
  const opened = await opening;
  opened.close = closedAtEnd(opened.close.bind(opened));
  return opened;
}

export const startBrowser = () => closable(chromium.launch(launched));

/** A browser whose profile lies in a folder and survives its end; it is a context with `pages()`. */
export const startProfile = (folder) => closable(chromium.launchPersistentContext(folder, {...launched, ...german, viewport: {width: 1280, height: 900}}));

/** A page in a fresh profile; `faults` collects console errors, policy violations and requests to other servers. */
export async function openPage(browser, address, {width = 1280, scheme = 'light', ...options} = {}) {
  const context = await browser.newContext({
    viewport: {width, height: 900}, colorScheme: scheme, ...german, ...options,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:')) faults.push(`request to ${url}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return {page, faults, close: () => context.close()};
}

/** Loads a page of the program and waits until its drawings stand. */
export async function visit(page, url) {
  await page.goto(url);
  await page.locator('h1').waitFor();
  if (await page.locator('.box, svg.figure').count()) await page.locator('svg.figure').first().waitFor();
  // What a page asks may be computed first, in a build with sanitizers for a while.
  await page.waitForLoadState('networkidle', {timeout: 120_000});
}

export const picture = (page, name) => page.screenshot({path: `${pictures}/${name}.png`, fullPage: true});

/** Breaches of WCAG 2.2 AA and of axe's best practices, as readable lines. Our pages have no frames: one look sees everything. */
export async function breaches(page) {
  if (page.frames().length > 1) throw new Error('axe looks at the page alone, not into its frames');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return page.evaluate(async (runOnly) => {
    const {violations} = await axe.run(document, {runOnly, resultTypes: ['violations']});
    return violations.map((fault) => `${fault.id}: ${fault.help}\n  ${fault.nodes.map((node) => node.html.slice(0, 200)).join('\n  ')}`);
  }, tags);
}

/** Elements that stick out to the right, unless they scroll in a box of their own. */
export const sidewaysElements = (page) =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll'))
          .slice(0, 5).map((element) => element.outerHTML.slice(0, 160)));

/** Words of those elements that begin on one line and end on another; a hyphen is a good place to break. */
export const brokenWords = (page, selector) =>
  page.locator(selector).evaluateAll((elements) => {
    const broken = [];
    for (const element of elements) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode())
        for (const word of node.data.matchAll(/[^\s-]+-?/g)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          if (new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;
  });
