// Answers in words, as they stand in the review, in a conflict and in the history.
import {address} from '../address.svelte';
import type {Entry, Question, SurveyResponse, Value} from '../api/survey';
import type {DraftFault} from '../reading/draft';
import {numberToType} from '../reading/typed_number';
import {longDate} from './numbers';
import {said, t, type Key} from './texts';

const number = (value: number) => numberToType(value, address.language);
const choice = (question: Question, id: string) => {
  const found = question.choices?.find((one) => one.id === id);
  return found ? said(found.text) : id;
};
/** "3 – …" */
export const levelWords = (question: Question, level: number): string => {
  const words = question.levels?.[level];
  return words ? t('answer.level', {level, text: said(words)}) : t('answer.level-only', {level});
};

/** Each line of the value. */
export function valueWords(question: Question, value: Value): string[] {
  switch (question.type) {
    case 'single': return [choice(question, value as string)];
    case 'multiple': return (value as string[]).map((id) => choice(question, id));
    case 'ordinal': return [levelWords(question, value as number)];
    case 'scale': return [number(value as number)];
    case 'number': return [[number(value as number), question.unit && said(question.unit)].filter(Boolean).join('\u00a0')];
    case 'duration': {
      const {amount, unit} = value as {amount: number; unit: string};
      return [t('answer.span', {amount: number(amount), count: amount, unit})];
    }
    case 'date': return [longDate(value as string)];
    case 'matrix': {
      const levels = value as Record<string, number>;
      return (question.rows ?? []).flatMap((row) => (levels[row.id] === undefined ? [] : [t('answer.row', {name: said(row.name), level: levels[row.id]!})]));
    }
    default: return String(value).split('\n');
  }
}

/** What an entry says: its value, or why there is none. */
export const entryWords = (question: Question, entry: Entry | undefined): string[] => {
  if (entry?.state === 'answered' && entry.value !== undefined) return valueWords(question, entry.value as Value);
  if (entry?.state === 'not-applicable') return [t('answer.not-applicable', {reason: entry.reason ?? ''})];
  return [t(`answer.${entry?.state === 'dont-know' || entry?.state === 'refused' ? entry.state : 'open'}`)];
};

/** Who entered it. Without accounts nobody has a name. */
export const author = ({person_name}: Entry): string => person_name || t('answer.nobody');

/** How an entry came to be, if not typed by somebody with an account. */
export const origin = ({link, source}: Entry): string =>
  [link && t('history.by-link'), source !== 'typed' && t(`history.${source}`)].filter(Boolean).map((words) => `, ${words}`).join('');

export const faultWords = (question: Question, fault: DraftFault): string =>
  t(`draft.${fault}` as Key, {lowest: number(question.lowest ?? 0), highest: number(question.highest ?? 0), decimals: question.decimals ?? 0});

/** "Siegen, begonnen am …" where a body has several. */
export const surveyCrumb = (response: SurveyResponse): string => t('survey.crumb', {name: response.body_name});
