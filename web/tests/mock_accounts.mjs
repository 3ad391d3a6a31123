// Invented answers for accounts, sharing, audit and operation. Nothing here decides anything: it only looks like the program.
// Sign in as admin (code 123456), editor, viewer or auditor with the password below; links: SET_UP, INVITATION, PASSWORD_RESET.
import {randomBytes} from 'node:crypto';

const password = 'korrektes pferd batterie';
const code = '123456';
const links = {set_up_secret_0001: 'set-up', invitation_secret_1: 'invitation', reset_secret_000001: 'password-reset'};
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
const town = '059700040040';
const all = ['read-catalogue', 'read-runs', 'start-run', 'end-run', 'compute-forecast', 'read-own-account', 'change-own-account'];

const organisations = [
  {id: town, kind: 'municipality', name: 'Musterstadt an der Sieg', body: town, members: []},
  {id: '059700000000', kind: 'district', name: 'Kreis Musterland', body: '059700000000', members: []},
  {id: 'kdz-muster', kind: 'provider', name: 'Kommunales Rechenzentrum Muster', body: null, members: []},
  {id: 'koordination-sued', kind: 'coordination-office', name: 'Koordinierungsstelle Süd', body: null, members: [town]},
  {id: 'hochschule-muster', kind: 'survey-owner', name: 'Hochschule Muster', body: null, members: []},
];
const placed = (organisation, role) => ({organisation, organisation_name: organisations.find((one) => one.id === organisation)?.name ?? null, role});
const person = (id, login, name, memberships, more = {}) => ({id, login, name, contact: `${login}@example.org`, disabled_at: null, second_factor: false, last_sign_in: ago(90_000), memberships, ...more});
const people = [
  person('p1', 'admin', 'Anna Administratorin', [placed(null, 'installation-administrator'), placed(town, 'organisation-administrator')], {second_factor: true, last_sign_in: ago(300)}),
  person('p2', 'editor', 'Emil Editor', [placed(town, 'editor')]),
  person('p3', 'viewer', 'Vera von und zu Langenname-Doppelbindestrich', [placed(town, 'viewer'), placed('koordination-sued', 'coordinator')], {last_sign_in: null}),
  person('p4', 'auditor', 'Rolf Revisor', [placed(null, 'auditor')], {disabled_at: ago(700_000)}),
];
const may = {
  admin: [...all, 'read-organisations', 'manage-organisations', 'read-people', 'manage-people', 'read-sharing', 'change-sharing', 'read-audit', 'read-settings'],
  editor: [...all, 'read-organisations', 'read-sharing'],
  viewer: ['read-catalogue', 'read-runs', 'read-sharing', 'read-organisations', 'read-own-account'],
  auditor: ['read-catalogue', 'read-audit', 'read-own-account'],
};
const sharing = [{what: 'profile', with: 'koordination-sued', with_name: 'Koordinierungsstelle Süd', since: ago(8_000_000)}, {what: 'service-status', with: '059700000000', with_name: 'Kreis Musterland', since: ago(500_000)}];
const invitations = [{id: 'i1', name: 'Nora Neu', organisation: town, role: 'contributor', expires_at: ago(-500_000)}];
const tokens = [{id: 't1', name: 'Wochenbericht', scope: ['read-runs', 'read-catalogue'], created_at: ago(900_000), expires_at: ago(-6_000_000), used_at: ago(4_000)}];
const entries = Array.from({length: 40}, (_, place) => {
  const who = people[place % 3];
  const action = ['read-runs', 'sign-in', 'change-sharing', 'manage-people', 'read-sharing'][place % 5];
  return {server: 'a', number: 1240 - place, at: ago(place * 5000 + 60), person: who.id, person_name: place === 7 ? null : who.name, action, object: ['run 00000000000000a1', '', `sharing ${town}`, 'person p2', `sharing ${town}`][place % 5], detail: place % 5 === 3 ? 'role editor' : '', address: '192.0.2.7', erased: place === 7};
});
const anchor = 'a 1240 2026-11-24T15:07:00Z 9f2c41d07be85a3166c0d2f3b8e47a90c1d5e6f7081929394a5b6c7d8e9f0a1b';
const settings = [
  {name: 'idle-limit', value: '30', origin: 'default', unit: 'min', help_de: 'Nach so viel Untätigkeit endet eine Sitzung', help_en: 'A session ends after so long without action'},
  {name: 'database', value: 'sqlite:/var/lib/resmon', origin: 'file /etc/resmon.toml', unit: null, help_de: 'Wo gespeichert wird', help_en: 'Where it is stored'},
  {name: 'port', value: '8443', origin: 'environment RESMON_PORT', unit: null, help_de: 'Anschluss', help_en: 'Port'},
];
const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 5h2v1H6zM5 7h2v1H5z"/></svg>';
const recovery_codes = Array.from({length: 10}, (_, place) => `abcd${place}-efgh${place}-jkmn${place}`);

