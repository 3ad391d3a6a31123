// The seven areas in the order of the work, and which page belongs to which.
export const areas = [
  {id: 'overview', path: '/'},
  {id: 'survey', path: '/umfrage'},
  {id: 'outage', path: '/ausfall'},
  {id: 'measures', path: '/massnahmen'},
  {id: 'continuity', path: '/vorsorge'},
  {id: 'crisis', path: '/lage'},
  {id: 'region', path: '/region'},
] as const;

export type Area = (typeof areas)[number]['id'];

export function areaOf(path: string): Area | undefined {
  if (path === '/') return 'overview';
  return areas.find((area) => area.path !== '/' && (path === area.path || path.startsWith(`${area.path}/`)))?.id;
}

/** Within the outage: scenarios that an organisation writes itself. */
export const isOfScenarios = (path: string): boolean => /^\/ausfall\/szenarien(\/|$)/.test(path);

/** Within the survey: what is asked of many bodies at once has pages of its own. */
export const isOfWaves = (path: string): boolean => /^\/umfrage\/(wellen|einladung|teilnahme)(\/|$)/.test(path);
