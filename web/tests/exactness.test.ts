// How exact a computation became, in words.
import {describe, expect, it, vi} from 'vitest';
import type {Run} from '../src/api/client';

// The language stands in the address of a browser, which is not here.
vi.stubGlobal('location', {pathname: '/', search: ''});
vi.stubGlobal('addEventListener', () => undefined);
const {exactnessFacts, exactnessOf} = await import('../src/reading/exactness');

const words = (reached: number | null | undefined, wished?: number, groups?: number) =>
  exactnessFacts({replications: 1024, ...(groups ? {randomisations: groups} : {}), ...(reached === undefined ? {} : {relative_error_reached: reached})}, (wished === undefined ? {} : {relative_error: wished}) as Run)
    .map(([what, value]) => `${what}: ${value.replaceAll('\u00a0', ' ')}`);

describe('What was computed', () => {
  it('is told with the error that it reached', () => {
    expect(words(0.0127)).toEqual(['Verläufe: 1.024', 'Rechenfehler: 1,3 % der mittleren Ausfalltage']);
  });
  it('says that a wish was kept, and with which groups', () => {
    expect(words(0.0094, 0.01, 16)).toEqual(['Verläufe: 1.024, gleichmäßig gestreut in 16 Gruppen', 'Rechenfehler: 0,94 % der mittleren Ausfalltage, gewünscht war höchstens 1 %']);
  });
  it('says that a wish was not kept', () => {
    expect(words(0.006, 0.005)[1]).toBe('Rechenfehler: 0,6 % der mittleren Ausfalltage. Gewünscht war 0,5 %; mehr Verläufe rechnet das Programm nicht');
  });
  it('is the number of courses alone in a result of an earlier version', () => {
    expect(words(undefined)).toEqual(['Verläufe: 1.024']);
    expect(words(null)).toEqual(['Verläufe: 1.024']);
  });
});

describe('The choice in an address', () => {
  it('is the usual one unless it is known', () => {
    expect([exactnessOf('genau'), exactnessOf('kurz'), exactnessOf('toString'), exactnessOf(null)]).toEqual(['genau', 'kurz', 'ueblich', 'ueblich']);
  });
});
