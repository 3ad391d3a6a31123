// The pure part of the survey: numbers as typed, drafts and what is sent, progress, and the receipt's text.
import {describe, expect, it} from 'vitest';
import type {Answer, Entry, Question, Questionnaire, Receipt, Saved, Sheet} from '../src/api/survey';
import {sharedWith} from '../src/reading/shared_profiles';
import {contentOf, contentOfEntry, draftOf, same, steps, type Draft} from '../src/reading/draft';
import {receiptText} from '../src/reading/receipt_text';
import {firstOpen, progressOf, sheetAfter, topicState} from '../src/reading/survey_progress';
import {numberToType, typedNumber} from '../src/reading/typed_number';

const text = {de: '', en: ''};
const question = (type: Question['type'], more: Partial<Question> = {}): Question => ({id: 'A1', type, text, why: text, ...more});
const entry = (number: number, more: Partial<Entry> = {}): Entry => ({number, id: `entry-${number}`, state: 'answered', value: 2, at: '2026-11-26T12:02:00Z', person_name: '', source: 'typed', supersedes: [], ...more});

describe('A typed number', () => {
  it.each([['1.234,5', 1234.5], ['1234,5', 1234.5], ['2,5', 2.5], ['2.5', 2.5], ['1.234', 1234], ['1.234.567', 1_234_567], [' 12 000 ', 12_000], ['−3', -3], ['0', 0], [',5', 0.5], ['12.', 12]])(
    '%s is read as Germans mean it', (typed, value) => expect(typedNumber(typed, 'de')).toBe(value));
  it.each([['1,234.5', 1234.5], ['2.5', 2.5], ['1,234', 1234]])('%s is read as the English mean it', (typed, value) => expect(typedNumber(typed, 'en')).toBe(value));
  it.each(['', 'drei', '1,2,3', '1.2.3', '12a', '-', '1e5', '.'])('%j is none', (typed) => expect(typedNumber(typed, 'de')).toBeUndefined());
  it('is shown so that it is read again as the same', () => {
    for (const value of [0, 0.05, 2.5, 999, 1000, 1234.5, 1_234_567, -3.25])
      for (const language of ['de', 'en'] as const) expect(typedNumber(numberToType(value, language), language)).toBe(value);
  });
});

describe('Profiles', () => {
  it('are shared by others if they belong to an organisation in which one has no role', () => {
    const profiles = [{organisation: '059580032000'}, {organisation: '059580012000'}, {}];
    expect(sharedWith([{organisation: '059580012000'}, {organisation: null}], profiles)).toEqual([{organisation: '059580032000'}]);
  });
});

describe('A draft', () => {
  const sent = (asked: Question, changed: Partial<Draft>) => contentOf(asked, {...draftOf(asked, undefined, 'de'), state: 'answered', ...changed}, 'de');
  it('says the value as the program wants it', () => {
    expect(sent(question('ordinal'), {chosen: 0})).toEqual({content: {state: 'answered', value: 0}});
    expect(sent(question('single'), {chosen: 'rot'})).toEqual({content: {state: 'answered', value: 'rot'}});
    expect(sent(question('multiple'), {chosen: ['wasser', 'erde', 'feuer']})).toEqual({content: {state: 'answered', value: ['erde', 'feuer', 'wasser']}});
    expect(sent(question('scale'), {chosen: 4})).toEqual({content: {state: 'answered', value: 4}});
    expect(sent(question('number', {decimals: 1}), {typed: '2,5'})).toEqual({content: {state: 'answered', value: 2.5}});
    expect(sent(question('duration'), {typed: '1,5', unit: 'days'})).toEqual({content: {state: 'answered', value: {amount: 1.5, unit: 'days'}}});
    expect(sent(question('date'), {typed: '3.2.26'})).toEqual({content: {state: 'answered', value: '2026-02-03'}});
    expect(sent(question('text'), {typed: ' Ja. '})).toEqual({content: {state: 'answered', value: 'Ja.'}});
    expect(sent(question('matrix'), {chosen: {birth: 3}})).toEqual({content: {state: 'answered', value: {birth: 3}}});
  });
  it('whose fields are empty takes the answer back', () => {
    for (const type of ['number', 'duration', 'date', 'text'] as const) expect(sent(question(type), {typed: ' '})).toEqual({content: {state: 'open'}});
    expect(sent(question('multiple'), {chosen: []})).toEqual({content: {state: 'open'}});
    expect(sent(question('matrix'), {chosen: {}})).toEqual({content: {state: 'open'}});
  });
  it.each([['drei', 'number'], ['-1', 'lowest'], ['101', 'highest'], ['1,25', 'decimals']])('with %s is not sent: %s', (typed, fault) =>
    expect(sent(question('number', {lowest: 0, highest: 100, decimals: 1}), {typed})).toEqual({fault}));
  it('wants whole numbers where the question has no decimals', () => expect(sent(question('number', {decimals: 0}), {typed: '1,5'})).toEqual({fault: 'whole'}));
  it.each([['hours', '878400'], ['days', '36600'], ['weeks', '5300'], ['months', '1200']])('takes durations in %s up to a hundred years', (unit, most) => {
    expect(sent(question('duration'), {typed: most, unit})).toEqual({content: {state: 'answered', value: {amount: Number(most), unit}}});
    expect(sent(question('duration'), {typed: String(Number(most) + 1), unit})).toEqual({fault: 'longest'});
  });
  it('wants a real day', () => expect(sent(question('date'), {typed: '31.2.2026'})).toEqual({fault: 'date'}));
  it('wants a reason for what does not apply', () => {
    expect(sent(question('ordinal'), {state: 'not-applicable', reason: ' '})).toEqual({fault: 'reason'});
    expect(sent(question('ordinal'), {state: 'not-applicable', reason: 'Kein Amt.'})).toEqual({content: {state: 'not-applicable', reason: 'Kein Amt.'}});
  });
  it('says no value and no reason with the other states', () =>
    expect(sent(question('ordinal'), {state: 'dont-know', chosen: 3, reason: 'alt'})).toEqual({content: {state: 'dont-know'}}));
  it('carries comment, evidence, its end and the confidence', () =>
    expect(sent(question('ordinal'), {chosen: 3, comment: 'Band', evidence: 'Ordner', expires: '31.3.2027', confidence: 'documented'})).toEqual(
      {content: {state: 'answered', value: 3, comment: 'Band', evidence: 'Ordner', evidence_expires: '2027-03-31', confidence: 'documented'}}));
  it('of an entry says the same as the entry', () => {
    const entries: [Question, Entry['value']][] = [[question('number'), 1234.5], [question('duration'), {amount: 1.5, unit: 'weeks'} as never], [question('date'), '2026-02-03'],
      [question('multiple'), ['a', 'b']], [question('matrix'), {birth: 0} as never], [question('text'), 'Ja']];
    for (const [asked, value] of entries)
      for (const language of ['de', 'en'] as const) {
        const kept = entry(1, {value: value!, comment: 'x', evidence_expires: '2027-03-31'});
        const told = contentOf(asked, draftOf(asked, kept, language), language);
        expect('content' in told && same(told.content, contentOfEntry(kept)), asked.type).toBe(true);
      }
  });
});

