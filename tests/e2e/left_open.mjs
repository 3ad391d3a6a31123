// What a failed test has left open would keep the run from ending, and hide why it failed: it is closed when all tests are done.
import {after} from 'node:test';

const open = new Set();
// Measurements use the same helpers, without a test runner.
if (process.env.NODE_TEST_CONTEXT) after(() => Promise.allSettled([...open].map((close) => close())));

/** `close`, which happens once: when it is called, or else at the end. */
export function closedAtEnd(close) {
  let closing;
  const once = () => (closing ??= (open.delete(once), close()));
  open.add(once);
  return once;
}
