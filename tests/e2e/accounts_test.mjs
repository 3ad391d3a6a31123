// What people with accounts do: set up, sign in, invite, give roles, share, look who looked, end a session. The program runs without --local.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {breaches, looks, openPage, picture, sidewaysElements, startBrowser, visit} from './browser.mjs';
import {accept, answer, field, heading, menu, press, said, signIn} from './people.mjs';
import {patience, startProgram} from './program.mjs';
import {authenticator} from './totp.mjs';

const slowly = {timeout: patience};
const passwords = {admin: 'vier Wörter sind genug', editor: 'Regen über dem Rathaus', auditor: 'grüne Akten im Keller'};
const town = 'Siegen';
let program;
let browser;
let admin;
let editor;
let auditor;
let code;

before(async () => {
  program = await startProgram({accounts: true});
  browser = await startBrowser();
  [admin, editor, auditor] = await Promise.all([1, 2, 3].map(() => openPage(browser, program.address)));
}, slowly);

after(async () => {
  await browser?.close();
  await program?.stop();
});

const at = (path) => program.address + path;
const linkAt = (link) => at(`/link${new URL(link).hash}`);

/** Invites as the administrator; gives the link. */
async function invite(name, organisation, role) {
  const {page} = admin;
  await visit(page, at('/personen/einladen'));
  await field(page, 'Name der Person').fill(name);
  await field(page, 'Organisation').selectOption({label: organisation});
  await page.getByRole('radio', {name: role}).check();
  await press(page, 'Link erzeugen');
  await page.locator('.once .title', {hasText: `Link für ${name}`}).waitFor();
  return page.locator('.once code').innerText();
}

