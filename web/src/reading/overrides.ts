// What a variant changes: whether anything, and how it stands in the address.
import type {Overrides} from '../api/explain';

export const crewKinds = ['platform', 'application', 'external'] as const;
export const fallbackModes = ['basic-operation', 'neighbour', 'paper'] as const;

export const isChanged = (overrides: Overrides): boolean => Object.keys(overrides).length > 0;

/** What the fields of parts/Beginning.svelte change; empty is as in the base. */
export const beginning = (start: string, reached: string): Overrides => ({...(start ? {start} : {}), ...(reached === '' ? {} : {reached: Number(reached)})});

/** Without what is as in the base. */
export function tidy(overrides: Overrides, crews: Record<string, number>): Overrides {
  const changed = crewKinds.filter((kind) => overrides.crews?.[kind] !== undefined && overrides.crews[kind] !== crews[kind]);
  return {
    ...(changed.length ? {crews: Object.fromEntries(changed.map((kind) => [kind, overrides.crews![kind]]))} : {}),
    ...(overrides.without_modes?.length ? {without_modes: overrides.without_modes} : {}),
    ...(overrides.backups_survive === undefined ? {} : {backups_survive: overrides.backups_survive}),
    ...(overrides.delays === undefined || overrides.delays === 1 ? {} : {delays: overrides.delays}),
    ...beginning(overrides.start ?? '', String(overrides.reached ?? '')),
  };
}

/** For the address; what cannot be read back is no change. */
export const toAddress = (overrides: Overrides): string | undefined => (isChanged(overrides) ? JSON.stringify(overrides) : undefined);

export function fromAddress(text: string | null): Overrides {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return typeof found === 'object' && found !== null ? (found as Overrides) : {};
  } catch {
    return {};
  }
}
