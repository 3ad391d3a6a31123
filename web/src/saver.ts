// Brings what was typed to the program: one entry after the other, each as often as it takes, none twice.

/** Where an answer is on its way. */
export type Saving =
  | {kind: 'waiting'}
  /** It did not arrive yet; the next attempt comes by itself. */
  | {kind: 'retrying'; words: string}
  /** The program said no: another attempt would not help. */
  | {kind: 'refused'; words: string};

interface Kept {
  entry: {number: number};
}
interface Wish<Content> {
  content: Content;
  /** Numbers of the entries that the person saw. */
  seen: number[];
}
interface Doors<Content, Told> {
  send: (id: string, content: Content, seen: number[]) => Promise<Told>;
  /** Undefined: nothing is on its way any more. */
  changed: (saving: Saving | undefined) => void;
  kept: (told: Told, last: boolean) => void;
  words: (caught: unknown) => string;
  /** After how many milliseconds another attempt may help; undefined: never. */
  again: (caught: unknown) => number | undefined;
}

const longest = 30_000;

/** crypto.randomUUID is only there on https and on the machine itself. */
export const newId = (): string =>
  typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export class Saver<Content, Told extends Kept> {
  #sent: (Wish<Content> & {id: string}) | undefined;
  #next: Wish<Content> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #tries = 0;

  constructor(readonly doors: Doors<Content, Told>) {}

  get unsaved(): boolean {
    return !!(this.#sent || this.#next);
  }

  /** Something has left that may have arrived. */
  get sending(): boolean {
    return !!this.#sent;
  }

  /** Only the newest content waits; `delay` in milliseconds lets typing and arrow keys come to rest. */
  put(content: Content, seen: number[], delay: number) {
    this.#next = {content, seen};
    if (this.#tries) return;
    this.doors.changed({kind: 'waiting'});
    this.#after(delay);
  }

  /** What waits is not wanted any more. What was sent may have arrived and is followed up. */
  drop() {
    this.#next = undefined;
    if (!this.#sent) {
      clearTimeout(this.#timer);
      this.doors.changed(undefined);
    }
  }

  /** Now: the person leaves, or the network is back. */
  flush() {
    if (this.unsaved) this.#after(0);
  }

  #after(delay: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), delay);
  }

  async #go() {
    if (this.#busy) return;
    if (!this.#sent && this.#next) [this.#sent, this.#next] = [{...this.#next, id: newId()}, undefined];
    if (!this.#sent) return;
    const {id, content, seen} = this.#sent;
    this.#busy = true;
    try {
      const told = await this.doors.send(id, content, seen);
      this.#sent = undefined;
      this.#tries = 0;
      // What waits was written on top of what has just been kept.
      if (this.#next) this.#next.seen = [...new Set([...this.#next.seen, told.entry.number])];
      this.doors.kept(told, !this.#next);
      if (this.#next) this.#after(0);
      else this.doors.changed(undefined);
    } catch (caught) {
      this.#failed(caught);
    } finally {
      this.#busy = false;
    }
  }

  #failed(caught: unknown) {
    const words = this.doors.words(caught);
    const wait = this.doors.again(caught);
    if (wait !== undefined) {
      this.#after(Math.max(wait, Math.min(longest, 1000 * 2 ** this.#tries)));
      ++this.#tries;
      return this.doors.changed({kind: 'retrying', words});
    }
    this.#sent = undefined;
    this.#tries = 0;
    if (this.#next) this.#after(0);
    else this.doors.changed({kind: 'refused', words});
  }
}
