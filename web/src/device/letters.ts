// Answers on their way to the program: what is written while others still wait, and what follows when one has arrived. Pure.
import type {Content} from '../reading/draft';

/** What can be read without the key: nothing of it says what was answered. */
export interface Mark {
  /** Made here; the program keeps it once, however often it is sent. */
  id: string;
  /** Numbers of the entries that the author saw. */
  seen: number[];
  /** Ids of waiting letters that the author saw: their numbers are added to `seen` once they have one. */
  follows: string[];
  /** It has left, perhaps it has arrived: it is not changed any more. */
  tried: boolean;
  /** HTTP status of the program's no; 0 while there is none. */
  refused: number;
  /** When it was written, and from when on it may be sent: typing comes to rest first. Milliseconds since 1970. */
  at: number;
  due: number;
}

export interface Said {
  response: string;
  questionnaire: string;
  question: string;
  content: Content;
}
export type Letter = Mark & Said;

const union = <T>(...lists: T[][]): T[] => [...new Set(lists.flat())];

/** Of those that the author of the next letter saw: what never left, or came back, is replaced by it. */
export const replacedBy = (waiting: readonly Mark[], follows: readonly string[]): Mark[] =>
  waiting.filter((mark) => follows.includes(mark.id) && (!mark.tried || mark.refused > 0));

/** A new mark among those that wait: it inherits what the replaced ones had seen. */
export function written(waiting: readonly Mark[], mark: Mark): {mark: Mark; replaced: string[]} {
  const replaced = replacedBy(waiting, mark.follows);
  const gone = replaced.map(({id}) => id);
  return {
    mark: {
      ...mark,
      seen: union(mark.seen, ...replaced.map(({seen}) => seen)),
      follows: union(mark.follows.filter((id) => !gone.includes(id)), ...replaced.map(({follows}) => follows)),
    },
    replaced: gone,
  };
}

/** Those whose authors have seen the letter that is entry `number` now. */
export const informed = <Some extends Mark>(waiting: readonly Some[], id: string, number: number): Some[] =>
  waiting.flatMap((mark) => (mark.follows.includes(id) ? [{...mark, seen: union(mark.seen, [number]), follows: mark.follows.filter((one) => one !== id)}] : []));

/** crypto.randomUUID is only there on https and on the machine itself. */
export const newId = (): string =>
  typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
