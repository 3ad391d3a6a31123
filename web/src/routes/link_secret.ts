// The secret of a link: taken out of the address bar at once, so that neither history nor screen keep it.
let secret = '';

/** Shorter fragments are anchors of the page. */
const isSecret = (fragment: string) => fragment.length >= 16;

export function linkSecret(): string {
  const fragment = location.hash.slice(1);
  if (isSecret(fragment)) {
    secret = fragment;
    history.replaceState(null, '', location.pathname + location.search);
  }
  return secret;
}

export const forgetSecret = () => (secret = '');
