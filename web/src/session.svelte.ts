// Who is signed in: asked once at the start, told by every sign-in, lost when the program no longer knows us.
import {accounts, type Session} from './api/accounts';
import {carryToken, isAway, whenLost} from './api/door';
import {isDeviceUsed} from './device/used';

let now: Session | undefined = $state.raw();
let ended = $state(false);
let remembered = $state(false);

const nobody: Session = {
  kind: 'nobody', person: null, memberships: [], may: [], csrf_token: null, idle_seconds_left: null, absolute_seconds_left: null,
  second_factor: 'none', set_up_needed: false, device_days: 0,
};

export const session = {
  /** Undefined until the program has answered. */
  get now() {
    return now;
  },
  /** The session of the person of `now` is over, but their page still stands: what they typed is not lost. */
  get ended() {
    return ended;
  },
  /** The program was not reached yet: who was here last, as this browser remembers. */
  get remembered() {
    return remembered;
  },
  may(action: string): boolean {
    return now?.kind === 'local' || (now?.may.includes(action) ?? false);
  },
};

/** What the program says about the session. */
export function take(told: Session) {
  // What another person left open is none of this person's business.
  if (now?.kind === 'person' && told.kind === 'person' && now.person?.id !== told.person?.id) return location.assign('/');
  carryToken(told.csrf_token);
  remembered = false;
  ended = told.kind === 'nobody' && now?.kind === 'person';
  if (!ended) now = told;
  if (told.kind === 'nobody') hide();
}

/** What this browser keeps to read is for somebody who is signed in. */
function hide() {
  if (isDeviceUsed()) void import('./device/store').then(({eraseReadable}) => eraseReadable());
}

export async function askSession(): Promise<Session> {
  const told = await accounts.session();
  take(told);
  return told;
}

/** Asks at the start. Where the program does not answer, the one counts who was here last. */
export async function beginSession() {
  // Whoever has a copy here need not wait for a network that hardly works.
  const signal = isDeviceUsed() ? AbortSignal.timeout(8_000) : undefined;
  try {
    take(await accounts.session(signal));
  } catch (caught) {
    const known = isAway(caught) && isDeviceUsed() ? await import('./device/keeping.svelte').then(({rememberedSession}) => rememberedSession()) : undefined;
    if (!known) throw caught;
    [now, remembered] = [known, true];
  }
}

/** After signing out. */
export function forget() {
  carryToken(null);
  [ended, remembered] = [false, false];
  now = nobody;
}

whenLost(() => {
  if (now?.kind === 'person') ended = true;
  hide();
});
