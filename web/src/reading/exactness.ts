// How exact a computation is wished, and how exact it became, in words that need no statistics.
import type {Run, RunRequest} from '../api/client';
import {share, whole} from '../texts/numbers';
import {t} from '../texts/texts';

/** In a run's request: courses are doubled until the mean days lost are so exact. Sixteen evenly spread groups tell their own error. The least
 * number is what days of return and their bands need, which even spreading helps less. */
export const exactnesses = {
  kurz: {relative_error: 0.03, randomisations: 16, replications: 256},
  ueblich: {relative_error: 0.01, randomisations: 16, replications: 1024},
  genau: {relative_error: 0.005, randomisations: 16, replications: 4096},
} as const satisfies Record<string, Partial<RunRequest>>;
export type Exactness = keyof typeof exactnesses;

export const exactnessOf = (word: string | null | undefined): Exactness => (word && Object.hasOwn(exactnesses, word) ? (word as Exactness) : 'ueblich');

interface Computed {
  replications: number;
  randomisations?: number;
  relative_error_reached?: number | null;
}

/** What was computed and how exact it became, as facts. */
export function exactnessFacts(of: Computed, run: Run): [string, string][] {
  const courses = whole(of.replications);
  const facts: [string, string][] = [[t('facts.courses'), of.randomisations ? t('facts.courses-even', {courses, groups: of.randomisations}) : courses]];
  const reached = of.relative_error_reached;
  if (reached === null || reached === undefined) return facts;
  const wished = run.relative_error;
  const kind = wished === undefined ? 'error-reached' : reached > wished ? 'error-missed' : 'error-kept';
  return [...facts, [t('facts.error'), t(`facts.${kind}`, {error: share(reached), wished: share(wished ?? 0)})]];
}
