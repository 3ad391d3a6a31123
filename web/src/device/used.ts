// Whether this browser keeps anything at all: asked by the first page, which stays light.
const name = 'resmon-device';

export function isDeviceUsed(): boolean {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

export function setDeviceUsed(isUsed: boolean) {
  if (isUsed) localStorage.setItem(name, '1');
  else localStorage.removeItem(name);
}

/** Letters of a person that were erased unsent, until somebody is told. */
export const addExpired = (owner: string, count: number) => count && localStorage.setItem(`${name}-expired-${owner}`, String(count + expiredOf(owner)));
export const expiredOf = (owner: string): number => Number(localStorage.getItem(`${name}-expired-${owner}`));
export const forgetExpired = (owner: string) => localStorage.removeItem(`${name}-expired-${owner}`);
