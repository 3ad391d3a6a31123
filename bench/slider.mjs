// How long it takes from a slider's move until the browser has drawn the new curve, and the server's share of it.
// node bench/slider.mjs [--moves N]; RESMON_PROGRAM names another program than build/release/resmon.
import {parseArgs} from 'node:util';
process.env.RESMON_PROGRAM ??= new URL('../build/release/resmon', import.meta.url).pathname;
const {openPage, startBrowser, visit} = await import('../tests/e2e/browser.mjs');
const {finishedReplay, startProgram} = await import('../tests/e2e/program.mjs');

const {values: {moves}} = parseArgs({options: {moves: {type: 'string', default: '100'}}});
const program = await startProgram();
const browser = await startBrowser();
const run = await finishedReplay(program.address);
const {page} = await openPage(browser, program.address);
await visit(page, `${program.address}/ausfall/${run}`);
await page.locator('#dauer').waitFor();
await page.waitForLoadState('networkidle');

/** Moves the slider back and forth; milliseconds from each input to the frame after the plot has changed. */
const drawn = await page.evaluate(async (count) => {
  const slider = document.querySelector('#dauer');
  const times = [];
  for (let move = 0; move < count; ++move) {
    slider.value = move % 2 ? '1.5' : '2';
    const begin = performance.now();
    await new Promise((done, failed) => {
      const observer = new MutationObserver((changes) => {
        if (!changes.some(({addedNodes}) => [...addedNodes].some((node) => node.nodeName === 'svg'))) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(done));
      });
      observer.observe(document.querySelector('main'), {childList: true, subtree: true});
      setTimeout(() => failed(new Error('no curve was drawn within ten seconds')), 10_000);
      slider.dispatchEvent(new Event('input', {bubbles: true}));
    });
    times.push(performance.now() - begin);
  }
  return times;
}, Number(moves));
const answered = await page.evaluate(() =>
  performance.getEntriesByType('resource').filter(({name}) => name.endsWith('/forecasts/curve')).map(({duration}) => duration));

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.ceil(share * times.length) - 1];
const row = (what, times, goal) =>
  console.log(`| ${what} | ${times.length} | ${at(times, 0.5).toFixed(0)} ms | ${at(times, 0.95).toFixed(0)} ms | ${goal} ms${at(times, 0.95) > goal ? ': **missed**' : ''} |`);
console.log('| region of 64 administrations | moves | median | 95th percentile | goal |');
console.log('|---|---|---|---|---|');
row('answer as the browser sees it', answered, 50);
row('input to drawn, with the pause of 30 ms', drawn, 200);
await browser.close();
await program.stop();
