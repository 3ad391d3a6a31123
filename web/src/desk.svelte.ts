// The response that is being answered. It outlives the pages: what was typed on one is saved while the next is read.
import {tick} from 'svelte';
import {SvelteMap} from 'svelte/reactivity';
import {address} from './address.svelte';
import {Problem, wordsOf} from './api/door';
import {survey, type Answer, type Entry, type Question, type Questionnaire, type Saved, type Sheet, type Topic} from './api/survey';
import {contentOf, contentOfEntry, draftOf, same, type Content, type Draft} from './reading/draft';
import {sheetAfter} from './reading/survey_progress';
import {Saver, type Saving} from './saver';
import {faultWords} from './texts/answers';
import {clock} from './texts/numbers';
import {t} from './texts/texts';

/** Milliseconds of rest before something is sent. */
const typing = 900;
const choosing = 350;

/** Where the answer to a question stands. */
export type Standing = Saving | {kind: 'incomplete'; words: string} | {kind: 'saved'; at: string} | {kind: 'none'};

/** The program has understood and says no. Who is signed out can sign in again. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

const nothing: Answer = {question: '', asked: false, current: []};

export class Desk {
  sheet: Sheet = $state.raw()!;
  /** What screen readers hear. */
  heard = $state('');
  #drafts = new SvelteMap<string, Draft>();
  #savings = new SvelteMap<string, Saving>();
  #faults = new SvelteMap<string, string>();
  #savers = new Map<string, Saver<Content, Saved>>();
  #answers = $derived(new Map(this.sheet.answers.map((answer) => [answer.question, answer])));

  constructor(readonly questionnaire: Questionnaire, sheet: Sheet) {
    this.sheet = sheet;
  }

  get id() {
    return this.sheet.response.id;
  }
  /** Questions whose fields say something that the program does not have yet. */
  get unsaved(): string[] {
    return [...new Set([...this.#savings.keys(), ...this.#faults.keys()])];
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
  draft(question: Question): Draft {
    const {current} = this.answer(question.id);
    // In place of answers that contradict each other a new one is written from nothing.
    return this.#drafts.get(question.id) ?? draftOf(question, current.length > 1 ? undefined : current[0], address.language);
  }
  standing(question: string): Standing {
    const fault = this.#faults.get(question);
    if (fault) return {kind: 'incomplete', words: fault};
    const saving = this.#savings.get(question);
    if (saving) return saving;
    const entry = this.answer(question).current.at(-1);
    return entry ? {kind: 'saved', at: entry.at} : {kind: 'none'};
  }

  /** A field has changed. */
  change(question: Question, changed: Partial<Draft>, how: 'typed' | 'chosen') {
    const draft = {...this.draft(question), ...changed};
    this.#drafts.set(question.id, draft);
    const told = contentOf(question, draft, address.language);
    const saver = this.#saver(question.id);
    const {current} = this.answer(question.id);
    const isUndecided = current.length > 1 && 'content' in told && told.content.state === 'open';
    if ('fault' in told || isUndecided) {
      saver.drop();
      return void this.#faults.set(question.id, 'fault' in told ? faultWords(question, told.fault) : t('draft.undecided'));
    }
    this.#faults.delete(question.id);
    const holds = current.length === 1 ? contentOfEntry(current[0]!) : current.length ? undefined : {state: 'open' as const};
    if (holds && same(holds, told.content) && !saver.sending) return saver.drop();
    saver.put(told.content, current.map(({number}) => number), how === 'typed' ? typing : choosing);
  }

  /** Of contradicting entries this one holds. */
  decide(question: Question, entry: Entry) {
    const {current} = this.answer(question.id);
    this.#drafts.delete(question.id);
    this.#faults.delete(question.id);
    this.#saver(question.id).put(contentOfEntry(entry), current.map(({number}) => number), 0);
  }

  takeBack(question: Question) {
    this.change(question, {...draftOf(question, undefined, address.language), comment: this.draft(question).comment}, 'chosen');
  }

  flush = () => this.#savers.forEach((saver) => saver.flush());

  /** What others have answered meanwhile; what is typed here stays. */
  async refresh() {
    const sheet = await survey.sheet(this.id);
    if (this.unsaved.length) return;
    const numbers = ({current}: Answer) => current.map(({number}) => number).join();
    for (const answer of sheet.answers) if (numbers(answer) !== numbers(this.answer(answer.question))) this.#drafts.delete(answer.question);
    this.sheet = sheet;
  }

  #saver(question: string): Saver<Content, Saved> {
    const known = this.#savers.get(question);
    if (known) return known;
    const made = new Saver<Content, Saved>({
      send: (id, content, supersedes) => survey.save(this.id, question, {id, ...content, supersedes}),
      words: (caught) => (caught instanceof Problem && caught.status === 409 ? t('save.finished') : wordsOf(caught)),
      again: (caught) => (caught instanceof Problem && isFinal(caught.status) ? undefined : 1000 * ((caught as Partial<Problem>).waitSeconds ?? 0)),
      changed: (saving) => {
        if (saving) this.#savings.set(question, saving);
        else this.#savings.delete(question);
        if (saving && saving.kind !== 'waiting') this.#say(t('save.heard-not', {question, words: saving.words}));
      },
      kept: (saved, last) => {
        this.sheet = sheetAfter(this.sheet, saved, this.questionnaire);
        if (!last) return;
        // What stands in the fields stays as it was typed, unless there is another version to look at.
        if (saved.answer.current.length > 1) this.#drafts.delete(question);
        this.#say([t('save.heard', {question, time: clock(saved.entry.at)}), ...this.#consequences(saved)].join(' '));
      },
    });
    this.#savers.set(question, made);
    return made;
  }

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
const flush = () => desks.forEach((desk) => desk.flush());

/** The desk of a response, as fresh as the program has it. */
export async function openDesk(id: string): Promise<Desk> {
  flush();
  const known = desks.get(id);
  if (known?.unsaved.length) return known;
  const sheet = await survey.sheet(id);
  const opened = new Desk(known?.questionnaire ?? (await survey.questionnaire(sheet.response.questionnaire)), sheet);
  for (const [other, desk] of desks) if (!desk.unsaved.length) desks.delete(other);
  desks.set(id, opened);
  return opened;
}

// Whoever comes back to the window sees what others did; whoever leaves it loses nothing.
addEventListener('online', flush);
addEventListener('focus', () => desks.forEach((desk) => void desk.refresh().catch(() => undefined)));
document.addEventListener('visibilitychange', flush);
addEventListener('beforeunload', (event) => {
  flush();
  if ([...desks.values()].some((desk) => desk.unsaved.length)) event.preventDefault();
});
