// The only way to the program: language and CSRF token go with every request, faults come back as words for people.
import type {Middleware} from 'openapi-fetch';
import {address} from '../address.svelte';
import {t} from '../texts/texts';

/** What is wrong with one member of what was sent; `pointer` is a JSON pointer (RFC 6901). */
export interface Complaint {
  pointer: string;
  detail: string;
}

interface More {
  details?: string[];
  /** Last word of the problem's type, such as `sign-in-failed`. */
  type?: string;
  complaints?: Complaint[];
  /** After which another try makes sense. */
  waitSeconds?: number | undefined;
}

export class Problem extends Error {
  readonly details: string[];
  readonly type: string;
  readonly complaints: Complaint[];
  readonly waitSeconds: number | undefined;

  constructor(readonly status: number, title: string, more: More = {}) {
    super(title);
    this.details = more.details ?? [];
    this.type = more.type ?? '';
    this.complaints = more.complaints ?? [];
    this.waitSeconds = more.waitSeconds;
  }
}

/** The program was not reached, or cannot answer at the moment. */
export const isAway = (caught: unknown): boolean => caught instanceof Problem && (caught.status === 0 || caught.status >= 500);

/** Title and details as one text. */
export const wordsOf = (caught: unknown): string => (caught instanceof Problem ? [caught.message, ...caught.details].join(' ') : String(caught));

const known: {token: string | null; lost: () => void} = {token: null, lost: () => undefined};

/** The token that every change carries from now on. */
export const carryToken = (token: string | null) => (known.token = token);

export const carriedToken = (): string | null => known.token;

/** Called when the program no longer knows who asks. */
export const whenLost = (told: () => void) => (known.lost = told);

export const door: Middleware = {
  onRequest({request}) {
    request.headers.set('Accept-Language', address.language);
    if (known.token && !['GET', 'HEAD'].includes(request.method)) request.headers.set('X-CSRF-Token', known.token);
    return request;
  },
};

interface Told {
  type?: string;
  title?: string;
  detail?: string;
  errors?: Complaint[];
}
type Answer<T> = {data?: T; error?: unknown; response: Response};

export async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch {
    throw new Problem(0, t('problem.unreachable'));
  }
  const {response} = answer;
  if (response.ok) return answer.data as T;
  const told = ((typeof answer.error === 'object' && answer.error) || {}) as Told;
  const type = told.type?.split('/').at(-1) ?? '';
  if (response.status === 401 && type === 'sign-in-first') known.lost();
  throw new Problem(response.status, told.title ?? t('problem.unknown', {status: response.status}), {
    details: told.errors?.map((fault) => fault.detail) ?? (told.detail ? [told.detail] : []),
    type,
    complaints: told.errors ?? [],
    waitSeconds: Number(response.headers.get('Retry-After')) || undefined,
  });
}