describe('Before the first account', slowly, () => {
  it('every page leads to the sign-in, which says how to begin', async () => {
    const {page, faults, close} = await openPage(browser, program.address);
    for (const path of ['/', '/ausfall', '/personen', '/protokoll']) {
      await visit(page, at(path));
      await page.waitForURL(/\/anmelden/);
      await heading(page, 'Das erste Konto fehlt noch');
    }
    assert.deepEqual(faults, []);
    await close();
  });

  it('the interface answers strangers with 401', async () => {
    for (const path of ['people', 'organisations', 'audit', 'settings', 'outage-runs', 'account/sessions'])
      assert.equal((await fetch(at(`/api/v1/${path}`))).status, 401, path);
  });

  it('the printed link sets up the administrator, once, and leaves no secret in the address', async () => {
    const {page} = admin;
    const link = /https?:\/\/\S+\/link#(\S+)/.exec(program.said());
    assert.ok(link, `a link is printed:\n${program.said()}`);
    await page.goto(at(`/link#${link[1]}`));
    await heading(page, 'Das erste Konto einrichten');
    assert.doesNotMatch(page.url(), /#/);
    await field(page, 'Ihr Name').fill('Anna Amt');
    await field(page, 'Passwort').fill('kurz');
    await press(page, 'Konto einrichten');
    await page.locator('.errors').waitFor();
    assert.match(await page.evaluate(() => document.activeElement.className), /errors/, 'the list of errors has the focus');
    assert.equal(await field(page, 'Ihr Name').inputValue(), 'Anna Amt', 'nothing is lost');
    await page.locator('.errors a', {hasText: 'Anmeldenamen'}).click();
    await page.keyboard.type('anna');
    assert.equal(await field(page, 'Anmeldename').inputValue(), 'anna', 'the entry leads to its field');
    await field(page, 'Passwort').fill(passwords.admin);
    await press(page, 'Konto einrichten');
    await page.getByRole('banner').getByText('Anna Amt').waitFor();
    const other = await openPage(browser, program.address);
    await other.page.goto(at(`/link#${link[1]}`));
    await heading(other.page, 'Dieser Link gilt nicht');
    await other.close();
  });
});

describe('The second factor', slowly, () => {
  it('is set up with an app and gives ten recovery codes', async () => {
    const {page} = admin;
    await visit(page, at('/konto'));
    await page.locator('#faktor-password').fill(passwords.admin);
    await press(page, 'Einrichten');
    await page.locator('main img').waitFor();
    assert.ok(await page.locator('main img').evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), 'the picture can be seen');
    code = authenticator(await page.locator('main li code').innerText());
    await field(page, 'Code aus der Authentifizierungs-App').fill(await code());
    await press(page, 'Bestätigen');
    await page.locator('.once .title', {hasText: 'Ihre Wiederherstellungscodes'}).waitFor();
    assert.equal(new Set(await page.locator('.once code').allInnerTexts()).size, 10);
    await page.getByText('Der zweite Faktor ist eingerichtet').waitFor();
    await picture(page, 'recovery-codes');
  });

  it('is asked for after the password; all of it by keyboard alone, to the page that was asked for', async () => {
    const {page} = admin;
    await (await menu(page)).getByRole('button', {name: 'Abmelden'}).click();
    await heading(page, 'Anmelden beim Resilienzmonitor');
    await page.goto(at('/personen'));
    await heading(page, 'Anmelden beim Resilienzmonitor');
    const focused = () => page.evaluate(() => document.activeElement.id);
    for (let presses = 0; (await focused()) !== 'anmelden-login'; ++presses) {
      assert.ok(presses < 20, 'Tab reaches the user name');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('anna');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'anmelden-password');
    await page.keyboard.type(passwords.admin);
    await page.keyboard.press('Enter');
    await field(page, 'Code aus der Authentifizierungs-App').waitFor();
    assert.equal(await focused(), 'anmelden-code');
    await page.keyboard.type(await code());
    await page.keyboard.press('Enter');
    await heading(page, 'Wer arbeitet hier');
    assert.equal(new URL(page.url()).pathname, '/personen');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  });

  it('is not betrayed: a wrong password and an unknown name are told the same', async () => {
    const {page, close} = await openPage(browser, program.address);
    const told = [];
    for (const [login, password] of [['anna', 'falsch geraten'], ['niemand', 'falsch geraten']]) {
      await visit(page, at('/anmelden'));
      await signIn(page, login, password);
      told.push(await page.locator('.errors').innerText());
      assert.equal(await field(page, 'Anmeldename').inputValue(), login, 'nothing is lost');
    }
    assert.equal(told[0], told[1]);
    await close();
  });
});