const sessions = new Map();
let idle = 1800;

const told = (now) => {
  const who = now && people.find((one) => one.id === now.person);
  return {
    kind: who ? 'person' : 'nobody', person: who ? {id: who.id, login: who.login, name: who.name} : null, memberships: who?.memberships ?? [], may: who ? may[who.login] ?? all : [],
    csrf_token: who ? now.csrf : null, idle_seconds_left: who ? idle : null, absolute_seconds_left: who ? 40_000 : null,
    second_factor: who?.second_factor ? 'active' : now?.required ? 'required' : 'none', set_up_needed: false,
  };
};
export const localSession = {...told(), kind: 'local'};

const signedIn = (who, more = {}) => {
  const id = randomBytes(8).toString('hex');
  sessions.set(id, {id, person: who.id, csrf: randomBytes(8).toString('hex'), began_at: ago(0), ...more});
  return {cookie: `resmon=${id}; HttpOnly; SameSite=Strict; Path=/`, json: told(sessions.get(id))};
};
const problem = (status, type, title, errors) => ({status, json: {type: `/problems/${type}`, title, status, ...(errors ? {errors} : {})}});
const done = {status: 204};
const without = (list, found) => list.splice(list.indexOf(found), 1);

function open(method, path, body) {
  if (path === 'POST session') {
    const who = people.find((one) => one.login === body.login);
    if (body.login === 'langsam') return {...problem(429, 'too-many-tries', 'Zu viele Versuche.'), wait: 300};
    if (!who || body.password !== password || who.disabled_at) return problem(401, 'sign-in-failed', 'Anmeldename oder Passwort stimmen nicht.');
    if (who.second_factor && !body.code) return problem(401, 'second-factor-needed', 'Der zweite Faktor fehlt.');
    if (who.second_factor && body.code !== code && !recovery_codes.includes(body.code)) return problem(401, 'sign-in-failed', 'Der Code stimmt nicht.');
    return signedIn(who);
  }
  const purpose = links[body.secret];
  if (!purpose) return problem(404, 'not-found', 'Nicht gefunden');
  if (path === 'POST links/look') {
    const fresh = purpose === 'set-up';
    return {json: {purpose, login: purpose === 'password-reset' ? 'editor' : null, name: fresh ? null : 'Emil Editor', organisation_name: fresh ? null : organisations[0].name, role: fresh ? 'installation-administrator' : 'editor', expires_at: ago(-86_400)}};
  }
  if (body.password === 'passwort passwort') return problem(422, 'invalid-input', 'Die Angaben sind unvollständig oder falsch', [{pointer: '/password', detail: 'Dieses Passwort ist zu häufig.'}]);
  return signedIn(people[purpose === 'set-up' ? 0 : 1], {required: purpose === 'set-up'});
}

