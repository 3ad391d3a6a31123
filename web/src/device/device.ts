// What is kept of one person outside the program: answers on their way, and what was opened.
import type {Letter} from './letters';
import {informed, written} from './letters';

export interface Device {
  /** It survives this window. */
  readonly isLasting: boolean;
  /** In the order in which they were written. */
  letters(): Promise<Letter[]>;
  /** The first one that was not refused. */
  first(): Promise<Letter | undefined>;
  write(letter: Letter): Promise<void>;
  setTried(id: string): Promise<void>;
  setRefused(id: string, status: number): Promise<void>;
  /** It is entry `number` now: nothing of it stays here. */
  arrived(id: string, number: number): Promise<void>;
  discard(ids: readonly string[]): Promise<void>;

  /** Anything else that is opened again by its name. */
  keep(name: string, content: unknown): Promise<void>;
  find<Content>(name: string): Promise<Content | undefined>;
  names(prefix: string): Promise<string[]>;
  drop(name: string): Promise<void>;
}

/** Where the browser keeps nothing: without https, in some private windows, or if the operator does not wish it. */
export class Memory implements Device {
  readonly isLasting = false;
  #letters: Letter[] = [];
  #kept = new Map<string, unknown>();

  letters = async () => [...this.#letters];
  first = async () => this.#letters.find(({refused}) => !refused);
  async write(letter: Letter) {
    const {mark, replaced} = written(this.#letters, letter);
    this.#letters = [...this.#letters.filter(({id}) => !replaced.includes(id)), {...letter, ...mark}];
  }
  setTried = async (id: string) => this.#change(id, {tried: true});
  setRefused = async (id: string, refused: number) => this.#change(id, {refused});
  async arrived(id: string, number: number) {
    const changed = informed(this.#letters, id, number);
    this.#letters = this.#letters.filter((one) => one.id !== id).map((one) => changed.find((other) => other.id === one.id) ?? one);
  }
  async discard(ids: readonly string[]) {
    this.#letters = this.#letters.filter(({id}) => !ids.includes(id));
  }

  async keep(name: string, content: unknown) {
    this.#kept.set(name, content);
  }
  find = async <Content>(name: string) => this.#kept.get(name) as Content | undefined;
  names = async (prefix: string) => [...this.#kept.keys()].filter((name) => name.startsWith(prefix));
  async drop(name: string) {
    this.#kept.delete(name);
  }

  #change(id: string, change: Partial<Letter>) {
    this.#letters = this.#letters.map((letter) => (letter.id === id ? {...letter, ...change} : letter));
  }
}
