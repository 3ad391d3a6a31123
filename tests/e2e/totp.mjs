// Codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits), computed apart from the program.
import {createHmac} from 'node:crypto';

const step = 30_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function keyOf(base32) {
  const bits = [...base32.replaceAll(/[\s=]/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

export function codeAt(base32, milliseconds) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(milliseconds / step)));
  const digest = createHmac('sha1', keyOf(base32)).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** An app that never shows a code twice: the program takes each once, so a new one may have to be waited for. */
export function authenticator(base32) {
  let used = -1;
  return async () => {
    while (Math.floor(Date.now() / step) === used) await new Promise((later) => setTimeout(later, 500));
    used = Math.floor(Date.now() / step);
    return codeAt(base32, Date.now());
  };
}
