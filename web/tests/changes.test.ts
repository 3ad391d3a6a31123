// What a variant changes, in words.
import {describe, expect, it, vi} from 'vitest';

// The language stands in the address of a browser, which is not here.
vi.stubGlobal('location', {pathname: '/', search: ''});
vi.stubGlobal('addEventListener', () => undefined);
await import('../src/texts/explain');
const {reachedInWords} = await import('../src/texts/changes');

describe('Who is reached outside office hours', () => {
  it('is told for nobody, for everybody, and for what lies between', () => {
    expect(reachedInWords(0)).toBe('außerhalb der Dienstzeit niemand erreichbar');
    expect(reachedInWords(1)).toBe('immer jemand erreichbar');
    expect(reachedInWords(0.25)).toMatch(/^außerhalb der Dienstzeit zu 25\u00a0% jemand erreichbar$/);
  });
});
