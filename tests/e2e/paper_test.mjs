// Papers are taken from the pages as files: the council's two pages, the questionnaire; and levels of earlier surveys stand beside today's.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
let program;
let browser;
/** The second survey of the same town; the first is finished. */
let response;

const api = async (path, method = 'GET', body = undefined) => {
  const answer = await fetch(`${program.address}/api/v1${path}`, {method, ...(body ? {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {})});
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
};

async function surveyWith(levels) {
  const {id} = await api('/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '059580032000'});
  for (const [question, value] of Object.entries(levels))
    await api(`/responses/${id}/answers/${question}`, 'PUT', {id: `paper-${question}`, state: 'answered', value, supersedes: []});
  return id;
}

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
  await api(`/responses/${await surveyWith({A4: 2, E2: 1})}/receipt`, 'POST', {});
  response = await surveyWith({A4: 3, A2: 2, E2: 3, E4: 2});
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const read = (tool, file, ...rest) => execFileSync(tool, [file, ...rest], {encoding: 'utf8'});
const pagesOf = (file) => Number(/^Pages:\s+(\d+)/m.exec(read('pdfinfo', file))[1]);

/** What the link leads to, kept under the name that the program gave it. */
async function downloaded(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download', slowly), page.getByRole('link', {name, exact: true}).click()]);
  return {path: await file.path(), name: file.suggestedFilename()};
}

describe('Papers', slowly, () => {
  it('for the council have two pages with levels and forecast, in the language of the page', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/umfrage/${response}/profil`);
    const german = await downloaded(page, 'Als PDF für den Rat');
    assert.equal(german.name, 'resilienzmonitor-059580032000.pdf');
    assert.equal(pagesOf(german.path), 2);
    const text = read('pdftotext', german.path, '-');
    for (const said of ['Meschede', 'Wo wir stehen', 'Was wir nicht wissen', 'Expertenschätzungen', 'noch nicht abgeschlossen']) assert.ok(text.includes(said), said);
    await visit(page, `${program.address}/umfrage/${response}/profil?lang=en`);
    const english = await downloaded(page, 'As PDF for the council');
    assert.ok(read('pdftotext', english.path, '-').includes('Where we stand'));
    assert.deepEqual(faults, []);
    await close();
  });

  it('of the questionnaire have every question', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    await visit(page, `${program.address}/umfrage/fragebogen/resilienzmonitor`);
    const {path} = await downloaded(page, 'Fragebogen als PDF');
    const text = read('pdftotext', path, '-');
    const {topics} = await api('/questionnaires/resilienzmonitor');
    for (const {id} of topics.flatMap(({questions}) => questions)) assert.match(text, new RegExp(`\\b${id}\\b`), id);
    assert.ok(pagesOf(path) > 10);
    assert.deepEqual(faults, []);
    await close();
  });
});

for (const [width, scheme] of [[1280, 'light'], [390, 'dark']])
  describe(`The trend at ${width} pixels in the ${scheme} scheme`, slowly, () => {
    it('shows the level of then beside the level of now, each with what was known', async () => {
      const {page, faults, close} = await openPage(browser, program.address, {width, scheme});
      await visit(page, `${program.address}/umfrage/${response}/profil`);
      const row = page.getByRole('region', {name: 'Wie sich die Stufen entwickelt haben'}).first().locator('tbody tr').first();
      await row.waitFor();
      const {points} = await api(`/responses/${response}/trend`);
      assert.equal(points.length, 2);
      assert.ok(points[0].topics[0].level < points[1].topics[0].level, 'A rose');
      const cells = await row.locator('td').allInnerTexts();
      points.forEach(({topics: [topic]}, at) => assert.match(cells[at], new RegExp(`Stufe ${topic.level} von 4`)));
      assert.match(cells[1], /%/);
      assert.deepEqual(await sidewaysElements(page), []);
      assert.deepEqual(await breaches(page), []);
      assert.deepEqual(faults, []);
      await picture(page, `trend-${width}-${scheme}`);
      await close();
    });
  });
