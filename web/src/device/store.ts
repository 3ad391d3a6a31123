// The device as the browser keeps it: IndexedDB, every content sealed with a key of its person (decision 0023).
import {openDB, type DBSchema, type IDBPDatabase} from 'idb';
import type {Device} from './device';
import {informed, written, type Letter, type Mark, type Said} from './letters';
import {newKey, seal, unseal, type Box} from './seal';

interface Schema extends DBSchema {
  keys: {key: string; value: {owner: string; key: CryptoKey; at: number}};
  letters: {key: number; value: Mark & {order?: number; owner: string; box: Box}; indexes: {owner: string; id: string}};
  kept: {key: [string, string]; value: {owner: string; name: string; at: number; box: Box}; indexes: {owner: string}};
}
type Row = Schema['letters']['value'];

const day = 86_400_000;
const rooms = ['keys', 'letters', 'kept'] as const;
let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** One connection for the page. When the browser closes it, the next use opens it again. */
export const database = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('resmon', 1, {
    upgrade(store) {
      store.createObjectStore('keys', {keyPath: 'owner'});
      const letters = store.createObjectStore('letters', {keyPath: 'order', autoIncrement: true});
      letters.createIndex('owner', 'owner');
      letters.createIndex('id', 'id', {unique: true});
      store.createObjectStore('kept', {keyPath: ['owner', 'name']}).createIndex('owner', 'owner');
    },
    blocking: () => void close(),
    terminated: () => (opened = undefined),
  }).catch((fault: unknown) => {
    opened = undefined;
    throw fault;
  }));

export async function close() {
  const closing = opened;
  opened = undefined;
  (await closing)?.close();
}

/** Who was here last. */
export async function lastOwner(): Promise<string | undefined> {
  const keys = await (await database()).getAll('keys');
  return keys.sort((one, other) => other.at - one.at)[0]?.owner;
}

/** Letters of everybody who uses this browser. */
export const waitingHere = async (): Promise<number> => (await database()).count('letters');

/** Nothing stays, of nobody. */
export async function eraseAll() {
  const change = (await database()).transaction(rooms, 'readwrite');
  await Promise.all([...rooms.map((room) => change.objectStore(room).clear()), change.done]);
}

/** What could be read without signing in; what waits, and what is half typed, stays for the one who wrote it. */
export async function eraseReadable() {
  const change = (await database()).transaction('kept', 'readwrite');
  for (let row = await change.store.openCursor(); row; row = await row.continue()) if (!row.value.name.startsWith('draft/')) await row.delete();
  await change.done;
}

/** Erases what is older than `days`, and keys that open nothing any more. How many letters of `owner` that were. */
export async function eraseExpired(owner: string, days: number, now: number): Promise<number> {
  const change = (await database()).transaction(rooms, 'readwrite');
  const [keys, letters, kept] = [change.objectStore('keys'), change.objectStore('letters'), change.objectStore('kept')];
  const isOld = ({at}: {at: number}) => at < now - days * day;
  const owners = new Set([owner]);
  let count = 0;
  for (const row of await letters.getAll()) {
    if (!isOld(row)) owners.add(row.owner);
    else {
      await letters.delete(row.order!);
      if (row.owner === owner) ++count;
    }
  }
  for (const row of await kept.getAll()) {
    if (isOld(row)) await kept.delete([row.owner, row.name]);
    else owners.add(row.owner);
  }
  for (const one of await keys.getAllKeys()) if (!owners.has(one)) await keys.delete(one);
  await change.done;
  return count;
}
async function keyOf(owner: string, now: number): Promise<CryptoKey> {
  const store = await database();
  const made = await newKey();
  // Two windows may come at once: the first key holds.
  const change = store.transaction('keys', 'readwrite');
  const key = (await change.store.get(owner))?.key ?? made;
  await change.store.put({owner, key, at: now});
  await change.done;
  return key;
}

const marked = ({id, seen, follows, tried, refused, at, due}: Mark): Mark => ({id, seen, follows, tried, refused, at, due});

export class Store implements Device {
  readonly isLasting = true;

  private constructor(readonly owner: string, readonly key: CryptoKey, readonly now: () => number) {}

  static async of(owner: string, now = Date.now): Promise<Store> {
    return new Store(owner, await keyOf(owner, now()), now);
  }

  async letters(): Promise<Letter[]> {
    const rows = await (await database()).getAllFromIndex('letters', 'owner', this.owner);
    return Promise.all(rows.map((row) => this.#letter(row)));
  }

  async first(): Promise<Letter | undefined> {
    const reading = (await database()).transaction('letters').store.index('owner');
    let found: Row | undefined;
    for (let row = await reading.openCursor(this.owner); row && !found; row = await row.continue()) if (!row.value.refused) found = row.value;
    return found && this.#letter(found);
  }

  async write({response, questionnaire, question, content, ...wished}: Letter) {
    const said: Said = {response, questionnaire, question, content};
    const box = await seal(this.key, this.#place(wished.id), said);
    await this.#change(async (rows, letters) => {
      const {mark, replaced} = written(rows, marked(wished));
      for (const row of rows) if (replaced.includes(row.id)) await letters.delete(row.order!);
      await letters.add({...mark, owner: this.owner, box});
    });
  }

  setTried = (id: string) => this.#set(id, {tried: true});
  setRefused = (id: string, refused: number) => this.#set(id, {refused});

  arrived = (id: string, number: number) =>
    this.#change(async (rows, letters) => {
      for (const row of informed(rows, id, number)) await letters.put(row);
      for (const row of rows) if (row.id === id) await letters.delete(row.order!);
    });

  discard = (ids: readonly string[]) =>
    this.#change(async (rows, letters) => {
      for (const row of rows) if (ids.includes(row.id)) await letters.delete(row.order!);
    });

  async keep(name: string, content: unknown) {
    const box = await seal(this.key, this.#place(name), content);
    await (await database()).put('kept', {owner: this.owner, name, at: this.now(), box});
  }
  async find<Content>(name: string): Promise<Content | undefined> {
    const row = await (await database()).get('kept', [this.owner, name]);
    return row && unseal<Content>(this.key, this.#place(name), row.box);
  }
  async names(prefix: string): Promise<string[]> {
    const keys = await (await database()).getAllKeysFromIndex('kept', 'owner', this.owner);
    return keys.map(([, name]) => name).filter((name) => name.startsWith(prefix));
  }
  async drop(name: string) {
    await (await database()).delete('kept', [this.owner, name]);
  }

  async #letter({order: _, owner: __, box, ...mark}: Row): Promise<Letter> {
    return {...mark, ...(await unseal<Said>(this.key, this.#place(mark.id), box))};
  }
  #place = (name: string) => `${this.owner}/${name}`;

  #set = (id: string, change: Partial<Mark>) =>
    this.#change(async (rows, letters) => {
      for (const row of rows) if (row.id === id) await letters.put({...row, ...change});
    });

  async #change(work: (rows: Row[], letters: {add(row: Row): Promise<unknown>; put(row: Row): Promise<unknown>; delete(order: number): Promise<void>}) => Promise<void>) {
    const change = (await database()).transaction('letters', 'readwrite', {durability: 'strict'});
    await work(await change.store.index('owner').getAll(this.owner), change.store);
    await change.done;
  }
}
