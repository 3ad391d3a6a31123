// What an action is called; actions that came later than this page keep their technical name.
import german from '../../../texts/pages.de.json';
import type {Role} from '../api/accounts';
import {t, type Key} from './texts';

export const actionName = (action: string): string => {
  const key = `action.${action}`;
  return key in german ? t(key as Key) : action;
};

/** "Einsicht, Gemeinde X". Where a role holds only in the whole installation, its name says so. */
export const membershipName = ({role, organisation_name}: {role: Role; organisation_name: string | null}): string =>
  role === 'installation-administrator' ? t(`role.${role}`) : t('membership', {role: t(`role.${role}`), place: organisation_name ?? t('installation')});

/** Where the value of a setting comes from: `default`, `file …`, `environment …`, `flag …`. */
export const originName = (origin: string): string => {
  const [word = '', ...rest] = origin.split(' ');
  const key = `origin.${word}`;
  return key in german ? [t(key as Key), ...rest].join(' ') : origin;
};

/** What a retention period is about. */
export const keptName = (what: string): string => {
  const key = `kept.${what}`;
  return key in german ? t(key as Key) : what;
};

/** Actions that have a name here: what the filter of the audit trail offers. */
export const auditedActions: string[] = Object.keys(german).flatMap((key) => (key.startsWith('action.') ? [key.slice('action.'.length)] : []));
