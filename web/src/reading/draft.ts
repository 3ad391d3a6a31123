// An answer as it stands in the fields of a question, and as the program wants it.
import type {AnswerState, Confidence, Entry, Question, SaveAnswer, Value} from '../api/survey';
import {typedDate} from './typed_date';
import {numberToType, typedNumber} from './typed_number';

export interface Draft {
  state: AnswerState;
  /** What was chosen: of single, multiple, ordinal, scale and matrix. */
  chosen: string | number | string[] | Record<string, number> | undefined;
  /** What was typed: of number, duration, date and text. */
  typed: string;
  /** Of a duration. */
  unit: string;
  reason: string;
  comment: string;
  evidence: string;
  expires: string;
  confidence: Confidence | '';
}

export type Content = Omit<SaveAnswer, 'id' | 'supersedes'>;
export type Language = 'de' | 'en';
/** Why a draft cannot be saved yet; each has words of its own. */
export type DraftFault = 'number' | 'lowest' | 'highest' | 'longest' | 'whole' | 'decimals' | 'date' | 'reason' | 'expires';

export const spanUnits = ['hours', 'days', 'weeks', 'months'] as const;
type SpanUnit = (typeof spanUnits)[number];
/** A hundred years: what is longer was typed in the wrong unit. The program refuses the same. */
const longest: Record<SpanUnit, number> = {hours: 878_400, days: 36_600, weeks: 5_300, months: 1_200};
export const confidences: Confidence[] = ['measured', 'documented', 'estimate'];
/** The answers that say nothing about the matter. */
export const otherStates = ['dont-know', 'not-applicable', 'refused'] as const;

const isTyped = (question: Question) => ['number', 'duration', 'date', 'text'].includes(question.type);
/** A scale is a row of numbers to choose from, as long as people can take it in. */
export const steps = (question: Question): number[] => {
  const [lowest, highest] = [question.lowest ?? 0, question.highest ?? 10];
  return Array.from({length: Math.floor(highest - lowest) + 1}, (_, step) => lowest + step);
};

const typedDay = (iso: string, language: Language): string => {
  const [year, month, day] = iso.split('-');
  return language === 'en' ? `${day}/${month}/${year}` : `${day}.${month}.${year}`;
};

const isoDay = (typed: string): string | undefined => {
  const day = typedDate(typed);
  return day && `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
};

function fieldsOf(question: Question, value: Value | undefined, language: Language): Pick<Draft, 'chosen' | 'typed' | 'unit'> {
  const nothing = {chosen: undefined, typed: '', unit: 'hours'};
  if (value === undefined) return nothing;
  if (!isTyped(question)) return {...nothing, chosen: value as Draft['chosen']};
  if (question.type === 'duration') {
    const span = value as {amount: number; unit: string};
    return {...nothing, typed: numberToType(span.amount, language), unit: span.unit};
  }
  if (question.type === 'number') return {...nothing, typed: numberToType(value as number, language)};
  return {...nothing, typed: question.type === 'date' ? typedDay(value as string, language) : (value as string)};
}

/** The fields that show an entry; without one they are empty. */
export const draftOf = (question: Question, entry: Entry | undefined, language: Language): Draft => ({
  state: entry?.state ?? 'open',
  ...fieldsOf(question, entry?.value as Value | undefined, language),
  reason: entry?.reason ?? '',
  comment: entry?.comment ?? '',
  evidence: entry?.evidence ?? '',
  expires: entry?.evidence_expires ? typedDay(entry.evidence_expires, language) : '',
  confidence: entry?.confidence ?? '',
});

function numberOf(question: Question, typed: string, language: Language): {value: number} | {fault: DraftFault} {
  const value = typedNumber(typed, language);
  if (value === undefined) return {fault: 'number'};
  const least = question.type === 'duration' ? 0 : question.lowest;
  if (least !== undefined && value < least) return {fault: 'lowest'};
  if (question.highest !== undefined && value > question.highest) return {fault: 'highest'};
  const decimals = question.type === 'duration' ? undefined : question.decimals;
  if (decimals !== undefined && Number(value.toFixed(decimals)) !== value) return {fault: decimals ? 'decimals' : 'whole'};
  return {value};
}

/** What the fields say; no value where they are empty. */
function valueOf(question: Question, draft: Draft, language: Language): {value?: Value} | {fault: DraftFault} {
  const {chosen, typed} = draft;
  if (question.type === 'multiple') return Array.isArray(chosen) && chosen.length ? {value: [...chosen].sort((a, b) => (a < b ? -1 : 1))} : {};
  if (question.type === 'matrix') return chosen && Object.keys(chosen).length ? {value: chosen as Record<string, number>} : {};
  if (!isTyped(question)) return chosen === undefined ? {} : {value: chosen};
  if (!typed.trim()) return {};
  if (question.type === 'text') return {value: typed.trim()};
  if (question.type === 'date') {
    const day = isoDay(typed);
    return day ? {value: day} : {fault: 'date'};
  }
  const number = numberOf(question, typed, language);
  if (question.type === 'duration' && 'value' in number && number.value > longest[draft.unit as SpanUnit]) return {fault: 'longest'};
  return 'fault' in number || question.type === 'number' ? number : {value: {amount: number.value, unit: draft.unit}};
}

/** What to send, or what is missing for it. An answer whose fields are empty is taken back. */
export function contentOf(question: Question, draft: Draft, language: Language): {content: Content} | {fault: DraftFault} {
  const content: Content = {state: draft.state};
  if (draft.state === 'answered') {
    const told = valueOf(question, draft, language);
    if ('fault' in told) return told;
    if (told.value === undefined) content.state = 'open';
    else content.value = told.value as NonNullable<Content['value']>;
  }
  if (draft.state === 'not-applicable') {
    if (!draft.reason.trim()) return {fault: 'reason'};
    content.reason = draft.reason.trim();
  }
  if (draft.comment.trim()) content.comment = draft.comment.trim();
  if (draft.evidence.trim()) content.evidence = draft.evidence.trim();
  if (draft.expires.trim()) {
    const day = isoDay(draft.expires);
    if (!day) return {fault: 'expires'};
    content.evidence_expires = day;
  }
  if (draft.confidence) content.confidence = draft.confidence;
  return {content};
}

const members = ['state', 'value', 'reason', 'comment', 'evidence', 'evidence_expires', 'confidence'] as const;

/** The part of an entry that its author wrote. */
export const contentOfEntry = (entry: Entry): Content =>
  Object.fromEntries(members.flatMap((member) => (entry[member] === undefined ? [] : [[member, entry[member]]]))) as unknown as Content;

const inOrder = (value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;

/** Whether both say the same, in whatever order. */
export const same = (one: Content, other: Content): boolean =>
  members.every((member) => JSON.stringify(inOrder(one[member])) === JSON.stringify(inOrder(other[member])));
