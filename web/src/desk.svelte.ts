// The response that is being answered. It outlives the pages: what was typed on one is saved while the next is read.
import {tick} from 'svelte';
import {SvelteMap} from 'svelte/reactivity';
import {address} from './address.svelte';
import {isAway} from './api/door';
import {survey, type Answer, type Entry, type Question, type Questionnaire, type Saved, type Sheet, type Topic} from './api/survey';
import {listen, open, rememberedQuestionnaire, rememberedSheet, rememberSheet} from './device/keeping.svelte';
import type {Letter} from './device/letters';
import type {Outbox} from './device/outbox.svelte';
import {contentOf, contentOfEntry, draftOf, same, type Content, type Draft} from './reading/draft';
import {sheetAfter} from './reading/survey_progress';
import {session} from './session.svelte';
import {faultWords} from './texts/answers';
import {clock} from './texts/numbers';
import {t} from './texts/texts';

/** Milliseconds of rest before something is sent. */
const typing = 900;
const choosing = 350;

/** Where the answer to a question stands. */
export type Standing =
  | {kind: 'waiting'}
  /** It did not arrive yet; the next attempt comes by itself. */
  | {kind: 'retrying'; words: string; unreachable: boolean}
  /** The program said no: another attempt would not help. */
  | {kind: 'refused'; words: string}
  | {kind: 'incomplete'; words: string}
  | {kind: 'saved'; at: string}
  | {kind: 'none'};

const nothing: Answer = {question: '', asked: false, current: [], numbers: []};

/** Why the program did not take a letter, also after the window was closed. */
export const refusalWords = ({refused}: Letter, words: string | undefined): string => {
  if (refused === 409) return t('save.finished');
  if (refused === 403 || refused === 404) return t('save.may-not');
  return words ?? t('save.not-so');
};

export class Desk {
  sheet: Sheet = $state.raw()!;
  /** What screen readers hear. */
  heard = $state('');
  #drafts = new SvelteMap<string, Draft>();
  #faults = new SvelteMap<string, string>();
  /** Ids of the letters that stand in the fields; those of other windows do not, where something else is being typed. */
  #shown = new Map<string, string[]>();
  #answers = $derived(new Map(this.sheet.answers.map((answer) => [answer.question, answer])));
  /** Of this response. */
  letters: Letter[] = $derived.by(() => this.outbox.letters.filter(({response}) => response === this.id));

  constructor(readonly questionnaire: Questionnaire, sheet: Sheet, readonly outbox: Outbox<Saved>) {
    this.sheet = sheet;
    this.#show();
  }

