// What a variant changes, in words.
import type {Overrides} from '../api/explain';
import {crewKinds} from '../reading/overrides';
import {localTime, percent, tenths, whole} from './numbers';
import {t} from './texts';

/** Whether somebody is reached outside office hours, with this probability. */
export const reachedInWords = (reached: number): string =>
  reached === 1 ? t('change.reached-yes') : reached === 0 ? t('change.reached-no') : t('what-if.reached-share', {share: percent(reached)});

/** "Trupps für die Plattform: 20, Wartezeiten × 0,5". */
export function changesInWords(overrides: Overrides): string {
  const parts = [
    ...crewKinds.filter((kind) => overrides.crews?.[kind] !== undefined).map((kind) => t('change.crews', {kind: t(`crew.${kind}`), number: whole(overrides.crews![kind]!)})),
    ...(overrides.delays === undefined ? [] : [t('change.delays', {factor: tenths(overrides.delays)})]),
    ...(overrides.without_modes?.length ? [t('change.without', {modes: overrides.without_modes.map((mode) => t(`mode.${mode}`)).join(', ')})] : []),
    ...(overrides.backups_survive === undefined ? [] : [t(overrides.backups_survive ? 'change.backups-yes' : 'change.backups-no')]),
    ...(overrides.start ? [t('change.start', {when: localTime(overrides.start)})] : []),
    ...(overrides.reached === undefined ? [] : [reachedInWords(overrides.reached)]),
  ];
  return parts.join(', ') || t('change.nothing');
}