function account(path, body, now, who) {
  const asks = /^(PUT account\/password|POST account\/(second-factor|recovery-codes|second-factor\/removal))$/.test(path);
  if (asks && (body.current ?? body.password) !== password) return problem(422, 'invalid-input', 'Die Angaben sind unvollständig oder falsch', [{pointer: body.current ? '/current' : '/password', detail: 'Das Passwort stimmt nicht.'}]);
  if (path === 'PUT account/password') return done;
  if (path === 'POST account/second-factor') return {json: {secret_base32: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', otpauth_uri: 'otpauth://totp/x', qr_svg: picture}};
  if (path === 'PUT account/second-factor' && body.code !== code) return problem(422, 'invalid-input', 'Die Angaben sind unvollständig oder falsch', [{pointer: '/code', detail: 'Der Code stimmt nicht.'}]);
  if (path === 'PUT account/second-factor') who.second_factor = true;
  if (path === 'POST account/second-factor/removal') who.second_factor = false;
  if (path === 'POST account/second-factor/removal') return done;
  if (path.endsWith('second-factor') || path.endsWith('recovery-codes')) return {json: {recovery_codes}};
  if (path === 'GET account/sessions') return {json: {sessions: [...sessions.values()].filter((one) => one.person === who.id).map((one) => ({id: one.id, began_at: one.began_at, seen_at: ago(20), address: '192.0.2.7', agent: 'Chromium, Linux', current: one === now}))}};
  if (path.startsWith('DELETE account/sessions')) return sessions.delete(path.split('/')[2]), done;
  if (path === 'GET account/tokens') return {json: {tokens}};
  if (path === 'POST account/tokens') {
    tokens.push({id: `t${tokens.length + 1}`, name: body.name, scope: body.scope, created_at: ago(0), expires_at: ago(-86_400 * body.days), used_at: null});
    return {status: 201, json: {id: tokens.at(-1).id, token: `rsm_${randomBytes(24).toString('base64url')}`}};
  }
  if (path.startsWith('DELETE account/tokens')) return without(tokens, tokens.find((one) => one.id === path.split('/')[2])), done;
  return {json: {person: who}};
}

function persons(method, [, id, what, role], body, query, address) {
  const link = {status: 201, json: {link: `${address}/link#invitation_secret_1`, expires_at: ago(-604_800)}};
  if (!id) return {json: {people}};
  if (id === 'invitations' && method === 'GET') return {json: {invitations}};
  if (id === 'invitations' && method === 'DELETE') return without(invitations, invitations.find((one) => one.id === what)), done;
  if (id === 'invitations') {
    invitations.push({id: `i${invitations.length + 1}`, name: body.name, organisation: body.organisation, role: body.role, expires_at: ago(-86_400 * body.days)});
    return link;
  }
  const who = people.find((one) => one.id === id);
  if (!who) return problem(404, 'not-found', 'Nicht gefunden');
  if (what === 'password-reset') return link;
  if (what === 'second-factor') who.second_factor = false;
  if (what === 'disabling') who.disabled_at = ago(0);
  if (what === 'enabling') who.disabled_at = null;
  if (what === 'erasure') without(people, who);
  if (what === 'roles') {
    const wanted = placed(query.get('organisation'), role);
    const held = who.memberships.find((one) => one.role === role && one.organisation === wanted.organisation);
    if (method === 'PUT' && !held) who.memberships.push(wanted);
    if (method === 'DELETE' && held) without(who.memberships, held);
  }
  return what ? done : {json: who};
}

function places(method, [, id, what, first, second], body) {
  if (!id && method === 'GET') return {json: {organisations}};
  if (!id) return organisations.push({members: [], body: /^\d{12}$/.test(body.id) ? body.id : null, ...body}), {status: 201, json: organisations.at(-1)};
  const one = organisations.find((known) => known.id === id);
  if (what === 'members') return method === 'PUT' ? one.members.push(first) : without(one.members, first), done;
  if (!first) {
    const readers = entries.slice(0, 5).map(({at, person_name, action}) => ({at, person_name, organisation_name: 'Koordinierungsstelle Süd', action, object: 'profile'}));
    return {json: {organisation: id, sharing, readers, partners: organisations.filter((other) => other.id !== id).map(({id, name, kind}) => ({id, name, kind}))}};
  }
  const held = sharing.find((shared) => shared.what === first && shared.with === second);
  if (method === 'PUT' && !held) sharing.push({what: first, with: second, with_name: organisations.find((other) => other.id === second).name, since: ago(0)});
  if (method === 'DELETE' && held) without(sharing, held);
  return done;
}

/** What the program would answer: {status, json, cookie}; nothing if the address is not one of accounts. */
export function answer({method, url, cookie, csrf, body}) {
  const parts = url.pathname.split('/').slice(3);
  const path = `${method} ${parts.join('/')}`;
  const now = sessions.get(/resmon=([0-9a-f]+)/.exec(cookie ?? '')?.[1]);
  if (path === 'POST session' || parts[0] === 'links') return open(method, path, body);
  // Only here: a short limit, to look at the warning.
  if (path === 'POST mock/idle') return (idle = body.seconds), done;
  if (path === 'GET session') return {json: told(now)};
  if (!now) return problem(401, 'sign-in-first', 'Melden Sie sich zuerst an.');
  if (method !== 'GET' && csrf !== now.csrf) return problem(403, 'forbidden', 'Das dürfen Sie nicht.');
  const who = people.find((one) => one.id === now.person);
  if (path === 'DELETE session') return sessions.delete(now.id), {...done, cookie: 'resmon=; Max-Age=0; Path=/'};
  if (path === 'POST session/renewal') return (idle = 1800), {json: told(now)};
  if (parts[0] === 'account') return account(path, body, now, who);
  if (parts[0] === 'people') return persons(method, parts, body, url.searchParams, url.origin);
  if (parts[0] === 'organisations') return places(method, parts, body);
  if (path === 'GET audit/verification') return {json: {intact: true, entries: 1240, broken: null, anchor}};
  if (path === 'GET audit') {
    const found = entries.filter((entry) => ['person', 'action'].every((key) => !url.searchParams.has(key) || entry[key] === url.searchParams.get(key)));
    return {json: {entries: url.searchParams.has('before') ? found.slice(20) : found.slice(0, 20), next: url.searchParams.has('before') || found.length <= 20 ? null : 'a-1220', anchor}};
  }
  if (parts[0] === 'settings') return {json: {settings}};
  if (path === 'GET retention') return {json: {rules: [{what: 'sessions', days: 30, due: 12}, {what: 'audit', days: 3650, due: 0}]}};
  if (path === 'POST retention/run') return {json: {removed: [{what: 'sessions', rows: 12}]}};
  if (parts[0] === 'backups') return {json: {last_backup_at: ago(1_000_000), last_backup_file: '/var/backups/resmon-2026-11-13.backup', key_location: '/var/lib/resmon/resmon.key', warnings: ['Die letzte Sicherung ist älter als sieben Tage.', 'Der Schlüssel liegt neben der Datenbank.']}};
  return undefined;
}
