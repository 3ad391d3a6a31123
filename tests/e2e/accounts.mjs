// An installation with accounts: its first administrator, people who are invited, and requests with their cookies.
import assert from 'node:assert/strict';
import {openPage} from './browser.mjs';
import {accept, field, heading, press} from './people.mjs';
import {authenticator} from './totp.mjs';

/** A request with the cookie of the page, as its own scripts could send it. */
export const ask = (page, path, method = 'GET', body = undefined) =>
  page.evaluate(async ([path, method, body]) => {
    const {csrf_token} = await (await fetch('/api/v1/session')).json();
    const told = await fetch(`/api/v1${path}`, {method, headers: {'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token ?? ''}, ...(body ? {body: JSON.stringify(body)} : {})});
    const text = await told.text();
    return {status: told.status, text, json: text.startsWith('{') ? JSON.parse(text) : {}};
  }, [path, method, body]);

/** Anna Amt, who has used the link that the program told at its first start, with her second factor. */
export async function firstAdministrator(browser, program) {
  const admin = await openPage(browser, program.address);
  const {page} = admin;
  await page.goto(program.address + '/link' + /https?:\/\/\S+\/link(#\S+)/.exec(program.said())[1]);
  await heading(page, 'Das erste Konto einrichten');
  await field(page, 'Ihr Name').fill('Anna Amt');
  await field(page, 'Anmeldename').fill('anna');
  await field(page, 'Passwort').fill('vier Wörter sind genug');
  await press(page, 'Konto einrichten');
  await page.getByRole('banner').getByText('Anna Amt').waitFor();
  // Administrators have no right before their second factor.
  const {json} = await ask(page, '/account/second-factor', 'POST', {password: 'vier Wörter sind genug'});
  const confirmed = await ask(page, '/account/second-factor', 'PUT', {code: await authenticator(json.secret_base32)()});
  assert.equal(confirmed.status, 200, confirmed.text);
  return admin;
}

/** Somebody whom the administrator invites, signed in on a page of their own. */
export async function invited(browser, program, admin, name, organisation, role) {
  const {json} = await ask(admin.page, '/people/invitations', 'POST', {name, login: name.toLowerCase(), organisation, role, days: 7});
  const one = await openPage(browser, program.address);
  await accept(one.page, `${program.address}/link${new URL(json.link).hash}`, name.toLowerCase(), 'Regen über dem Rathaus');
  return one;
}
