// The pure part of accounts: where to go after signing in, when to warn, dates as typed, faults by field, roles, short names.
import {describe, expect, it} from 'vitest';
import {auditQuery} from '../src/reading/audit_query';
import {complaintsByField, missing} from '../src/reading/field_faults';
import {canBeRenewed, secondsLeft, secondsUntilWarning} from '../src/reading/limits';
import {onward} from '../src/reading/onward';
import {isLongEnough} from '../src/reading/password';
import {organisationKinds, rolesIn} from '../src/reading/roles';
import {slug} from '../src/reading/slug';
import {beginning, typedDate} from '../src/reading/typed_date';

describe('After signing in', () => {
  it('the page that was asked for comes, with its settings', () => expect(onward('/ausfall/0123456789abcdef?tag=14&lang=en')).toBe('/ausfall/0123456789abcdef?tag=14&lang=en'));
  it('the start page comes if nothing was asked for', () => expect([onward(null), onward('')]).toEqual(['/', '/']));
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/ok\\..', '/a b', '/\t/evil.example', '\n//evil.example'])(
    'no other server is visited: %j', (wanted) => expect(onward(wanted)).toBe('/'));
  it.each(['/anmelden', '/anmelden?weiter=/', '/link', '/api/v1/account/personal-data'])('no way in and no file comes: %s', (wanted) => expect(onward(wanted)).toBe('/'));
  it('a page whose name only begins alike does come', () => expect(onward('/linkliste')).toBe('/linkliste'));
});

describe('The warning before a session ends', () => {
  const limits = (idle_seconds_left: number | null, absolute_seconds_left: number | null) => ({idle_seconds_left, absolute_seconds_left});
  it('comes two minutes before the nearer limit', () => {
    expect(secondsUntilWarning(limits(1800, 43_200))).toBe(1680);
    expect(secondsUntilWarning(limits(1800, 300))).toBe(180);
  });
  it('comes at once if less is left', () => expect(secondsUntilWarning(limits(30, 43_200))).toBe(0));
  it('never comes where there is no limit', () => expect(secondsLeft(limits(null, null))).toBe(Infinity));
  it('offers to go on unless the absolute limit is the near one', () => {
    expect(canBeRenewed(limits(100, 43_200))).toBe(true);
    expect(canBeRenewed(limits(100, 110))).toBe(false);
  });
});

describe('A typed date', () => {
  it.each([['24.11.2026', 2026, 11, 24], [' 1.2.26 ', 2026, 2, 1], ['24/11/2026', 2026, 11, 24], ['2026-11-24', 2026, 11, 24], ['29.2.2028', 2028, 2, 29]])(
    '%s is understood', (text, year, month, day) => expect(typedDate(text)).toEqual({year, month, day}));
  it.each(['', 'gestern', '31.2.2026', '29.2.2026', '24.13.2026', '0.1.2026', '24.11.', '24.11.202'])('%j is none', (text) => expect(typedDate(text)).toBeUndefined());
  it('begins at midnight of the reader, in UTC with whole seconds', () => {
    const told = beginning({year: 2026, month: 11, day: 24});
    expect(told).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(new Date(told).getTime()).toBe(new Date(2026, 10, 24).getTime());
  });
  it('ends with the next midnight, over the end of a month too', () => expect(new Date(beginning({year: 2026, month: 12, day: 31}, 1)).getTime()).toBe(new Date(2027, 0, 1).getTime()));
});

describe('The query of the audit trail', () => {
  it('is empty without a filter', () => expect(auditQuery({from: '', until: '', person: '', action: ''}, '')).toEqual({}));
  it('counts the last day in full', () => {
    const query = auditQuery({from: '1.3.2026', until: '1.3.2026', person: 'p1', action: 'sign-in'}, 'a-9');
    expect(Date.parse(query.until!) - Date.parse(query.from!)).toBe(86_400_000);
    expect(query).toMatchObject({person: 'p1', action: 'sign-in', before: 'a-9'});
  });
});

describe('Faults', () => {
  const refusal = {message: 'Unvollständig', details: ['zu kurz'], complaints: [{pointer: '/password', detail: 'zu kurz'}, {pointer: '/scope/0', detail: 'unbekannt'}, {pointer: '', detail: 'kein JSON'}]};
  it('go to the field they name, others to the head of the form', () =>
    expect(complaintsByField(refusal, ['password', 'scope'])).toEqual([
      {field: 'password', text: 'zu kurz'},
      {field: 'scope', text: 'unbekannt'},
      {field: '', text: 'Unvollständig: kein JSON'},
    ]));
  it('of the whole request keep title and detail', () =>
    expect(complaintsByField({message: 'Zu viele Versuche.', details: ['Später.'], complaints: []}, [])).toEqual([{field: '', text: 'Zu viele Versuche. Später.'}]));
  it('name every field that is empty or blank', () =>
    expect(missing([{field: 'a', value: ' ', text: 'A'}, {field: 'b', value: 'x', text: 'B'}])).toEqual([{field: 'a', text: 'A'}]));
});

describe('A new password', () => {
  it('is measured in characters as people count them', () => {
    expect(isLongEnough('äöüäöüäöüäöü')).toBe(true);
    expect(isLongEnough('😀😀😀😀😀😀')).toBe(false);
  });
});

describe('Roles', () => {
  it('of an organisation never include the administration of the installation', () => {
    for (const kind of organisationKinds) expect(rolesIn(kind)).not.toContain('installation-administrator');
  });
  it('of coordination and research belong to their kinds of organisation', () => {
    expect(organisationKinds.filter((kind) => rolesIn(kind).includes('coordinator'))).toEqual(['coordination-office']);
    expect(organisationKinds.filter((kind) => rolesIn(kind).includes('researcher'))).toEqual(['survey-owner']);
  });
});

describe('A short name', () => {
  it.each([['Koordinierungsstelle Süd', 'koordinierungsstelle-sued'], ['  KDZ  Sieg/Ruhr ', 'kdz-sieg-ruhr'], ['Große Straße', 'grosse-strasse'], ['Évora', 'evora'], ['…', '']])(
    '%s becomes %s', (name, short) => expect(slug(name)).toBe(short));
});