describe('A scale', () => {
  it('is a row of whole steps', () => expect(steps(question('scale', {lowest: 1, highest: 5}))).toEqual([1, 2, 3, 4, 5]));
});

const questionnaire = {topics: [{id: 'A', questions: [{id: 'A1'}, {id: 'A2'}]}, {id: 'B', questions: [{id: 'B1'}]}]} as unknown as Questionnaire;
const answer = (id: string, current: Entry[] = [], asked = true): Answer => ({question: id, asked, current, numbers: current.map(({number}) => number)});

describe('The progress of a topic', () => {
  it('counts what is asked, answered in whatever state, and contradicted', () => {
    const answers = [answer('A1', [entry(1), entry(2)]), answer('A2', [entry(3, {state: 'open'})]), answer('B1', [entry(4, {state: 'dont-know'})])];
    expect(progressOf(questionnaire, answers)).toEqual([{topic: 'A', asked: 2, answered: 1, conflicts: 1, offered: 0}, {topic: 'B', asked: 1, answered: 1, conflicts: 0, offered: 0}]);
  });
  it('counts earlier answers that are not confirmed, and none of them as answered', () => {
    const offer = {entry: entry(1), fits: true};
    expect(progressOf(questionnaire, [{...answer('A1'), offer}, {...answer('A2'), offer: {...offer, fits: false}}])[0])
      .toEqual({topic: 'A', asked: 2, answered: 0, conflicts: 0, offered: 1});
  });

  it('has five states; a contradiction comes before everything', () => {
    const state = (asked: number, answered: number, conflicts = 0) => topicState({asked, answered, conflicts});
    expect([state(2, 2, 1), state(2, 2), state(2, 1), state(2, 0), state(0, 0)]).toEqual(['conflict', 'done', 'begun', 'not-begun', 'none']);
  });
  it('tells where to go on', () => {
    expect(firstOpen([{topic: 'A', asked: 0, answered: 0, conflicts: 0, offered: 0, may_answer: true}, {topic: 'B', asked: 2, answered: 2, conflicts: 0, offered: 0, may_answer: true}, {topic: 'C', asked: 2, answered: 1, conflicts: 0, offered: 0, may_answer: true}])).toBe('C');
    expect(firstOpen([{topic: 'A', asked: 1, answered: 1, conflicts: 0, offered: 0, may_answer: true}])).toBeUndefined();
  });
  it('follows an entry, and the questions that come and go with it', () => {
    const sheet = {response: {asked: 2, answered: 0}, topics: [], answers: [answer('A1'), answer('A2'), answer('B1', [], false)]} as unknown as Sheet;
    const saved = {answer: answer('A1', [entry(1)]), visibility_changed: [{question: 'B1', asked: true}, {question: 'A2', asked: false}], changed_at: 'now'} as unknown as Saved;
    const after = sheetAfter(sheet, saved, questionnaire);
    expect(after.answers.map((one) => [one.question, one.asked, one.current.length])).toEqual([['A1', true, 1], ['A2', false, 0], ['B1', true, 0]]);
    expect(after.response).toMatchObject({asked: 2, answered: 1, changed_at: 'now'});
  });
});

describe('The text of a receipt', () => {
  it('has a line for each part, as src/survey/response.hpp says', () => {
    const receipt: Receipt = {response: '00000000000000aa', number: 1, finished_at: '2026-11-26T12:00:00Z', questionnaire: 'resilienzmonitor', version: 1, body: '059700040000', hash: '',
      answers: [{question: 'A1', state: 'answered', value: 2}, {question: 'A2', state: 'open'}, {question: 'A3', state: 'answered', value: {amount: 1.5, unit: 'days'} as never}]};
    expect(receiptText(receipt)).toBe('resmon receipt 1\n00000000000000aa\n1\n2026-11-26T12:00:00Z\nresilienzmonitor\n1\n059700040000\nA1\nanswered\n2\nA2\nopen\n\nA3\nanswered\n{"amount":1.5,"unit":"days"}\n');
  });
});
