// Pure parts of the explanations: files for spreadsheets, the ladder of dependencies, changes in the address.
import {describe, expect, it} from 'vitest';
import type {Dependencies} from '../src/api/explain';
import {csvOf} from '../src/reading/csv';
import {ladderOf} from '../src/reading/ladder';
import {linesOf, topsOf} from '../src/reading/lines';
import {fromAddress, tidy, toAddress} from '../src/reading/overrides';

describe('A CSV file', () => {
  it('is what a German spreadsheet expects, and begins with the mark of UTF-8', () => {
    expect(csvOf([['Schritt', 'Tag'], ['Netz; getrennt', 1.5], ['nie', null]], 'de')).toBe('\u{feff}Schritt;Tag\r\n"Netz; getrennt";1,5\r\nnie;\r\n');
    expect(csvOf([['a', 1.5]], 'en')).toBe('\u{feff}a,1.5\r\n');
  });
  it('never holds a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2']], 'en')).toBe("\u{feff}'=1+1,'@x,'-2\r\n");
    expect(csvOf([[-2]], 'de')).toBe('\u{feff}-2\r\n');
  });
});

const resource = (id: string, waits_for: string[]): Dependencies['resources'][number] => ({
  id, name: {de: id, en: id}, sites: 1, can_fail: true, waits_for, needed_by: [], stops: [], stops_whole: [], people_weight: 0,
});
const all: Dependencies = {
  scenario: 's', region: 'r', body: null, model_version: '1', catalogue_version: '1', people_weight: 1,
  resources: [resource('registry', ['directory', 'backup']), resource('directory', ['network']), resource('backup', ['network']), resource('network', []), resource('phone', [])],
  services: [{id: 'passport', name: {de: 'Pass', en: 'Passport'}, service_class: 'legal-duty', people_weight: 1, needs: ['registry'], alone: ['network', 'registry']}],
};

describe('A ladder', () => {
  it('has what is waited for above what waits, and nothing that the service does not need', () => {
    const {rungs, arcs} = ladderOf(all, 'passport');
    const order = rungs.map((one) => one.resource.id);
    expect(order).toEqual(['network', 'directory', 'backup', 'registry']);
    for (const [from, to] of arcs) expect(to).toBeLessThan(from);
    expect(arcs.filter(([from]) => from === order.length)).toEqual([[4, 3]]);
    expect(rungs.map((one) => one.alone)).toEqual([true, false, false, true]);
    expect(rungs.map((one) => one.direct)).toEqual([false, false, false, true]);
  });
  it('ends where a ring begins again, and is empty for a service that is not there', () => {
    const ring = {...all, resources: [resource('registry', ['directory']), resource('directory', ['registry'])]};
    expect(ladderOf(ring, 'passport').rungs.map((one) => one.resource.id)).toEqual(['directory', 'registry']);
    expect(ladderOf(all, 'moon').rungs).toEqual([]);
  });
});

describe('Changes', () => {
  it('leave out what is as before, and come back from the address', () => {
    const crews = {platform: 10, application: 14};
    const changed = tidy({crews: {platform: 10, application: 20}, delays: 1, without_modes: []}, crews);
    expect(changed).toEqual({crews: {application: 20}});
    expect(fromAddress(toAddress(changed) ?? null)).toEqual(changed);
    expect(toAddress({})).toBeUndefined();
    expect(fromAddress('no json')).toEqual({});
  });
});

describe('Names in drawings', () => {
  it('break at words so that a line fits, and rows move down', () => {
    expect(linesOf('Fachverfahren Finanzwesen: Hauptverfahren', 230)).toEqual(['Fachverfahren Finanzwesen:', 'Hauptverfahren']);
    expect(linesOf('kurz', 20)).toEqual(['kurz']);
    expect(topsOf([['a'], ['b', 'c']], 10)).toEqual([0, 28, 74]);
  });
});
