// When a session ends, and when to warn before (ECOSYSTEM 3.2: at least two minutes, with a way to go on).
export const warnBefore = 120;

interface Limits {
  idle_seconds_left: number | null;
  absolute_seconds_left: number | null;
}

/** Seconds until the session ends; infinity if it does not. */
export const secondsLeft = ({idle_seconds_left, absolute_seconds_left}: Limits): number =>
  Math.min(idle_seconds_left ?? Infinity, absolute_seconds_left ?? Infinity);

export const secondsUntilWarning = (limits: Limits): number => Math.max(0, secondsLeft(limits) - warnBefore);

/** Whether working on helps: the absolute limit stays. */
export const canBeRenewed = ({absolute_seconds_left}: Limits): boolean => (absolute_seconds_left ?? Infinity) > warnBefore;