  get id() {
    return this.sheet.response.id;
  }
  /** Questions whose fields say something that the program does not have yet. */
  get unsaved(): string[] {
    return [...new Set([...this.letters.map(({question}) => question), ...this.#faults.keys()])];
  }

  topic(id: string): Topic | undefined {
    return this.questionnaire.topics.find((topic) => topic.id === id);
  }
  question(id: string): Question | undefined {
    return this.questionnaire.topics.flatMap((topic) => topic.questions).find((question) => question.id === id);
  }
  answer(question: string): Answer {
    return this.#answers.get(question) ?? nothing;
  }
  asked(topic: Topic): Question[] {
    return topic.questions.filter(({id}) => this.answer(id).asked);
  }
  /** Whether the person may answer it; of a response that several answer, perhaps some topics only. */
  may(question: string): boolean {
    return !!this.sheet.topics.find(({topic}) => topic === question[0])?.may_answer;
  }
  draft(question: Question): Draft {
    const {current} = this.answer(question.id);
    // In place of answers that contradict each other a new one is written from nothing.
    return this.#drafts.get(question.id) ?? draftOf(question, current.length > 1 ? undefined : current[0], address.language);
  }
  standing(question: string): Standing {
    const fault = this.#faults.get(question);
    if (fault) return {kind: 'incomplete', words: fault};
    const letter = this.letters.findLast((one) => one.question === question);
    if (letter?.refused) return {kind: 'refused', words: refusalWords(letter, this.outbox.noes.get(letter.id))};
    if (letter) return this.outbox.trouble && !this.outbox.isBeingWritten(letter.id) ? {kind: 'retrying', ...this.outbox.trouble} : {kind: 'waiting'};
    const entry = this.answer(question).current.at(-1);
    return entry ? {kind: 'saved', at: entry.at} : {kind: 'none'};
  }

  /** A field has changed. */
  change(question: Question, changed: Partial<Draft>, how: 'typed' | 'chosen') {
    const draft = {...this.draft(question), ...changed};
    this.#drafts.set(question.id, draft);
    const told = contentOf(question, draft, address.language);
    const {current} = this.answer(question.id);
    const isUndecided = current.length > 1 && 'content' in told && told.content.state === 'open';
    const shown = this.#shownOf(question.id);
    if ('fault' in told || isUndecided) {
      this.outbox.drop(shown);
      this.#faults.set(question.id, 'fault' in told ? faultWords(question, told.fault) : t('draft.undecided'));
      return void this.outbox.keep(this.#draftName(question.id), draft);
    }
    this.#complete(question.id);
    const holds = current.length === 1 ? contentOfEntry(current[0]!) : current.length ? undefined : {state: 'open' as const};
    const isUnderWay = this.letters.some(({id, tried, refused}) => shown.includes(id) && tried && !refused);
    if (holds && same(holds, told.content) && !isUnderWay) return this.outbox.drop(shown);
    this.#put(question.id, told.content, how === 'typed' ? typing : choosing);
  }

  /** Of contradicting entries this one holds. */
  decide(question: Question, entry: Entry) {
    this.#drafts.delete(question.id);
    this.#complete(question.id);
    this.#put(question.id, contentOfEntry(entry), 0);
  }

  takeBack(question: Question) {
    this.change(question, {...draftOf(question, undefined, address.language), comment: this.draft(question).comment}, 'chosen');
  }

  /** Earlier answers that still hold become answers. */
  async confirm(questions: string[]) {
    this.sheet = await survey.confirm(this.id, questions);
    this.#say(t('offer.heard', {questions: questions.join(', '), count: questions.length}));
  }

  flush = () => this.outbox.flush();

  /** What others have answered meanwhile; what is typed here stays. */
  async refresh(): Promise<void> {
    const before = saves;
    const sheet = await survey.sheet(this.id);
    if (this.unsaved.length) return;
    if (saves !== before) return this.refresh();
    for (const answer of sheet.answers) if (answer.numbers.join() !== this.answer(answer.question).numbers.join()) this.#drafts.delete(answer.question);
    this.sheet = sheet;
    void rememberSheet(sheet, this.questionnaire);
  }

  /** What was typed when the window was closed, and could not be sent. */
  async restore() {
    for (const name of await this.outbox.device.names(this.#draftName(''))) {
      const question = this.question(name.slice(this.#draftName('').length));
      const draft = await this.outbox.device.find<Draft>(name);
      if (question && draft) this.change(question, draft, 'typed');
    }
  }

  kept(letter: Letter, saved: Saved) {
    const {question} = letter;
    this.sheet = sheetAfter(this.sheet, saved, this.questionnaire);
    if (this.letters.some((other) => other.question === question)) return;
    // What stands in the fields stays as it was typed, unless there is another version to look at.
    if (saved.answer.current.length > 1) this.#drafts.delete(question);
    this.#say([t('save.heard', {question, time: clock(saved.entry.at)}), ...this.#consequences(saved)].join(' '));
    if (!this.letters.length) void rememberSheet(this.sheet, this.questionnaire);
  }

  refused(letter: Letter, words: string) {
    this.#say(t('save.heard-not', {question: letter.question, words: refusalWords(letter, words)}));
  }

  /** Another window has written or sent something. */
  changedElsewhere() {
    this.#show();
    if (!this.letters.length) void this.refresh().catch(() => undefined);
  }

  /** Letters that were written elsewhere, or before the window was closed, stand in the fields, unless one is typing there. */
  #show() {
    for (const {id, question: name, content} of this.letters) {
      const question = this.question(name);
      const shown = this.#shownOf(name);
      if (!question || shown.includes(id) || this.#faults.has(name) || this.letters.some((other) => shown.includes(other.id) && !other.refused)) continue;
      this.#shown.set(name, [...shown, id]);
      this.#drafts.set(name, draftOf(question, {...content} as Entry, address.language));
    }
  }

  #put(question: string, content: Content, delay: number) {
    const {numbers: seen} = this.answer(question);
    const follows = this.#shownOf(question);
    const id = this.outbox.put({response: this.id, questionnaire: this.questionnaire.id, question, content, seen, follows, delay});
    this.#shown.set(question, [...follows, id]);
  }

  #complete(question: string) {
    if (this.#faults.delete(question)) void this.outbox.forget(this.#draftName(question));
  }

  /** Those that still wait. */
  #shownOf = (question: string) => (this.#shown.get(question) ?? []).filter((id) => this.letters.some((letter) => letter.id === id));
  #draftName = (question: string) => `draft/${this.id}/${question}`;

  #consequences(saved: Saved): string[] {
    const ids = (asked: boolean) => saved.visibility_changed.filter((one) => one.asked === asked).map(({question}) => question);
    const [more, fewer] = [ids(true), ids(false)];
    return [
      saved.answer.current.length > 1 ? t('save.contradicted') : '',
      more.length ? t('save.asked-now', {questions: more.join(', '), count: more.length}) : '',
      fewer.length ? t('save.asked-no-more', {questions: fewer.join(', '), count: fewer.length}) : '',
    ].filter(Boolean);
  }

  /** The same words twice are heard twice. */
  #say(words: string) {
    this.heard = '';
    void tick().then(() => (this.heard = words));
  }
}

/** The one that was opened last, and those on which something is not saved yet. */
const desks = new Map<string, Desk>();
/** How many answers were saved from this window: a sheet that was asked for before the last of them may lack it. */
let saves = 0;
listen({
  kept: (letter, saved) => {
    ++saves;
    desks.get(letter.response)?.kept(letter, saved);
  },
  refused: (letter, words) => desks.get(letter.response)?.refused(letter, words),
  changedElsewhere: () => desks.forEach((desk) => desk.changedElsewhere()),
});

/** From the program; where it does not answer, as it was opened here last. */
async function found<Kind>(asked: Promise<Kind>, kept: () => Promise<Kind | undefined>): Promise<Kind> {
  // Whoever could not be asked for the session a moment ago is not waited for again.
  const here = session.remembered ? await kept() : undefined;
  if (here) {
    void asked.catch(() => undefined);
    return here;
  }
  try {
    return await asked;
  } catch (caught) {
    const known = isAway(caught) ? await kept() : undefined;
    if (!known) throw caught;
    return known;
  }
}

/** The desk of a response, as fresh as the program has it. */
export async function openDesk(id: string): Promise<Desk> {
  const outbox = await open();
  outbox.flush();
  const known = desks.get(id);
  if (known?.unsaved.length) return known;
  const before = saves;
  const sheet = await found(survey.sheet(id), async () => known?.sheet ?? rememberedSheet(id));
  const questionnaire = known?.questionnaire ?? (await found(survey.asked(id), () => rememberedQuestionnaire(sheet.response.questionnaire)));
  if (saves !== before) return openDesk(id);
  const opened = new Desk(questionnaire, sheet, outbox);
  for (const [other, desk] of desks) if (!desk.unsaved.length) desks.delete(other);
  // What is saved from here on is told to it.
  desks.set(id, opened);
  await opened.restore();
  void rememberSheet(sheet, questionnaire);
  return opened;
}

// Whoever comes back to the window sees what others did.
addEventListener('focus', () => desks.forEach((desk) => void desk.refresh().catch(() => undefined)));