describe('Organisations, people and roles', slowly, () => {
  it('a municipality comes from the register, a coordination office gets members', async () => {
    const {page} = admin;
    await visit(page, at('/organisationen'));
    await field(page, 'Name oder Gemeindeschlüssel').fill(town);
    await page.getByRole('radio', {name: new RegExp(`^${town} –`)}).check();
    await press(page, 'Organisation anlegen');
    await said(page, `${town} ist angelegt.`);
    await field(page, 'Art').selectOption({label: 'Koordinierungsstelle'});
    await field(page, 'Name').fill('Koordinierungsstelle Süd');
    await press(page, 'Organisation anlegen');
    await said(page, 'Koordinierungsstelle Süd ist angelegt.');
    await page.locator('table a', {hasText: 'Koordinierungsstelle Süd'}).click();
    await field(page, 'Weiteres Mitglied').selectOption({label: town});
    await press(page, 'Aufnehmen');
    await page.locator('#mitglieder ~ ul li', {hasText: town}).waitFor();
  });

  it('an editor is invited by a link and sees less than the administrator', async () => {
    await accept(editor.page, linkAt(await invite('Emil Editor', town, /^Bearbeitung/)), 'emil', passwords.editor);
    await editor.page.getByRole('banner').getByText('Emil Editor').waitFor();
    const entries = await (await menu(editor.page)).innerText();
    assert.match(entries, /Mein Konto/);
    assert.match(entries, new RegExp(town));
    assert.doesNotMatch(entries, /Personen|Betrieb/);
    await visit(editor.page, at('/personen'));
    assert.equal(await editor.page.locator('table').count(), 0, 'nor does the address lead to the people');
  });

  it('an auditor of the whole installation is invited', async () => {
    await accept(auditor.page, linkAt(await invite('Rita Revision', 'ganze Installation', /^Revision/)), 'rita', passwords.auditor);
    await auditor.page.getByRole('banner').getByText('Rita Revision').waitFor();
  });

  it('an open invitation can be withdrawn; the question names the person', async () => {
    const {page} = admin;
    const link = await invite('Nora Neu', town, /^Einsicht/);
    await visit(page, at('/personen'));
    await press(page, 'Zurückziehen Nora Neu');
    await page.getByRole('dialog').getByText('Einladung von Nora Neu zurückziehen?').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Nein, zurück', 'the safe answer has the focus');
    await answer(page, 'Zurückziehen');
    await page.getByText('Zurzeit ist niemand eingeladen.').waitFor();
    const other = await openPage(browser, program.address);
    await other.page.goto(linkAt(link));
    await heading(other.page, 'Dieser Link gilt nicht');
    await other.close();
  });

  it('a role is given and withdrawn', async () => {
    const {page} = admin;
    await visit(page, at('/personen'));
    await page.getByRole('link', {name: 'Emil Editor'}).click();
    await heading(page, 'Emil Editor');
    for (const role of ['Administration der Organisation', 'Einsicht']) {
      if (!(await field(page, 'Organisation').count())) await page.locator('summary', {hasText: 'Rolle geben'}).click();
      await field(page, 'Organisation').selectOption({label: town});
      await page.getByRole('radio', {name: new RegExp(`^${role}`)}).check();
      await press(page, 'Rolle geben');
      await page.locator('#rollen ~ ul li', {hasText: `${role}, ${town}`}).waitFor();
    }
    await press(page, `Entziehen Einsicht, ${town}`);
    await answer(page, 'Entziehen');
    await said(page, 'Die Rolle ist entzogen.');
    assert.doesNotMatch(await page.locator('#rollen ~ ul').innerText(), /Einsicht/);
  });
});

describe('The survey', slowly, () => {
  it('offers the editor their own administration, and names who answered', async () => {
    const {page} = editor;
    await visit(page, at('/umfrage'));
    await page.getByRole('radio', {name: new RegExp(`^${town} –`)}).check();
    await press(page, 'Mit allen Themen beginnen');
    await heading(page, `Umfrage für ${town}`);
    await page.locator('#themen ~ ul a', {hasText: 'Steuerung'}).click();
    await page.locator('#frage-A1-antwort-2').check();
    await page.getByText(/Gespeichert \d{2}:\d{2}/).first().waitFor();
    await page.getByText('Verlauf dieser Antwort').first().click();
    await page.locator('details li', {hasText: 'Emil Editor'}).waitFor();
  });

  it('keeps an answer whose session was over, and saves it after signing in anew', async () => {
    const {page, close} = await openPage(browser, program.address);
    await visit(page, at('/anmelden'));
    await signIn(page, 'emil', passwords.editor);
    await page.getByRole('banner').getByText('Emil Editor').waitFor();
    await visit(page, at('/umfrage'));
    await page.locator('#themen ~ ul a', {hasText: 'Steuerung'}).click();
    await page.locator('#frage-A2-antwort-0').waitFor();
    await page.context().clearCookies();
    await page.locator('#frage-A2-antwort-3').check();
    await heading(page, 'Ihre Sitzung ist beendet');
    await signIn(page, 'emil', passwords.editor);
    await heading(page, 'Steuerung');
    await page.locator('#frage-A2-stand', {hasText: 'Gespeichert'}).waitFor();
    assert.ok(await page.locator('#frage-A2-antwort-3').isChecked());
    await close();
  });

  it('tells whoever may not answer who may, and shows them nothing', async () => {
    for (const {page} of [admin, auditor]) {
      await visit(page, at('/umfrage'));
      await page.getByText('Beginnen darf, wer').waitFor();
      assert.equal(await page.locator('main input').count(), 0);
      assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(town));
    }
  });
});

