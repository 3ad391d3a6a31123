// Who is signed in: asked once at the start, told by every sign-in, lost when the program no longer knows us.
import {accounts, type Session} from './api/accounts';
import {carryToken, whenLost} from './api/door';

let now: Session | undefined = $state.raw();
let ended = $state(false);

const nobody: Session = {
  kind: 'nobody', person: null, memberships: [], may: [], csrf_token: null, idle_seconds_left: null, absolute_seconds_left: null,
  second_factor: 'none', set_up_needed: false,
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
  may(action: string): boolean {
    return now?.kind === 'local' || (now?.may.includes(action) ?? false);
  },
};

/** What the program says about the session. */
export function take(told: Session) {
  carryToken(told.csrf_token);
  ended = told.kind === 'nobody' && now?.kind === 'person';
  if (!ended) now = told;
}

export async function askSession(): Promise<Session> {
  const told = await accounts.session();
  take(told);
  return told;
}

/** After signing out. */
export function forget() {
  carryToken(null);
  ended = false;
  now = nobody;
}

whenLost(() => {
  if (now?.kind === 'person') ended = true;
});
