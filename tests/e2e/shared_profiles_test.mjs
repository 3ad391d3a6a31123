// What one administration shares, read by another: from the survey's first page to the profile, and to no answer.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {ask, firstAdministrator, invited} from './accounts.mjs';
import {breaches, looks, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {heading} from './people.mjs';
import {patience, startProgram} from './program.mjs';

const slowly = {timeout: patience};
let program;
let browser;
let reader;
let response;
const at = (path) => program.address + path;

before(async () => {
  program = await startProgram({accounts: true});
  browser = await startBrowser();
  const admin = await firstAdministrator(browser, program);
  await ask(admin.page, '/organisations', 'POST', {id: '059580032000', kind: 'municipality', name: 'Meschede'});
  await ask(admin.page, '/organisations', 'POST', {id: '059580012000', kind: 'municipality', name: 'Brilon'});
  const officer = await invited(browser, program, admin, 'Otto', '059580032000', 'organisation-administrator');
  reader = await invited(browser, program, admin, 'Vera', '059580012000', 'viewer');
  response = (await ask(officer.page, '/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '059580032000'})).json.response?.id;
  if (!response) response = (await ask(officer.page, '/responses')).json.responses[0].id;
  await ask(officer.page, `/responses/${response}/answers/A4`, 'PUT', {id: 'entry-0001', state: 'answered', value: 3, comment: 'streng vertraulich', supersedes: []});
  const shared = await ask(officer.page, '/organisations/059580032000/sharing/profile/059580012000', 'PUT', {});
  assert.ok(shared.status < 300, shared.text);
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

describe('A profile that another administration shares', slowly, () => {
  it('is found from the first page of the survey, and read', async () => {
    const {page} = reader;
    await visit(page, at('/umfrage'));
    await page.getByRole('link', {name: 'Freigegebene Profile ansehen'}).click();
    await heading(page, 'Was andere Verwaltungen Ihnen zeigen');
    await page.getByRole('link', {name: 'Meschede'}).click();
    await heading(page, 'Profil von Meschede');
    assert.equal(await page.getByRole('main').locator('input, select, textarea').count(), 0, 'nothing can be changed');
    assert.ok(!(await page.content()).includes('streng vertraulich'));
    assert.equal((await ask(page, `/responses/${response}`)).status, 404, 'the answers stay with whoever gave them');
  });

  it('looks as every page does', async () => {
    const {page} = reader;
    for (const [name, path] of [['shared', '/umfrage/profile'], ['shared-profile', `/umfrage/profile/${response}`]])
      for (const [width, scheme] of looks) {
        await page.setViewportSize({width, height: 900});
        await page.emulateMedia({colorScheme: scheme});
        await visit(page, at(path));
        await page.locator('h1').waitFor();
        assert.deepEqual(await breaches(page), [], `${name} ${width} ${scheme}`);
        assert.deepEqual(await sidewaysElements(page), [], `${name} ${width}`);
        await picture(page, `${name}-${width}-${scheme}`);
      }
    assert.deepEqual(reader.faults.filter((fault) => !/40[349]/.test(fault)), []);
  });
});
