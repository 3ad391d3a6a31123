// What this browser keeps for the person who is signed in, and how it leaves again (decision 0023).
import type {Session} from '../api/accounts';
import {carriedToken, Problem, wordsOf} from '../api/door';
import {survey, type Questionnaire, type Saved, type Sheet} from '../api/survey';
import {askSession, session} from '../session.svelte';
import {Memory, type Device} from './device';
import type {Letter} from './letters';
import {Outbox, type Fate} from './outbox.svelte';
import {canSeal} from './seal';
import {eraseAll, eraseExpired, lastOwner, Store, waitingHere} from './store';
import {addExpired, expiredOf, forgetExpired, isDeviceUsed, setDeviceUsed} from './used';

/** What the pages of a response want to hear. */
interface Listener {
  kept: (letter: Letter, saved: Saved) => void;
  refused: (letter: Letter, words: string) => void;
  changedElsewhere: () => void;
}

let outbox: Outbox<Saved> | undefined = $state.raw();
let expired = $state(0);
let opening: Promise<Outbox<Saved>> | undefined;
const listeners = new Set<Listener>();

export const keeping = {
  get outbox() {
    return outbox;
  },
  /** Letters that were erased because they had waited too long. */
  get expired() {
    return expired;
  },
  /** They were told. */
  forgetExpired: () => forgetExpired(ownerOf(session.now)),
  /** Until when something that was written at `at` is kept. */
  until: (at: number) => new Date(at + days() * 86_400_000).toISOString(),
};

export const listen = (listener: Listener) => void listeners.add(listener);

const days = () => session.now?.device_days ?? 0;
const ownerOf = (now: Session | undefined) => now?.person?.id ?? 'local';

/** The program has understood and says no. Who is signed out can sign in again. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

async function fateOf(caught: unknown): Promise<Fate> {
  const problem = caught instanceof Problem ? caught : new Problem(0, String(caught));
  const words = wordsOf(problem);
  const token = carriedToken();
  // Another window may have signed in anew: then it was the token that was refused, not the answer.
  const isTokenOld = problem.status === 403 && (await askSession().then(() => carriedToken() !== token, () => true));
  if (isFinal(problem.status) && !isTokenOld) return {refused: problem.status, words};
  return {again: 1000 * (problem.waitSeconds ?? 0), words, unreachable: problem.status === 0};
}

async function send({id, response, question, content, seen}: Letter): Promise<Saved> {
  if (session.remembered) await askSession();
  if (session.ended) throw new Problem(401, '');
  return survey.save(response, question, {id, ...content, supersedes: seen});
}

async function deviceOf(owner: string): Promise<Device> {
  if (!canSeal() || typeof indexedDB === 'undefined') return new Memory();
  try {
    if (days()) {
      addExpired(owner, await eraseExpired(owner, days(), Date.now()));
      expired = expiredOf(owner);
      const store = await Store.of(owner);
      setDeviceUsed(true);
      return store;
    }
    // The operator wishes no copies any more: what still waits leaves from this window.
    const memory = new Memory();
    if (isDeviceUsed()) for (const letter of await (await Store.of(owner)).letters()) await memory.write(letter);
    await eraseAll();
    setDeviceUsed(false);
    return memory;
  } catch {
    return new Memory();
  }
}

async function opened(): Promise<Outbox<Saved>> {
  const owner = ownerOf(session.now);
  const device = await deviceOf(owner);
  const made = new Outbox<Saved>(device, {
    send,
    fate: fateOf,
    kept: (letter, saved) => listeners.forEach((one) => one.kept(letter, saved)),
    refused: (letter, words) => listeners.forEach((one) => one.refused(letter, words)),
  }, `resmon-outbox-${owner}`);
  made.changedElsewhere = () => listeners.forEach((one) => one.changedElsewhere());
  await made.read();
  outbox = made;
  if (!session.remembered) rememberSession();
  if (device.isLasting) void navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined);
  made.flush();
  return made;
}

/** The letters of the person who is signed in; what waits leaves as soon as it can. */
export const open = (): Promise<Outbox<Saved>> => (opening ??= opened());

/** For when the program cannot be asked who is signed in. */
export function rememberSession() {
  if (outbox?.device.isLasting) void outbox.keep('session', {...session.now, csrf_token: null, idle_seconds_left: null, absolute_seconds_left: null});
}

/** Who was here last, as far as that is still kept. */
export async function rememberedSession(): Promise<Session | undefined> {
  const owner = canSeal() ? await lastOwner() : undefined;
  const find = async () => owner && (await Store.of(owner)).find<Session>('session');
  const known = await find();
  if (!known) return undefined;
  addExpired(owner!, await eraseExpired(owner!, known.device_days, Date.now()));
  return (await find()) || undefined;
}

/** A response as it was opened last, for when the program cannot be asked. */
export async function rememberSheet(sheet: Sheet, questionnaire: Questionnaire) {
  const box = await open();
  if (box.device.isLasting) await Promise.all([box.keep(`sheet/${sheet.response.id}`, sheet), box.keep(`questionnaire/${questionnaire.id}`, questionnaire)]);
}
export const rememberedSheet = async (response: string) => (await open()).device.find<Sheet>(`sheet/${response}`);
export const rememberedQuestionnaire = async (id: string) => (await open()).device.find<Questionnaire>(`questionnaire/${id}`);
export async function rememberedSheets(): Promise<Sheet[]> {
  const {device} = await open();
  const sheets = await Promise.all((await device.names('sheet/')).map((name) => device.find<Sheet>(name)));
  return sheets.flatMap((sheet) => sheet ?? []);
}

/** Answers that would be lost by signing out, of everybody who uses this browser, after a last attempt to send them. */
export async function unsentHere(): Promise<number> {
  const box = await open();
  if (box.waiting.length) await box.settled(5_000);
  return box.device.isLasting ? waitingHere() : box.letters.length;
}

/** After signing out nothing stays. */
export async function eraseHere() {
  outbox?.stop();
  [outbox, opening, expired] = [undefined, undefined, 0];
  // The browser itself may be clearing at this moment, as the program asked it to: that closes the connection.
  if (isDeviceUsed()) await eraseAll().catch(eraseAll);
  setDeviceUsed(false);
}

// Whoever comes back to the network, or leaves the window, does not wait for the next attempt.
const flush = () => {
  outbox?.flush();
  if (session.remembered && !outbox?.waiting.length) void askSession().catch(() => undefined);
};
addEventListener('online', flush);
document.addEventListener('visibilitychange', flush);
addEventListener('focus', flush);
addEventListener('beforeunload', (event) => {
  outbox?.flush();
  if (outbox?.isUnsafe) event.preventDefault();
});
setInterval(() => session.remembered && flush(), 30_000);
