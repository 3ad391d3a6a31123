// Answers for accounts, sharing, audit and operation. Nothing here decides anything in earnest: it only looks like the program.
// Sign in as admin (second factor 123456), editor, viewer or auditor with the password of fixtures/town.mjs; links are there too.
import {randomBytes} from 'node:crypto';
import {codeAt} from '../../tests/e2e/totp.mjs';
import * as town from './fixtures/town.mjs';

const {ago, entries, invitations, links, organisations, people, placed, secrets, sharing, tokens} = town;
const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 5h2v1H6zM5 7h2v1H5z"/></svg>';
const recovery_codes = Array.from({length: 10}, (_, place) => `abcd${place}-efgh${place}-jkmn${place}`);

const runs = ['read-catalogue', 'read-runs', 'start-run', 'end-run', 'compute-forecast'];
const own = ['read-own-account', 'change-own-account', 'read-catalogue'];
const allowed = {
  'installation-administrator': ['read-organisations', 'manage-organisations', 'read-people', 'manage-people', 'read-operation'],
  'organisation-administrator': [...runs, 'read-organisations', 'read-people', 'manage-people', 'read-sharing', 'change-sharing', 'read-audit'],
  editor: [...runs, 'read-organisations', 'read-sharing'], contributor: ['read-runs'], viewer: ['read-runs', 'read-organisations', 'read-sharing'],
  coordinator: [...runs, 'read-organisations'], researcher: [], auditor: ['read-audit'],
};
const needs = {people: 'read-people', organisations: 'read-organisations', audit: 'read-audit', settings: 'read-operation', retention: 'read-operation', backups: 'read-operation', 'outage-runs': 'read-runs'};
const actions = (who) => [...new Set([...own, ...who.memberships.flatMap((one) => allowed[one.role])])];

const sessions = new Map();
let idle = 1800;

const find = (id) => people.find((one) => one.id === id);
const told = (now) => {
  const who = now && find(now.person);
  return {
    kind: who ? 'person' : 'nobody', person: who ? {id: who.id, login: who.login, name: who.name} : null, memberships: who?.memberships ?? [], may: who ? actions(who) : [],
    csrf_token: who ? now.csrf : null, idle_seconds_left: who ? idle : null, absolute_seconds_left: who ? 40_000 : null,
    second_factor: !who ? 'none' : who.second_factor ? 'active' : who.memberships.some((one) => one.role === 'installation-administrator') ? 'required' : 'none',
    set_up_needed: people.length === 0,
    device_days: 14,
  };
};
export const localSession = () => ({...told(), kind: 'local', set_up_needed: false});

const signedIn = (who, agent = 'Chromium, Linux') => {
  const id = randomBytes(8).toString('hex');
  sessions.set(id, {id, person: who.id, csrf: randomBytes(8).toString('hex'), began_at: ago(0), agent});
  who.last_sign_in = ago(0);
  return {cookie: `resmon=${id}; HttpOnly; SameSite=Strict; Path=/`, json: told(sessions.get(id))};
};
const problem = (status, type, title, errors) => ({status, json: {type: `/problems/${type}`, title, status, ...(errors ? {errors} : {})}});
const wrong = (pointer, detail) => problem(422, 'invalid-input', 'Die Angaben sind unvollständig oder falsch', [{pointer, detail}]);
const gone = () => problem(404, 'not-found', 'Nicht gefunden');
const done = {status: 204};
const without = (list, found) => (found ? list.splice(list.indexOf(found), 1) : []);
const rightCode = (who, code) => ['123456', ...recovery_codes].includes(code) || [0, -30_000].some((off) => codeAt(secrets.get(who.id).totp, Date.now() + off) === code);

function signIn(body) {
  const who = people.find((one) => one.login === body.login);
  if (body.login === 'langsam') return {...problem(429, 'too-many-tries', 'Zu viele Versuche.'), wait: 300};
  if (!who || body.password !== secrets.get(who.id).password || who.disabled_at) return problem(401, 'sign-in-failed', 'Anmeldename oder Passwort stimmen nicht.');
  if (who.second_factor && !body.code) return problem(401, 'second-factor-needed', 'Der zweite Faktor fehlt.');
  if (who.second_factor && !rightCode(who, body.code)) return problem(401, 'sign-in-failed', 'Der Code stimmt nicht.');
  return signedIn(who);
}

