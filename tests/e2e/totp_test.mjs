// The codes that the tests compute are those of the standard: RFC 6238, appendix B, SHA-1, the last six digits.
import assert from 'node:assert/strict';
import {it} from 'node:test';
import {codeAt} from './totp.mjs';

it('The code of an authenticator app is that of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const codes = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000].map((seconds) => codeAt(secret, seconds * 1000));
  assert.deepEqual(codes, ['287082', '081804', '050471', '005924', '279037', '353130']);
});
