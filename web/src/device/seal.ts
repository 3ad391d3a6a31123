// AES-GCM with a key that never leaves the browser: WebCrypto keeps it, and gives it to nobody.

export interface Box {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** Only on https and on the machine itself. */
export const canSeal = (): boolean => typeof crypto !== 'undefined' && !!crypto.subtle;

export const newKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);

/** `place` is sealed along: a box that was moved elsewhere does not open. */
export async function seal(key: CryptoKey, place: string, content: unknown): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place)}, key, new TextEncoder().encode(JSON.stringify(content)));
  return {iv, bytes};
}

/** Throws if it is not as it was sealed. */
export async function unseal<Content>(key: CryptoKey, place: string, {iv, bytes}: Box): Promise<Content> {
  const plain = await crypto.subtle.decrypt({name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place)}, key, bytes);
  return JSON.parse(new TextDecoder().decode(plain)) as Content;
}
