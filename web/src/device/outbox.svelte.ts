// Brings the letters of one person to the program: one after the other, each as often as it takes, none twice, whichever
// window is open.
import {SvelteMap} from 'svelte/reactivity';
import type {Device} from './device';
import {informed, newId, replacedBy, written, type Letter, type Said} from './letters';

interface Told {
  entry: {number: number};
}
/** What an attempt that failed means. */
export type Fate =
  /** Another attempt may help, after so many milliseconds at the earliest. */
  | {again: number; words: string; unreachable: boolean}
  /** The program said no: another attempt would not help. */
  | {refused: number; words: string};

interface Doors<T extends Told> {
  send: (letter: Letter) => Promise<T>;
  fate: (caught: unknown) => Promise<Fate> | Fate;
  kept: (letter: Letter, told: T) => void;
  refused: (letter: Letter, words: string) => void;
}
export interface Wish extends Said {
  /** Numbers of entries, and ids of letters, that the person saw. */
  seen: number[];
  follows: string[];
  /** Milliseconds until it may leave. */
  delay: number;
}

const longest = 30_000;

/** One window at a time: who waits here finds what the other has done. */
const alone = async <T>(name: string, work: () => Promise<T>): Promise<T> =>
  globalThis.navigator?.locks ? ((await navigator.locks.request(name, work)) as T) : work();

export class Outbox<T extends Told = Told> {
  /** In the order in which they were written. */
  letters: Letter[] = $state.raw([]);
  /** Why nothing leaves at the moment. */
  trouble: {words: string; unreachable: boolean} | undefined = $state.raw();
  /** What the program said when it refused; lost with the window. */
  readonly noes = new Map<string, string>();
  #writing = $state(0);
  /** Ids of letters that only this window knows: the device is taking them, or did not. */
  #unwritten = new SvelteMap<string, 'being written' | 'not taken'>();
  #work: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #isAsked = false;
  /** What was written before does not rest any more. */
  #flushedAt = 0;
  #tries = 0;
  #notBefore = 0;
  #isStopped = false;
  #others: BroadcastChannel | undefined;
  /** Another window has written or sent. */
  changedElsewhere: () => void = () => undefined;

  constructor(readonly device: Device, readonly doors: Doors<T>, readonly name: string) {
    if (device.isLasting && typeof BroadcastChannel !== 'undefined') {
      this.#others = new BroadcastChannel(name);
      this.#others.onmessage = () => void this.read().then(() => (this.#go(), this.changedElsewhere()));
    }
  }

  get waiting(): Letter[] {
    return this.letters.filter(({refused}) => !refused);
  }
  get refused(): Letter[] {
    return this.letters.filter(({refused}) => refused);
  }
  /** Whoever closes the window now loses something. */
  get isUnsafe(): boolean {
    return this.#writing > 0 || (!this.isLasting && this.letters.length > 0);
  }
  /** What waits survives this window. */
  get isLasting(): boolean {
    return this.device.isLasting && !this.#isOnlyHere;
  }
  get #isOnlyHere(): boolean {
    return this.letters.some(({id}) => this.#unwritten.get(id) === 'not taken');
  }
  /** The device is taking it at this moment: whoever says that it waits there says too much. */
  isBeingWritten = (id: string): boolean => this.#unwritten.get(id) === 'being written';

