// What people do on the pages of accounts, by what they see: headings, labels, names of buttons.
export const heading = (page, words) => page.locator('h1', {hasText: words}).filter({visible: true}).waitFor();
export const field = (page, label) => page.getByLabel(label, {exact: true}).filter({visible: true});
export const press = (page, name) => page.locator('main').getByRole('button', {name, exact: true}).filter({visible: true}).click();
/** In the dialog that asks. */
export const answer = (page, name) => page.getByRole('dialog').getByRole('button', {name}).click();
export const said = (page, words) => page.getByRole('status').filter({hasText: words}).waitFor();

/** The account menu, opened. */
export async function menu(page) {
  await page.getByRole('banner').getByRole('button', {name: 'Konto:'}).click();
  return page.locator('#kontomenue');
}

export async function signIn(page, login, password) {
  await field(page, 'Anmeldename').fill(login);
  await field(page, 'Passwort').fill(password);
  await press(page, 'Anmelden');
}

/** Uses the link of an invitation. */
export async function accept(page, link, login, password) {
  await page.goto(link);
  await heading(page, 'Ihr Konto einrichten');
  if (await field(page, 'Anmeldename').count()) await field(page, 'Anmeldename').fill(login);
  await field(page, 'Passwort').fill(password);
  await press(page, 'Konto einrichten');
  await page.waitForURL((url) => !url.pathname.startsWith('/link'));
}
