// What a failed test has left open would keep the run from ending, and hide why it failed: it is closed when all tests are done.
import {after} from 'node:test';

const open = new Set();
// Measurements use the same helpers, without a test runner.
if (process.env.NODE_TEST_CONTEXT) after(() => Promise.allSettled([...open].map((close) => close())));

/** The same `close`; called at the end if nobody has called it before. */
export function closedAtEnd(close) {
  const once = () => (open.delete(once), close());
  open.add(once);
  return once;
}
