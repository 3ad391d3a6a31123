// What a variant changes: in words, in the address, and whether it changes anything.
import type {Overrides} from '../api/explain';
import {tenths, whole} from '../texts/numbers';
import {t} from '../texts/texts';

export const crewKinds = ['platform', 'application', 'external'] as const;
export const fallbackModes = ['basic-operation', 'neighbour', 'paper'] as const;

export const isChanged = (overrides: Overrides): boolean => Object.keys(overrides).length > 0;

/** Without what is as in the base. */
export function tidy(overrides: Overrides, crews: Record<string, number>): Overrides {
  const changed = crewKinds.filter((kind) => overrides.crews?.[kind] !== undefined && overrides.crews[kind] !== crews[kind]);
  return {
    ...(changed.length ? {crews: Object.fromEntries(changed.map((kind) => [kind, overrides.crews![kind]]))} : {}),
    ...(overrides.without_modes?.length ? {without_modes: overrides.without_modes} : {}),
    ...(overrides.backups_survive === undefined ? {} : {backups_survive: overrides.backups_survive}),
    ...(overrides.delays === undefined || overrides.delays === 1 ? {} : {delays: overrides.delays}),
  };
}

/** "Trupps für die Plattform: 20, Wartezeiten × 0,5". */
export function changesInWords(overrides: Overrides): string {
  const parts = [
    ...crewKinds.filter((kind) => overrides.crews?.[kind] !== undefined).map((kind) => t('change.crews', {kind: t(`crew.${kind}`), number: whole(overrides.crews![kind]!)})),
    ...(overrides.delays === undefined ? [] : [t('change.delays', {factor: tenths(overrides.delays)})]),
    ...(overrides.without_modes?.length ? [t('change.without', {modes: overrides.without_modes.map((mode) => t(`mode.${mode}`)).join(', ')})] : []),
    ...(overrides.backups_survive === undefined ? [] : [t(overrides.backups_survive ? 'change.backups-yes' : 'change.backups-no')]),
  ];
  return parts.join(', ') || t('change.nothing');
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
