// The pages of the account menu, and which action makes each of them of use.
export const accountPages = [
  {id: 'account', path: '/konto', needs: undefined},
  {id: 'people', path: '/personen', needs: 'read-people'},
  {id: 'organisations', path: '/organisationen', needs: 'read-organisations'},
  {id: 'sharing', path: '/freigaben', needs: 'read-sharing'},
  {id: 'audit', path: '/protokoll', needs: 'read-audit'},
  {id: 'operation', path: '/betrieb', needs: 'read-operation'},
] as const;

/** Pages that everybody may read: what a public page must say, and the ways in. */
export const isOpen = (path: string): boolean => ['/anmelden', '/link', '/umfrage/link', '/umfrage/einladung', '/barrierefreiheit', '/datenschutz', '/glossar'].includes(path);

export const isAccountPage = (path: string): boolean =>
  path === '/anmelden' || path === '/link' || accountPages.some((page) => path === page.path || path.startsWith(`${page.path}/`));
