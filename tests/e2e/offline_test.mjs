// Answering without a network: what waits is on the device, unreadable to others, and arrives once, in its order.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {breaches, openPage, picture, sidewaysElements, startBrowser, startProfile, visit} from './browser.mjs';
import {catalogueOfEveryType} from './every_type.mjs';
import {answer, heading, menu, signIn} from './people.mjs';
import {patience, startProgram} from './program.mjs';
import {startProxy} from './proxy.mjs';

const slowly = {timeout: patience};
const marker = 'Zimtstern hinter dem Serverschrank';
let catalogue;
let program;
let browser;
let folder;
/** To the questionnaire in which every type stands once, and to the shipped one. */
let response;
let whole;

before(async () => {
  catalogue = await catalogueOfEveryType();
  folder = await mkdtemp(join(tmpdir(), 'resmon-profile-'));
  program = await startProgram({catalogue});
  browser = await startBrowser();
  response = (await api('/responses', 'POST', {questionnaire: 'versuch', body: '05966024'})).id;
  whole = (await api('/responses', 'POST', {questionnaire: 'resilienzmonitor', body: '05970040'})).id;
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
  await rm(folder, {recursive: true, force: true});
  if (catalogue) await rm(dirname(catalogue), {recursive: true});
});

const at = (path) => program.address + path;
const api = async (path, method = 'GET', body = undefined, headers = {}) => {
  const told = await fetch(at(`/api/v1${path}`), {method, headers: {...(body ? {'Content-Type': 'application/json'} : {}), ...headers}, ...(body ? {body: JSON.stringify(body)} : {})});
  const text = await told.text();
  assert.ok(told.ok, `${method} ${path}: ${told.status} ${text}`);
  return text ? JSON.parse(text) : {};
};
const card = (page, question) => page.locator('section', {has: page.locator(`#frage-${question}`)});
const saved = (page, question) => card(page, question).getByText(/Gespeichert \d{2}:\d{2}/).waitFor();
const waits = (page, words) => page.locator('.bar', {hasText: words}).waitFor();
const choose = (page, id) => page.locator(`#${id}`).check();
const until = async (true_) => {
  for (const end = Date.now() + patience; !(await true_()); await new Promise((later) => setTimeout(later, 100))) assert.ok(Date.now() < end, String(true_));
};
/** All entries in the order in which the program numbered them. */
async function entriesOf(id, headers) {
  const {answers} = await api(`/responses/${id}`, 'GET', undefined, headers);
  const lists = await Promise.all(answers.map(async ({question}) => (await api(`/responses/${id}/answers/${question}`, 'GET', undefined, headers)).entries.map((entry) => ({question, ...entry}))));
  return lists.flat().sort((one, other) => one.number - other.number);
}
/** What the browser holds: letters, and names of what else is kept. */
const held = (page) => page.evaluate(() => new Promise((told, failed) => {
  const opening = indexedDB.open('resmon');
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    const base = opening.result;
    if (!base.objectStoreNames.length) return told({letters: 0, kept: [], keys: 0});
    const reading = base.transaction(['letters', 'kept', 'keys']);
    const [letters, kept, keys] = [reading.objectStore('letters').count(), reading.objectStore('kept').getAllKeys(), reading.objectStore('keys').count()];
    reading.oncomplete = () => (base.close(), told({letters: letters.result, kept: kept.result.map(([, name]) => name), keys: keys.result}));
  };
}));
/** The page is ready for a time without a network: its files and its survey are on the device. */
async function ready(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((come) => navigator.serviceWorker.addEventListener('controllerchange', come, {once: true}));
  });
  const [, , id] = new URL(page.url()).pathname.split('/');
  await until(async () => (await held(page)).kept.includes(`sheet/${id}`));
}
/** Files below a folder in which a text stands, in either encoding of browsers. */
async function filesWith(words) {
  const files = (await readdir(folder, {recursive: true, withFileTypes: true})).filter((one) => one.isFile()).map((one) => join(one.parentPath ?? one.path, one.name));
  const found = await Promise.all(files.map(async (file) => {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    return content.includes(Buffer.from(words)) || content.includes(Buffer.from(words, 'utf16le')) ? file : '';
  }));
  return found.filter(Boolean);
}