function useLink(path, body) {
  const link = links.get(body.secret);
  if (!link || (link.purpose === 'set-up' && people.length)) return gone();
  const known = find(link.person);
  if (path === 'POST links/look') {
    const {purpose, role = null} = link;
    const name = placed(link.organisation ?? null, '').organisation_name;
    return {json: {purpose, login: known?.login ?? link.login ?? null, name: known?.name ?? link.name ?? null, organisation_name: name, role, expires_at: ago(-86_400)}};
  }
  if (body.password === 'passwort passwort') return wrong('/password', 'Dieses Passwort ist zu häufig.');
  const who = known ?? town.person(`p${people.length + 1}`, body.login ?? link.login, body.name, [placed(link.organisation ?? null, link.role)]);
  if (!known) people.push(who);
  secrets.set(who.id, {totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', ...secrets.get(who.id), password: body.password});
  links.delete(body.secret);
  without(invitations, invitations.find((one) => one.id === link.invitation));
  return signedIn(who);
}

function account(path, body, now, who) {
  const asks = /^(PUT account\/password|POST account\/(second-factor|recovery-codes|second-factor\/removal))$/.test(path);
  if (asks && (body.current ?? body.password) !== secrets.get(who.id).password) return wrong(body.current ? '/current' : '/password', 'Das Passwort stimmt nicht.');
  const last = path.split('/')[2];
  switch (path.replace(/(sessions|tokens)\/.*/, '$1/')) {
    case 'PUT account/password': return (secrets.get(who.id).password = body.new), done;
    case 'POST account/second-factor': return {json: {secret_base32: secrets.get(who.id).totp, otpauth_uri: 'otpauth://totp/x', qr_svg: picture}};
    case 'PUT account/second-factor': return rightCode(who, body.code) ? ((who.second_factor = true), {json: {recovery_codes}}) : wrong('/code', 'Der Code stimmt nicht.');
    case 'POST account/second-factor/removal': return (who.second_factor = false), done;
    case 'POST account/recovery-codes': return {json: {recovery_codes}};
    case 'GET account/sessions':
      return {json: {sessions: [...sessions.values()].filter((one) => one.person === who.id).reverse().map(({id, began_at, agent}) => ({id, began_at, seen_at: ago(20), address: '192.0.2.7', agent, current: id === now.id}))}};
    case 'DELETE account/sessions/': return sessions.delete(last), done;
    case 'GET account/tokens': return {json: {tokens: tokens.filter((one) => one.person === who.id)}};
    case 'DELETE account/tokens/': return without(tokens, tokens.find((one) => one.id === last)), done;
    case 'POST account/tokens':
      tokens.push({id: `t${randomBytes(4).toString('hex')}`, person: who.id, name: body.name, scope: body.scope, created_at: ago(0), expires_at: ago(-86_400 * body.days), used_at: null});
      return {status: 201, json: {id: tokens.at(-1).id, token: `rsm_${randomBytes(24).toString('base64url')}`}};
    default: return {json: {person: who}};
  }
}

function linkFor(content, address, days) {
  const secret = randomBytes(24).toString('base64url');
  links.set(secret, content);
  return {status: 201, json: {link: `${address}/link#${secret}`, expires_at: ago(-86_400 * days)}};
}

function persons(method, [, id, what, role], body, query, address) {
  if (!id) return {json: {people}};
  if (id === 'invitations' && method === 'GET') return {json: {invitations}};
  if (id === 'invitations' && method === 'DELETE') {
    for (const [secret, link] of links) if (link.invitation === what) links.delete(secret);
    return without(invitations, invitations.find((one) => one.id === what)), done;
  }
  if (id === 'invitations') {
    const {name, organisation, role: given, days, login} = body;
    const invitation = `i${randomBytes(4).toString('hex')}`;
    invitations.push({id: invitation, name, organisation, role: given, expires_at: ago(-86_400 * days)});
    return linkFor({purpose: 'invitation', name, login, organisation, role: given, invitation}, address, days);
  }
  const who = find(id);
  if (!who) return gone();
  if (what === 'password-reset') return linkFor({purpose: 'password-reset', person: id}, address, 1);
  if (what === 'second-factor') who.second_factor = false;
  if (what === 'disabling') who.disabled_at = ago(0);
  if (what === 'disabling') for (const one of [...sessions.values()]) if (one.person === id) sessions.delete(one.id);
  if (what === 'enabling') who.disabled_at = null;
  if (what === 'erasure') without(people, who);
  if (what === 'roles') {
    const wanted = placed(query.get('organisation'), role);
    const held = who.memberships.find((one) => one.role === role && one.organisation === wanted.organisation);
    if (method === 'PUT' && !held) who.memberships.push(wanted);
    if (method === 'DELETE') without(who.memberships, held);
  }
  return what ? done : {json: who};
}

function places(method, [, id, what, first, second], body) {
  if (!id && method === 'GET') return {json: {organisations}};
  if (!id) return organisations.push({members: [], body: /^\d{12}$/.test(body.id) ? body.id : null, ...body}), {status: 201, json: organisations.at(-1)};
  const one = organisations.find((known) => known.id === id);
  if (what === 'members') return method === 'PUT' ? one.members.push(first) : without(one.members, first), done;
  if (!first) {
    const shared = sharing.filter((row) => row.of === id).map(({of, ...row}) => row);
    const readers = shared.length ? entries.slice(0, 5).map(({at, person_name, action}) => ({at, person_name, organisation_name: 'Koordinierungsstelle Süd', action, object: 'profile'})) : [];
    return {json: {organisation: id, sharing: shared, readers, partners: organisations.filter((other) => other.id !== id).map(({id, name, kind}) => ({id, name, kind}))}};
  }
  const held = sharing.find((row) => row.of === id && row.what === first && row.with === second);
  if (method === 'PUT' && !held) sharing.push({of: id, what: first, with: second, with_name: organisations.find((other) => other.id === second).name, since: ago(0)});
  if (method === 'DELETE') without(sharing, held);
  return done;
}

function audit(path, query) {
  if (path === 'GET audit/verification') return {json: {intact: true, entries: entries.length, broken: null, anchor: town.anchor}};
  if (path === 'GET audit/export') return {status: 200, json: entries};
  const kept = (entry) => ['person', 'action'].every((key) => !query.has(key) || entry[key] === query.get(key)) && entry.at >= (query.get('from') ?? '') && entry.at < (query.get('until') ?? '9');
  const found = entries.filter(kept);
  return {json: {entries: query.has('before') ? found.slice(20) : found.slice(0, 20), next: query.has('before') || found.length <= 20 ? null : 'a-1220', anchor: town.anchor}};
}

/** What the program would answer: {status, json, cookie}; nothing if the address is not one of accounts. */
export function answer({method, url, cookie, csrf, body}) {
  const parts = url.pathname.split('/').slice(3);
  const path = `${method} ${parts.join('/')}`;
  const now = sessions.get(/resmon=([0-9a-f]+)/.exec(cookie ?? '')?.[1]);
  if (path === 'POST session') return signIn(body);
  if (parts[0] === 'links') return useLink(path, body);
  if (path === 'GET session') return {json: told(now)};
  if (!now) return problem(401, 'sign-in-first', 'Melden Sie sich zuerst an.');
  if (method !== 'GET' && csrf !== now.csrf) return problem(403, 'forbidden', 'Das dürfen Sie nicht.');
  const who = find(now.person);
  if (needs[parts[0]] && !actions(who).includes(needs[parts[0]])) return problem(403, 'forbidden', 'Das dürfen Sie nicht.');
  if (method !== 'GET') entries.unshift({server: 'a', number: (entries[0]?.number ?? 0) + 1, at: ago(0), person: who.id, person_name: who.name, action: parts.includes('sharing') ? 'change-sharing' : 'manage-people', object: parts.slice(0, 2).join(' '), detail: '', address: '127.0.0.1', erased: false});
  switch (parts[0]) {
    case 'session': return method === 'DELETE' ? (sessions.delete(now.id), {...done, cookie: 'resmon=; Max-Age=0; Path=/'}) : ((idle = 1800), {json: told(now)});
    // Only here: a short limit, to look at the warning.
    case 'mock': return (idle = body.seconds), done;
    case 'account': return account(path, body, now, who);
    case 'people': return persons(method, parts, body, url.searchParams, url.origin);
    case 'organisations': return places(method, parts, body);
    case 'audit': return audit(path, url.searchParams);
    case 'settings': return {json: {settings: town.settings}};
    case 'retention': return {json: method === 'GET' ? {rules: [{what: 'sessions', days: 30, due: 12}, {what: 'audit', days: 3650, due: 0}]} : {removed: [{what: 'sessions', rows: 12}]}};
    case 'backups': return {json: town.backups};
    default: return undefined;
  }
}