  /** What the device holds. */
  async read() {
    await this.#then(async () => {
      const letters = await this.device.letters();
      if (this.#writing <= 1 && !this.#isOnlyHere) this.letters = letters;
    });
  }

  /** Its id. */
  put({seen, follows, delay, ...said}: Wish): string {
    const now = Date.now();
    const letter: Letter = {...said, id: newId(), seen, follows, tried: false, refused: 0, at: now, due: now + delay};
    const {mark, replaced} = written(this.letters, letter);
    this.letters = [...this.letters.filter(({id}) => !replaced.includes(id)), {...letter, ...mark}];
    void this.#write(letter);
    return letter.id;
  }

  /** They are not wanted any more. What has left may have arrived and is followed up. */
  drop(ids: readonly string[]) {
    const gone = replacedBy(this.letters, ids).map(({id}) => id);
    if (gone.length) this.discard(gone);
  }

  discard(ids: readonly string[]) {
    this.letters = this.letters.filter(({id}) => !ids.includes(id));
    void this.#then(() => this.device.discard(ids)).then(this.#tell);
  }

  keep = (name: string, content: unknown) => this.#then(() => this.device.keep(name, content));
  forget = (name: string) => this.#then(() => this.device.drop(name));

  /** Now: the person leaves, or the network is back. */
  flush() {
    this.#flushedAt = Date.now();
    this.#notBefore = 0;
    this.#after(0);
  }

  /** Until nothing waits or nothing leaves, `most` milliseconds at the longest. */
  async settled(most: number) {
    this.flush();
    for (const end = Date.now() + most; this.waiting.length && !this.trouble && Date.now() < end; ) await new Promise((later) => setTimeout(later, 50));
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#others?.close();
  }

  async #write(letter: Letter) {
    this.#unwritten.set(letter.id, 'being written');
    if (await this.#then(() => this.device.write(letter))) this.#unwritten.delete(letter.id);
    else this.#unwritten.set(letter.id, 'not taken');
    this.#tell();
    this.#after(this.#rest(letter));
  }

  #change(id: string, change: Partial<Letter>) {
    this.letters = this.letters.map((letter) => (letter.id === id ? {...letter, ...change} : letter));
  }

  #tell = () => this.#others?.postMessage('changed');

  /** One after the other, whatever becomes of the one before. Whether the device did it. */
  #then(work: () => Promise<unknown>): Promise<boolean> {
    ++this.#writing;
    const done = this.#work.then(work).then(() => true, () => false).finally(() => --this.#writing);
    this.#work = done;
    return done;
  }

  #rest = ({at, due}: Letter): number => (at <= this.#flushedAt ? 0 : Math.max(0, due - Date.now()));

  #after(delay: number) {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.#go(), delay);
  }

  async #go() {
    if (this.#busy) return void (this.#isAsked = true);
    [this.#busy, this.#isAsked] = [true, false];
    let wait: number | undefined;
    try {
      do wait = await alone(this.name, () => this.#sendFirst());
      while (wait === 0 && !this.#isStopped);
    } finally {
      this.#busy = false;
    }
    if (this.#isAsked || wait !== undefined) this.#after(this.#isAsked ? 0 : wait!);
  }

  /** Milliseconds until the next attempt makes sense; undefined: nothing waits. */
  async #sendFirst(): Promise<number | undefined> {
    await this.#work;
    const letter = (await this.device.first().catch(() => this.waiting[0])) ?? this.waiting.find(({id}) => this.#unwritten.get(id) === 'not taken');
    if (!letter) {
      this.trouble = undefined;
      return undefined;
    }
    const wait = Math.max(this.#rest(letter), this.#notBefore - Date.now());
    if (wait > 0) return wait;
    await this.#then(() => this.device.setTried(letter.id));
    this.#change(letter.id, {tried: true});
    try {
      const told = await this.doors.send(letter);
      await this.#arrived(letter, told);
    } catch (caught) {
      await this.#failed(letter, await this.doors.fate(caught));
    }
    return Math.max(0, this.#notBefore - Date.now());
  }

  async #arrived(letter: Letter, told: T) {
    [this.#tries, this.#notBefore, this.trouble] = [0, 0, undefined];
    const changed = informed(this.letters, letter.id, told.entry.number);
    this.letters = this.letters.flatMap((one) => (one.id === letter.id ? [] : [changed.find(({id}) => id === one.id) ?? one]));
    this.#unwritten.delete(letter.id);
    await this.#noted(() => this.device.arrived(letter.id, told.entry.number));
    this.doors.kept(letter, told);
    this.#tell();
  }

  /** A full device goes on offering what is done: it is sent again, and kept once, but not without end. */
  async #noted(work: () => Promise<void>) {
    if (!(await this.#then(work))) this.#notBefore = Date.now() + longest;
  }

  async #failed(letter: Letter, fate: Fate) {
    if ('again' in fate) {
      this.#notBefore = Date.now() + Math.max(fate.again, Math.min(longest, 1000 * 2 ** this.#tries));
      ++this.#tries;
      this.trouble = fate;
      return;
    }
    this.noes.set(letter.id, fate.words);
    this.#change(letter.id, {refused: fate.refused});
    await this.#noted(() => this.device.setRefused(letter.id, fate.refused));
    this.doors.refused({...letter, refused: fate.refused}, fate.words);
    this.#tell();
  }
}
