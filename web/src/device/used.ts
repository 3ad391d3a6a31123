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
