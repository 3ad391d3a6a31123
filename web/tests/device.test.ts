// Answers that wait on the device: sealed, sent in order, once, by one window; erased when they have arrived or are too old.
import 'fake-indexeddb/auto';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {Memory, type Device} from '../src/device/device';
import {informed, newId, written, type Letter, type Mark} from '../src/device/letters';
import {Outbox, type Fate} from '../src/device/outbox.svelte';
import {newKey, seal, unseal} from '../src/device/seal';
import {close, database, eraseAll, eraseExpired, eraseReadable, lastOwner, Store, waitingHere} from '../src/device/store';

const day = 86_400_000;
const mark = (id: string, more: Partial<Mark> = {}): Mark => ({id, seen: [], follows: [], tried: false, refused: 0, at: 0, due: 0, ...more});
const letter = (id: string, more: Partial<Letter> = {}): Letter =>
  ({...mark(id), response: 'r', questionnaire: 'q', question: 'A1', content: {state: 'answered', comment: `content of ${id}`}, ...more});
const ids = (letters: readonly {id: string}[]) => letters.map(({id}) => id);

describe('A letter', () => {
  it('replaces what its author saw and what never left, and inherits what that had seen', () => {
    const waiting = [mark('a', {seen: [1, 4]}), mark('b', {seen: [2]})];
    expect(written(waiting, mark('c', {seen: [1], follows: ['a']}))).toEqual({mark: mark('c', {seen: [1, 4]}), replaced: ['a']});
  });
  it('follows what has left: that may have arrived', () => {
    expect(written([mark('a', {tried: true})], mark('b', {follows: ['a']}))).toEqual({mark: mark('b', {follows: ['a']}), replaced: []});
  });
  it('replaces what was refused', () => {
    expect(written([mark('a', {tried: true, refused: 422})], mark('b', {follows: ['a']})).replaced).toEqual(['a']);
  });
  it('learns the number of the one it follows, and no other', () => {
    expect(informed([mark('b', {follows: ['a'], seen: [1]}), mark('c')], 'a', 7)).toEqual([mark('b', {seen: [1, 7]})]);
  });
  it('has an id that the program takes, also without https', () => {
    expect(newId()).toMatch(/^[A-Za-z0-9-]{8,64}$/);
    vi.stubGlobal('crypto', {getRandomValues: (bytes: Uint8Array) => bytes.fill(7)});
    expect(newId()).toBe('07'.repeat(16));
    vi.unstubAllGlobals();
  });
});