describe('Sharing', slowly, () => {
  it('is decided by the municipality: shared after a question, withdrawn at once', async () => {
    const {page} = editor;
    await visit(page, at('/freigaben'));
    await heading(page, 'Wer sieht was von uns?');
    await page.getByText('Sie haben nichts freigegeben').waitFor();
    await page.getByRole('radio', {name: /^Profil/}).check();
    await field(page, 'Für wen?').selectOption({label: 'Koordinierungsstelle Süd (Koordinierungsstelle)'});
    await press(page, 'Freigeben');
    await page.getByRole('dialog').getByText('„Profil“ für Koordinierungsstelle Süd').waitFor();
    await answer(page, 'Freigeben');
    await page.locator('#freigaben ~ table tbody tr', {hasText: 'Koordinierungsstelle Süd'}).waitFor();
    await press(page, 'Zurücknehmen „Profil“ für Koordinierungsstelle Süd');
    await page.getByText('Noch nichts.').waitFor();
  });
});

describe('The audit trail', slowly, () => {
  it('shows what was shared, by whom, and is intact', async () => {
    const {page} = auditor;
    await visit(page, at('/protokoll'));
    await heading(page, 'Wer hat was gesehen');
    assert.ok((await page.locator('tbody tr', {hasText: 'Emil Editor'}).count()) > 0);
    await press(page, 'Jetzt prüfen');
    await page.getByText(/Unversehrt: \d/).waitFor();
  });

  it('takes dates as Germans write them and names one that is none', async () => {
    const {page} = auditor;
    await field(page, 'Von').fill('31.2.2026');
    await press(page, 'Anzeigen');
    await page.locator('.errors', {hasText: '„31.2.2026“ ist kein Datum.'}).waitFor();
    await field(page, 'Von').fill('1.1.2020');
    await field(page, 'Bis einschließlich').fill('2.1.2020');
    await press(page, 'Anzeigen');
    await page.getByText('Dazu gibt es keinen Eintrag.').waitFor();
    assert.match(page.url(), /von=1\.1\.2020/, 'the address keeps the filter');
  });

  it('can be taken away as CSV and as JSON lines', async () => {
    const {page} = auditor;
    for (const name of ['Protokoll (CSV)', 'Protokoll (JSON Lines)']) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', {name}).click()]);
      assert.equal(await file.failure(), null, name);
    }
  });
});

describe('A session', slowly, () => {
  it('ended elsewhere asks to sign in anew and keeps what was typed', async () => {
    const other = await openPage(browser, program.address);
    await visit(other.page, at('/anmelden'));
    await signIn(other.page, 'emil', passwords.editor);
    await other.page.getByRole('banner').getByText('Emil Editor').waitFor();
    await visit(other.page, at('/konto'));
    await other.page.locator('summary', {hasText: 'Neuer Zugangsschlüssel'}).click();
    await field(other.page, 'Name').fill('Wochenbericht');
    await other.page.locator('#schluessel-scope input').first().check();

    const {page} = editor;
    await visit(page, at('/konto'));
    await page.locator('#sitzungen ~ table button').first().click();
    await answer(page, 'Beenden');
    await page.getByRole('dialog').waitFor({state: 'detached'});

    await press(other.page, 'Schlüssel erzeugen');
    await heading(other.page, 'Ihre Sitzung ist beendet');
    await signIn(other.page, 'emil', passwords.editor);
    await heading(other.page, 'Ihr Konto');
    assert.equal(await field(other.page, 'Name').inputValue(), 'Wochenbericht');
    await press(other.page, 'Schlüssel erzeugen');
    await other.page.locator('.once code', {hasText: /^rsm_/}).waitFor();
    await other.close();
  });

  it('of a disabled person is over, and the sign-in is refused like a wrong password', async () => {
    const {page} = admin;
    await visit(page, at('/personen'));
    await page.getByRole('link', {name: 'Rita Revision'}).click();
    await press(page, 'Konto sperren');
    await answer(page, 'Konto sperren');
    await said(page, 'Das Konto ist gesperrt.');
    const other = await openPage(browser, program.address);
    await visit(other.page, at('/anmelden'));
    await signIn(other.page, 'rita', passwords.auditor);
    const told = await other.page.locator('.errors').innerText();
    await signIn(other.page, 'niemand', passwords.auditor);
    await other.page.waitForLoadState('networkidle');
    assert.equal(await other.page.locator('.errors').innerText(), told);
    await other.close();
    await press(page, 'Konto entsperren');
    await said(page, 'Das Konto ist entsperrt.');
    await auditor.page.goto(at('/anmelden'));
    await signIn(auditor.page, 'rita', passwords.auditor);
    await auditor.page.getByRole('banner').getByText('Rita Revision').waitFor();
  });
});