describe('Without a network', slowly, () => {
  /** Question, and what is done for its answer, in the order in which it is done. */
  const steps = [
    ['A1', (page) => choose(page, 'frage-A1-antwort-3')], ['A2', (page) => choose(page, 'frage-A2-antwort-rot')], ['A3', (page) => choose(page, 'frage-A3-antwort-erde')],
    ['A4', (page) => choose(page, 'frage-A4-antwort-2')], ['A5', (page) => page.locator('#frage-A5-antwort').fill('12,5')], ['A6', (page) => page.locator('#frage-A6-antwort').fill('3')],
    ['A7', (page) => page.locator('#frage-A7-antwort').fill('3.2.2026')], ['A8', (page) => page.locator('#frage-A8-antwort').fill(marker)], ['A11', (page) => page.locator('#frage-A11-antwort').fill('7')],
  ];
  let context;
  let page;
  let more;
  before(async () => {
    const [sheet, {topics}] = await Promise.all([api(`/responses/${whole}`), api('/questionnaires/resilienzmonitor')]);
    const asked = sheet.answers.filter((one) => one.asked).map(({question}) => question);
    more = topics.filter(({id}) => 'AB'.includes(id)).flatMap(({questions}) => questions).filter(({id, type}) => type === 'ordinal' && asked.includes(id)).map(({id}) => id).slice(0, 11);
    assert.ok(more.some((id) => id[0] === 'B') && more.length === 11, more.join());
  });

  it('twenty answers wait on the device, survive reload and the end of the browser, and nobody can read them there', async () => {
    context = await startProfile(folder);
    page = context.pages()[0];
    for (const one of [whole, response]) {
      await visit(page, at(`/umfrage/${one}/A`));
      await ready(page);
    }
    await context.setOffline(true);
    for (const [question, act] of steps) {
      await act(page);
      await card(page, question).getByText('Wartet auf diesem Gerät').waitFor();
    }
    await waits(page, 'Ohne Netz: 9 Antworten warten auf diesem Gerät.');
    await picture(page, 'offline-waiting');
    assert.deepEqual(await breaches(page), []);

    await page.reload();
    await heading(page, 'Allerlei');
    await waits(page, 'Ohne Netz: 9 Antworten warten auf diesem Gerät.');
    assert.equal(await page.locator('#frage-A8-antwort').inputValue(), marker);
    // Of another survey that was opened here, over two topics.
    for (const question of more) {
      if (!page.url().endsWith(`/${whole}/${question[0]}`)) await page.goto(at(`/umfrage/${whole}/${question[0]}`));
      await choose(page, `frage-${question}-antwort-${more.indexOf(question) % 5}`);
      await card(page, question).getByText('Wartet auf diesem Gerät').waitFor();
    }
    await waits(page, 'Ohne Netz: 20 Antworten warten auf diesem Gerät.');
    await page.evaluate(() => new Promise((done) => {
      // What stands in a profile in plain text is found by this test: here is something.
      const opening = indexedDB.open('plain', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('plain').put('Lebkuchen im Klartext', 1);
      opening.onsuccess = () => (opening.result.close(), done());
    }));
    await context.close();
    assert.notDeepEqual(await filesWith('Lebkuchen im Klartext'), [], 'plain text would be found');
    assert.deepEqual(await filesWith(marker), []);
  });

  it('the pages open from the device alone, with what was answered', async () => {
    context = await startProfile(folder);
    [page] = context.pages();
    await context.setOffline(true);
    await page.goto(at('/umfrage'));
    await heading(page, 'Ohne Netz können Sie weiter antworten');
    await picture(page, 'offline-home');
    assert.deepEqual(await breaches(page), []);
    await page.getByRole('link', {name: /Olpe/}).click();
    await page.goto(at(`/umfrage/${response}/A`));
    await heading(page, 'Allerlei');
    await waits(page, 'Ohne Netz: 20 Antworten warten auf diesem Gerät.');
    assert.ok(await page.locator('#frage-A1-antwort-3').isChecked());
    assert.equal(await page.locator('#frage-A8-antwort').inputValue(), marker);
    await choose(page, 'frage-A1-antwort-2');
    assert.deepEqual([...(await entriesOf(response)), ...(await entriesOf(whole))], []);
  });

  it('a half typed answer is kept as well', async () => {
    await page.locator('#frage-A11-antwort').fill('sieben');
    await card(page, 'A11').getByText('Geben Sie eine Zahl ein').waitFor();
    await until(async () => (await held(page)).kept.includes(`draft/${response}/A11`));
    await page.reload();
    await heading(page, 'Allerlei');
    await card(page, 'A11').getByText('Geben Sie eine Zahl ein').waitFor();
    assert.equal(await page.locator('#frage-A11-antwort').inputValue(), 'sieben');
    await page.locator('#frage-A11-antwort').fill('8');
    await waits(page, 'Ohne Netz: 21 Antworten warten auf diesem Gerät.');
  });

  it('it is no different when the program itself is stopped; afterwards it holds exactly these answers, in their order', async () => {
    await program.pause();
    await context.setOffline(false);
    await choose(page, 'frage-A2-antwort-grau');
    await page.waitForTimeout(1_500);
    await waits(page, 'Ohne Netz: 21 Antworten warten auf diesem Gerät.');
    await program.resume();
    await saved(page, 'A2');
    await until(async () => (await held(page)).letters === 0);
    const entries = await entriesOf(response);
    // A1 had left once before the browser was closed: what came on top of it is an answer of its own.
    const told = entries.map(({question, value, supersedes}) => [question, value, supersedes]);
    assert.deepEqual(told.map(([question]) => question), ['A1', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A1', 'A11', 'A2']);
    assert.deepEqual(told.map(([, value]) => value), [3, ['erde'], 2, 12.5, {amount: 3, unit: 'hours'}, '2026-02-03', marker, 2, 8, 'grau']);
    assert.deepEqual(told[7], ['A1', 2, [1]]);
    assert.equal(new Set(entries.map(({id}) => id)).size, entries.length);
    await waits(page, /Gespeichert \d{2}:\d{2}/);
    assert.deepEqual((await entriesOf(whole)).map(({question, value}) => [question, value]), more.map((question, place) => [question, place % 5]));
    const kept = await held(page);
    assert.deepEqual(kept.kept.filter((name) => name.startsWith('draft/')), []);
    assert.ok((await filesWith(marker)).length === 0, 'not even now');
    await context.close();
  });
});

describe('Of two people without a network', slowly, () => {
  it('both answers are shown side by side when they are back', async () => {
    const people = await Promise.all([openPage(browser, program.address), openPage(browser, program.address)]);
    for (const {page} of people) {
      await visit(page, at(`/umfrage/${response}/A`));
      await ready(page);
      await page.context().setOffline(true);
    }
    await choose(people[0].page, 'frage-A4-antwort-1');
    await choose(people[1].page, 'frage-A4-antwort-5');
    for (const {page} of people) await card(page, 'A4').getByText('Wartet auf diesem Gerät').waitFor();
    await people[0].page.context().setOffline(false);
    await saved(people[0].page, 'A4');
    await people[1].page.context().setOffline(false);
    await card(people[1].page, 'A4').getByText('Zwei Antworten widersprechen sich').waitFor();
    assert.match(await card(people[1].page, 'A4').innerText(), /Fassung 1[\s\S]*1[\s\S]*Fassung 2[\s\S]*5/);
    await card(people[1].page, 'A4').getByRole('button', {name: 'Diese gilt Fassung 2'}).click();
    await saved(people[1].page, 'A4');
    for (const {close} of people) await close();
  });

  it('two windows of one person send what waits once', async () => {
    const {page, close} = await openPage(browser, program.address);
    const other = await page.context().newPage();
    for (const one of [page, other]) await visit(one, at(`/umfrage/${response}/A`));
    await ready(page);
    const before = (await entriesOf(response)).length;
    const puts = [];
    await page.context().setOffline(true);
    await choose(page, 'frage-A1-antwort-4');
    await choose(page, 'frage-A2-antwort-blau');
    await waits(other, 'Ohne Netz: 2 Antworten warten auf diesem Gerät.');
    assert.ok(await other.locator('#frage-A1-antwort-4').isChecked(), 'what was answered in one window stands in the other');
    await choose(other, 'frage-A3-antwort-feuer');
    for (const one of [page, other]) await waits(one, 'Ohne Netz: 3 Antworten warten auf diesem Gerät.');
    page.context().on('response', (told) => told.request().method() === 'PUT' && puts.push(told.url()));
    await page.context().setOffline(false);
    for (const one of [page, other]) await waits(one, /Gespeichert/);
    await until(async () => (await held(page)).letters === 0);
    assert.equal((await entriesOf(response)).length, before + 3);
    assert.equal(puts.length, 3, puts.join());
    await close();
  });
});

describe('A program that cannot save at the moment', slowly, () => {
  it('says why; the answers wait and are saved by themselves', async () => {
    const proxy = await startProxy(program.address);
    const {page, close} = await openPage(browser, proxy.address);
    await visit(page, `${proxy.address}/umfrage/${response}/A`);
    const full = {status: 507, body: JSON.stringify({type: 'https://resmon.example/problems/storage-full', title: 'Der Speicher ist voll.', status: 507})};
    proxy.change = (asked) => (asked.method === 'PUT' ? full : undefined);
    await choose(page, 'frage-A4-antwort-3');
    await waits(page, 'Der Speicher ist voll. Eine Antwort wartet auf diesem Gerät.');
    proxy.change = (asked) => (asked.method === 'PUT' ? {status: 503, headers: {'Retry-After': '1'}, body: JSON.stringify({type: 'x', title: 'Später.', status: 503})} : undefined);
    await waits(page, 'Später. Eine Antwort wartet auf diesem Gerät.');
    proxy.change = () => undefined;
    await saved(page, 'A4');
    await close();
    await proxy.stop();
  });

  it('answers nothing at all: the pages come from the device', async () => {
    const proxy = await startProxy(program.address);
    const {page, close} = await openPage(browser, proxy.address);
    await visit(page, `${proxy.address}/umfrage/${response}/A`);
    await ready(page);
    const wait = [];
    proxy.change = () => new Promise((later) => wait.push(later));
    await page.reload({waitUntil: 'commit'});
    await heading(page, 'Allerlei');
    proxy.change = () => undefined;
    wait.forEach((later) => later());
    await choose(page, 'frage-A4-antwort-4');
    await saved(page, 'A4');
    await close();
    await proxy.stop();
  });
});

describe('A new version of the program', slowly, () => {
  it('brings its pages at the next visit with a network, and these stay for the time without', async () => {
    let version = 'eins';
    const proxy = await startProxy(program.address);
    const index = await (await fetch(at('/index.html'))).text();
    const script = await (await fetch(at('/service-worker.js'))).text();
    const html = () => ({status: 200, type: 'text/html; charset=utf-8', body: index.replace('<head>', `<head><meta name="version" content="${version}">`)});
    proxy.change = ({url}) => {
      if (url === '/service-worker.js') return {status: 200, type: 'text/javascript', headers: {'Cache-Control': 'no-cache'}, body: script.replace(/const version = '/, `const version = '${version}-`)};
      return url === '/index.html' || url.startsWith('/umfrage') ? html() : undefined;
    };
    const {page, close} = await openPage(browser, proxy.address);
    const shown = () => page.locator('meta[name=version]').getAttribute('content');
    await visit(page, `${proxy.address}/umfrage/${response}/A`);
    await ready(page);
    assert.equal(await shown(), 'eins');
    version = 'zwei';
    await page.reload();
    await heading(page, 'Allerlei');
    assert.equal(await shown(), 'zwei');
    await until(() => page.evaluate(async () => (await caches.keys()).some((name) => name.includes('zwei'))));
    await until(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting === null && (await navigator.serviceWorker.ready).installing === null));
    await page.context().setOffline(true);
    await page.reload();
    await heading(page, 'Allerlei');
    assert.equal(await shown(), 'zwei');
    await close();
    await proxy.stop();
  });

  it('nothing of the interface lies in a cache of the pages', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at(`/umfrage/${response}/A`));
    await ready(page);
    await page.reload();
    await heading(page, 'Allerlei');
    const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname)))).flat());
    assert.ok(kept.includes('/index.html'));
    assert.deepEqual(kept.filter((path) => path.startsWith('/api')), []);
    await close();
  });
});

describe('With accounts', slowly, () => {
  const passwords = {anna: 'vier Wörter sind genug', edda: 'Regen über dem Rathaus'};
  const town = '059700040000';
  let own;
  let admin;
  let editor;
  let survey;
  const there = (path) => own.address + path;
  async function session(login) {
    const told = await fetch(there('/api/v1/session'), {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({login, password: passwords[login]})});
    return {Cookie: told.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': (await told.json()).csrf_token};
  }
  async function ask(path, method, who, body) {
    const told = await fetch(there(`/api/v1${path}`), {method, headers: {...who, ...(body ? {'Content-Type': 'application/json'} : {})}, ...(body ? {body: JSON.stringify(body)} : {})});
    assert.ok(told.ok, `${method} ${path}: ${told.status}`);
    return told.status === 204 ? undefined : told.json();
  }
  async function signedIn() {
    const opened = await openPage(browser, own.address);
    await opened.page.goto(there(`/umfrage/${survey}/A`));
    await signIn(opened.page, 'edda', passwords.edda);
    await opened.page.locator('#frage-A4').waitFor();
    await ready(opened.page);
    return opened;
  }
  const leave = async (page) => (await menu(page)).getByRole('button', {name: 'Abmelden'}).click();

  before(async () => {
    own = await startProgram({accounts: true, words: ['--device-days', '10'], prepare: async (data) => {
      const run = (...words) => {
        const {status, stderr, stdout} = spawnSync(process.env.RESMON_PROGRAM, ['--data', data, '--quiet', ...words], {encoding: 'utf8'});
        assert.equal(status, 0, stderr + stdout);
      };
      run('organisation', 'add', town, '--kind', 'municipality');
      for (const [login, role, ...where] of [['anna', 'installation-administrator'], ['edda', 'editor', '--organisation', town]]) {
        const file = join(folder, login);
        await writeFile(file, passwords[login], {mode: 0o600});
        run('user', 'add', login, '--role', role, '--password-file', file, ...where);
      }
    }});
    admin = await session('anna');
    editor = await session('edda');
    survey = (await ask('/responses', 'POST', editor, {questionnaire: 'resilienzmonitor', body: town})).id;
  }, slowly);
  after(() => own?.stop());

  it('signing out warns of what is not sent, and then leaves nothing', async () => {
    const {page, close} = await signedIn();
    await choose(page, 'frage-A4-antwort-1');
    await saved(page, 'A4');
    await page.context().setOffline(true);
    for (const level of ['A4-antwort-3', 'A5-antwort-2']) await choose(page, `frage-${level}`);
    await waits(page, 'Ohne Netz: 2 Antworten warten');
    await leave(page);
    await page.getByRole('dialog').getByText('2 Antworten sind noch nicht gesendet').waitFor();
    await picture(page, 'offline-leaving');
    assert.deepEqual(await breaches(page), []);
    await answer(page, 'Nein, zurück');
    assert.equal((await held(page)).letters, 2);
    await leave(page);
    await answer(page, 'Abmelden und löschen');
    await page.getByRole('alert').filter({hasText: 'Was auf diesem Gerät lag, ist gelöscht'}).waitFor();
    assert.deepEqual(await held(page), {letters: 0, kept: [], keys: 0});
    await page.context().setOffline(false);
    await leave(page);
    await heading(page, 'Anmelden');
    assert.equal((await held(page)).letters, 0);
    await close();
  });

  it('with a network nothing is asked: it is sent first', async () => {
    const {page, close} = await signedIn();
    await choose(page, 'frage-A5-antwort-4');
    await leave(page);
    await heading(page, 'Anmelden');
    const {answers} = await ask(`/responses/${survey}`, 'GET', editor);
    assert.equal(answers.find(({question}) => question === 'A5').current[0].value, 4);
    assert.deepEqual(await held(page), {letters: 0, kept: [], keys: 0});
    await close();
  });

  it('who may no longer answer is told, and takes the answers away as a file', async () => {
    const {page, close} = await signedIn();
    await page.context().setOffline(true);
    await choose(page, 'frage-A4-antwort-0');
    await card(page, 'A4').getByText('Bemerkung und Nachweis').click();
    await page.locator('#frage-A4-bemerkung').fill(marker);
    await waits(page, 'Ohne Netz: Eine Antwort wartet');
    const {people} = await ask('/people', 'GET', admin);
    const edda = people.find(({login}) => login === 'edda');
    await ask(`/people/${edda.id}/roles/editor?organisation=${town}`, 'DELETE', admin);
    await ask(`/people/${edda.id}/roles/viewer?organisation=${town}`, 'PUT', admin);
    await page.context().setOffline(false);
    await page.getByRole('heading', {name: 'Eine Antwort hat das Programm nicht angenommen'}).waitFor();
    await page.getByText('Frage A4: Sie dürfen diese Umfrage nicht mehr beantworten').waitFor();
    await picture(page, 'offline-lost');
    assert.deepEqual(await breaches(page), []);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Als Datei speichern'}).click()]);
    assert.match(await readFile(await file.path(), 'utf8'), new RegExp(`A4 [\\s\\S]*0 – [\\s\\S]*${marker}`));
    await page.reload();
    await page.getByRole('button', {name: 'Verwerfen'}).click();
    await answer(page, 'Verwerfen');
    await page.getByRole('heading', {name: 'nicht angenommen'}).waitFor({state: 'detached'});
    assert.equal((await held(page)).letters, 0);
    await ask(`/people/${edda.id}/roles/editor?organisation=${town}`, 'PUT', admin);
    await close();
  });

  it('what waited longer than the operator allows is erased, and said so', async () => {
    const {page, close} = await signedIn();
    await page.context().setOffline(true);
    await choose(page, 'frage-A4-antwort-2');
    await waits(page, 'Ohne Netz: Eine Antwort wartet');
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 11 * 86_400_000;
    });
    await page.reload();
    await heading(page, 'Das Programm antwortet nicht');
    await page.context().setOffline(false);
    await page.reload();
    await page.getByText('Eine Antwort wurde auf diesem Gerät gelöscht').waitFor();
    assert.equal((await held(page)).letters, 0);
    await close();
  });

  it('a session that is over leaves nothing to read without signing in, but what waits', async () => {
    const {page, close} = await signedIn();
    await page.context().setOffline(true);
    await choose(page, 'frage-A4-antwort-3');
    await waits(page, 'Ohne Netz: Eine Antwort wartet');
    await page.context().clearCookies();
    await page.context().setOffline(false);
    await heading(page, 'Ihre Sitzung ist beendet');
    await until(async () => !(await held(page)).kept.length);
    assert.equal((await held(page)).letters, 1);
    await page.context().setOffline(true);
    await page.reload();
    await heading(page, 'Das Programm antwortet nicht');
    await page.context().setOffline(false);
    await page.goto(there('/anmelden'));
    await signIn(page, 'edda', passwords.edda);
    await until(async () => (await held(page)).letters === 0);
    const {answers} = await ask(`/responses/${survey}`, 'GET', editor);
    assert.equal(answers.find(({question}) => question === 'A4').current.at(-1).value, 3);
    await close();
  });
});

describe('On a narrow, dark screen', slowly, () => {
  it('what waits is said and fits', async () => {
    const {page, close} = await openPage(browser, program.address, {width: 390, scheme: 'dark'});
    await visit(page, at(`/umfrage/${response}/A`));
    await ready(page);
    await page.context().setOffline(true);
    await choose(page, 'frage-A1-antwort-1');
    await waits(page, 'Ohne Netz: Eine Antwort wartet');
    assert.deepEqual(await sidewaysElements(page), []);
    await picture(page, 'offline-waiting-390-dark');
    assert.deepEqual(await breaches(page), []);
    await close();
  });
});