describe('A box', () => {
  it('opens with its key in its place, and nowhere else', async () => {
    const key = await newKey();
    const box = await seal(key, 'here', {value: 3});
    expect(await unseal(key, 'here', box)).toEqual({value: 3});
    await expect(unseal(key, 'there', box)).rejects.toThrow();
    await expect(unseal(await newKey(), 'here', box)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? new TextDecoder('latin1').decode(part as Uint8Array<ArrayBuffer>) : part));

describe.each([['the browser keeps', async () => Store.of('anna', () => Date.now())], ['only the window keeps', async () => new Memory()]] as [string, () => Promise<Device>][])(
  'What %s', (_, made) => {
    let device: Device;
    beforeEach(async () => {
      await eraseAll();
      device = await made();
    });
    it('comes out in the order in which it was written', async () => {
      for (const id of ['c', 'a', 'b']) await device.write(letter(id, {question: id}));
      expect(ids(await device.letters())).toEqual(['c', 'a', 'b']);
      expect(await device.first()).toEqual(letter('c', {question: 'c'}));
    });
    it('is replaced by what is written on top of it, behind all others', async () => {
      for (const id of ['a', 'b']) await device.write(letter(id));
      await device.write(letter('c', {follows: ['a']}));
      expect(ids(await device.letters())).toEqual(['b', 'c']);
    });
    it('is gone when it has arrived, and the next one knows its number', async () => {
      await device.write(letter('a'));
      await device.setTried('a');
      await device.write(letter('b', {follows: ['a']}));
      await device.arrived('a', 5);
      expect(await device.letters()).toEqual([letter('b', {seen: [5]})]);
    });
    it('stays when it was refused, and does not block the others', async () => {
      for (const id of ['a', 'b']) await device.write(letter(id));
      await device.setRefused('a', 404);
      expect((await device.first())?.id).toBe('b');
      expect((await device.letters())[0]!.refused).toBe(404);
      await device.discard(['a', 'b']);
      expect(await device.letters()).toEqual([]);
    });
    it('has names, and is found by them', async () => {
      await device.keep('sheet/1', {a: 1});
      await device.keep('draft/1/A', {b: 2});
      expect(await device.find('sheet/1')).toEqual({a: 1});
      expect(await device.names('sheet/')).toEqual(['sheet/1']);
      await device.drop('sheet/1');
      expect(await device.find('sheet/1')).toBeUndefined();
    });
  });

describe('The browser', () => {
  beforeEach(eraseAll);
  const rows = async () => {
    const store = await database();
    return text(await Promise.all([store.getAll('letters'), store.getAll('kept')]));
  };
  it('holds no word of it in plain text', async () => {
    const device = await Store.of('anna');
    await device.write(letter('first-one'));
    await device.keep('sheet/1', {word: 'Schwachstelle'});
    expect(await rows()).toContain('first-one');
    expect(await rows()).not.toMatch(/content of|Schwachstelle|A1/);
  });
  it('keeps it for the next window of the same person, and shows it to no other', async () => {
    await (await Store.of('anna')).write(letter('a'));
    await close();
    expect(ids(await (await Store.of('anna')).letters())).toEqual(['a']);
    expect(await (await Store.of('bert')).letters()).toEqual([]);
    expect(await waitingHere()).toBe(1);
  });
  it('remembers who was here last', async () => {
    await Store.of('anna', () => 1);
    await Store.of('bert', () => 2);
    expect(await lastOwner()).toBe('bert');
  });
  it('erases what is too old, with the keys that open nothing any more', async () => {
    const now = 100 * day;
    await (await Store.of('bert', () => 1)).write(letter('old', {at: now - 15 * day}));
    const anna = await Store.of('anna', () => now - 15 * day);
    await anna.keep('sheet/1', {});
    await anna.write(letter('older', {at: now - 14 * day - 1}));
    await anna.write(letter('young', {at: now - 14 * day}));
    expect(await eraseExpired('anna', 14, now)).toBe(1);
    expect(ids(await anna.letters())).toEqual(['young']);
    expect(await anna.names('')).toEqual([]);
    expect(await (await database()).getAllKeys('keys')).toEqual(['anna']);
  });
  it('forgets what can be read when the session is over, but not what waits or was half typed', async () => {
    const anna = await Store.of('anna');
    await anna.write(letter('a'));
    for (const name of ['session', 'sheet/1', 'draft/1/A1']) await anna.keep(name, {});
    await eraseReadable();
    expect([await anna.names(''), ids(await anna.letters())]).toEqual([['draft/1/A1'], ['a']]);
  });
});

describe('The outbox', () => {
  interface Told {
    entry: {number: number};
  }
  let device: Device;
  let outbox: Outbox<Told>;
  let sent: {id: string; words: string; seen: number[]}[];
  let fails: Fate[];
  const kept: string[] = [];
  const refused: string[] = [];
  let number: number;
  const doors = {
    send: async ({id, content, seen}: Letter) => {
      sent.push({id, words: content.comment!, seen});
      await new Promise((later) => setTimeout(later, 100));
      const fate = fails.shift();
      if (fate) throw fate;
      return {entry: {number: ++number}};
    },
    fate: (caught: unknown) => caught as Fate,
    kept: ({content}: Letter) => void kept.push(content.comment!),
    refused: ({content}: Letter) => void refused.push(content.comment!),
  };
  const put = (words: string, delay = 0, seen: number[] = [], follows: string[] = [], question = 'A1') =>
    outbox.put({response: 'r', questionnaire: 'q', question, content: {state: 'answered', comment: words}, seen, follows, delay});
  const away: Fate = {again: 0, words: 'weg', unreachable: true};
  const words = () => sent.map((one) => one.words);

  beforeEach(() => {
    vi.useFakeTimers();
    [sent, fails, number] = [[], [], 10];
    kept.length = refused.length = 0;
    device = new Memory();
    outbox = new Outbox<Told>(device, doors, 'test');
  });
  afterEach(() => {
    outbox.stop();
    vi.useRealTimers();
  });

  it('sends only the newest of what is typed in one go', async () => {
    const first = put('a', 900, [1]);
    await vi.advanceTimersByTimeAsync(500);
    put('ab', 900, [1], [first]);
    await vi.advanceTimersByTimeAsync(800);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(words()).toEqual(['ab']);
    expect(outbox.letters).toEqual([]);
  });
  it('lets what follows supersede what was kept meanwhile, and nothing that nobody saw', async () => {
    const first = put('a', 0, [1]);
    await vi.advanceTimersByTimeAsync(50);
    put('b', 0, [1], [first]);
    put('c', 0, [1]);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.map(({words, seen}) => [words, seen])).toEqual([['a', [1]], ['b', [1, 11]], ['c', [1]]]);
  });
  it('tries again under the same id while the program does not answer, then sends the others in their order', async () => {
    fails = [away, away];
    const first = put('a');
    await vi.advanceTimersByTimeAsync(200);
    expect(outbox.trouble?.unreachable).toBe(true);
    put('b', 0, [], [first]);
    put('c', 0, [], [], 'A2');
    expect(outbox.waiting.length).toBe(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(words()).toEqual(['a', 'a', 'a', 'b', 'c']);
    expect(new Set(sent.slice(0, 3).map(({id}) => id)).size).toBe(1);
    expect([outbox.letters, outbox.trouble]).toEqual([[], undefined]);
  });
  it('tries less and less often, at most every half minute', async () => {
    fails = Array.from({length: 9}, () => away);
    put('a');
    await vi.advanceTimersByTimeAsync(200_000);
    expect(sent.length).toBeGreaterThan(8);
    expect(sent.length).toBeLessThan(12);
  });
  it('waits as long as the program asks for, unless the network comes back', async () => {
    fails = [{...away, again: 20_000}];
    put('a');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(sent.length).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.length).toBe(2);
    fails = [{...away, again: 20_000}];
    put('b');
    await vi.advanceTimersByTimeAsync(500);
    outbox.flush();
    await vi.advanceTimersByTimeAsync(500);
    expect(words()).toEqual(['a', 'a', 'b', 'b']);
  });
  it('does not repeat what was refused, keeps it, and goes on with the others', async () => {
    fails = [{refused: 404, words: 'nein'}];
    put('a');
    put('b', 0, [], [], 'A2');
    await vi.advanceTimersByTimeAsync(100_000);
    expect([words(), refused, kept]).toEqual([['a', 'b'], ['a'], ['b']]);
    expect(outbox.refused.map(({content}) => content.comment)).toEqual(['a']);
    expect(outbox.noes.get(outbox.refused[0]!.id)).toBe('nein');
  });
  it('sends at once when the person leaves, and nothing that was dropped', async () => {
    put('a', 900);
    outbox.flush();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent.length).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    outbox.drop([put('b', 900)]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.length).toBe(1);
  });
  it('says that closing the window would lose something where the browser keeps nothing', async () => {
    fails = [away];
    put('a');
    await vi.advanceTimersByTimeAsync(200);
    expect(outbox.isUnsafe).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(outbox.isUnsafe).toBe(false);
  });
  describe('on a device that keeps', () => {
    const full = new Error('QuotaExceededError');
    beforeEach(() => {
      device = Object.assign(new Memory(), {isLasting: true});
      outbox = new Outbox<Told>(device, doors, 'test');
    });
    it('does not say that a letter waits there before the device has taken it', async () => {
      fails = Array.from({length: 9}, () => away);
      put('a');
      await vi.advanceTimersByTimeAsync(200);
      let take = () => {};
      const write = device.write.bind(device);
      vi.spyOn(device, 'write').mockImplementation(async (one) => {
        await new Promise<void>((done) => (take = done));
        await write(one);
      });
      const second = put('b', 0, [], [], 'A2');
      await vi.advanceTimersByTimeAsync(5_000);
      expect([outbox.isBeingWritten(second), outbox.isUnsafe]).toEqual([true, true]);
      expect(ids(await device.letters())).not.toContain(second);
      take();
      await vi.advanceTimersByTimeAsync(10);
      expect([outbox.isBeingWritten(second), outbox.isUnsafe]).toEqual([false, false]);
      expect(ids(await device.letters())).toContain(second);
    });
    it('sends also what the device could not take, and warns as long as only the window has it', async () => {
      vi.spyOn(device, 'write').mockRejectedValueOnce(full);
      fails = [away];
      put('a');
      await vi.advanceTimersByTimeAsync(200);
      expect([outbox.isLasting, outbox.isUnsafe, outbox.isBeingWritten(outbox.letters[0]!.id)]).toEqual([false, true, false]);
      await vi.advanceTimersByTimeAsync(5_000);
      expect([words(), outbox.isLasting, outbox.isUnsafe, outbox.letters]).toEqual([['a', 'a'], true, false, []]);
    });
    it('goes on when what waits cannot be read there', async () => {
      vi.spyOn(device, 'first').mockRejectedValueOnce(new Error('UnknownError'));
      put('a');
      await vi.advanceTimersByTimeAsync(200);
      expect(words()).toEqual(['a']);
    });
    it('that is too full to erase does not send the same thing without end', async () => {
      vi.spyOn(device, 'arrived').mockRejectedValue(full);
      put('a');
      await vi.advanceTimersByTimeAsync(100_000);
      expect(sent.length).toBeGreaterThan(1);
      expect(sent.length).toBeLessThan(6);
      expect(new Set(sent.map(({id}) => id)).size).toBe(1);
    });
    it('that is too full to note a no does not ask for it without end', async () => {
      fails = Array.from({length: 99}, () => ({refused: 404, words: 'nein'}));
      vi.spyOn(device, 'setRefused').mockRejectedValue(full);
      put('a');
      await vi.advanceTimersByTimeAsync(100_000);
      expect(sent.length).toBeLessThan(6);
    });
  });
  it('shows what was taken along from a device that may keep nothing any more', async () => {
    await device.write(letter('a'));
    await outbox.read();
    expect(ids(outbox.letters)).toEqual(['a']);
  });
  it('of a second window sends nothing again', async () => {
    const locked = {held: Promise.resolve() as Promise<unknown>};
    vi.stubGlobal('navigator', {locks: {request: (_: string, work: () => Promise<unknown>) => (locked.held = locked.held.then(work))}});
    const other = new Outbox<Told>(device, doors, 'test');
    for (const one of ['a', 'b', 'c']) put(one, 0, [], [], one);
    await vi.advanceTimersByTimeAsync(0);
    await other.read();
    other.flush();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(words()).toEqual(['a', 'b', 'c']);
    other.stop();
    vi.unstubAllGlobals();
  });
});
