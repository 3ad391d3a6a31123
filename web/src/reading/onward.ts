// Where to go after signing in: a page of this program and never another server's.
export function onward(wanted: string | null): string {
  // A browser reads `//host` and `/\host` as another server.
  if (!wanted || !/^\/(?![/\\])[^\s\\]*$/.test(wanted) || /^\/(anmelden|link|api)([/?#]|$)/.test(wanted)) return '/';
  return wanted;
}