for (const [width, scheme] of looks)
  describe(`At ${width} pixels in the ${scheme} scheme`, slowly, () => {
    const pages = {
      stranger: ['/anmelden', '/link', '/datenschutz'], admin: ['/', '/konto', '/personen', '/personen/einladen', '/organisationen', '/betrieb'],
      editor: ['/', '/konto', '/freigaben'], auditor: ['/protokoll'],
    };
    for (const [who, paths] of Object.entries(pages))
      it(`every page is accessible, quiet and fits: ${who}`, async () => {
        const known = {admin, editor, auditor}[who];
        const storageState = await known?.page.context().storageState();
        const {page, faults, close} = await openPage(browser, program.address, {width, scheme, ...(storageState ? {storageState} : {})});
        for (const path of paths) {
          await visit(page, at(path));
          assert.equal(await page.locator('h1').count(), 1, `${path} has one h1`);
          assert.doesNotMatch(await page.locator('main').innerText(), /\b\d{4}-\d{2}-\d{2}\b/, `${path} writes dates as Germans do`);
          await picture(page, `accounts-${who}${path.replaceAll('/', '-')}-${width}-${scheme}`);
          for (const details of await page.locator('details').all()) await details.evaluate((element) => (element.open = true));
          assert.deepEqual(await breaches(page), [], `${path} is accessible with everything open`);
          assert.deepEqual(await sidewaysElements(page), [], `${path} fits with everything open`);
        }
        assert.deepEqual(faults, []);
        await close();
      });
  });

describe('In English', slowly, () => {
  it('every page has a title of its own and no German left in the heading', async () => {
    const titles = [];
    for (const [{page}, paths] of [[admin, ['/konto', '/personen', '/personen/einladen', '/organisationen', '/betrieb']], [editor, ['/freigaben']], [auditor, ['/protokoll']]])
      for (const path of paths) {
        await visit(page, at(`${path}?lang=en`));
        assert.equal(await page.locator('html').getAttribute('lang'), 'en');
        assert.doesNotMatch(await page.locator('h1').innerText(), /[äöüß]|Wer |Ihr /);
        titles.push(await page.title());
      }
    assert.equal(new Set(titles).size, titles.length, titles.join('\n'));
  });
});

describe('In local operation', slowly, () => {
  it('every page says so, and the pages of accounts say why they are empty', async () => {
    const local = await startProgram();
    const {page, faults, close} = await openPage(browser, local.address, {width: 320});
    for (const path of ['/', '/ausfall', '/glossar', '/konto', '/personen', '/anmelden']) {
      await visit(page, local.address + path);
      await page.getByText('Örtlicher Betrieb – nur dieses Gerät').waitFor();
      if (['/konto', '/personen', '/anmelden'].includes(path)) await heading(page, 'Hier gibt es keine Konten');
    }
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(faults, []);
    await close();
    await local.stop();
  });
});
