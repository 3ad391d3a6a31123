// How far a response is, topic by topic.
import type {Answer, Questionnaire, Saved, Sheet, TopicProgress} from '../api/survey';

export type TopicState = 'conflict' | 'done' | 'begun' | 'not-begun' | 'none';

export function topicState({asked, answered, conflicts}: Pick<TopicProgress, 'asked' | 'answered' | 'conflicts'>): TopicState {
  if (conflicts) return 'conflict';
  if (!asked) return 'none';
  if (answered === asked) return 'done';
  return answered ? 'begun' : 'not-begun';
}

/** Entries that contradict each other count as answered, as the program counts. */
export const isAnswered = (answer: Answer | undefined): boolean => !!answer?.current.length && answer.current.at(-1)!.state !== 'open';
export const isContradicted = (answer: Answer | undefined): boolean => (answer?.current.length ?? 0) > 1;

/** An earlier answer that would still fit, and that nobody has confirmed. */
export const isOffered = (answer: Answer | undefined): boolean => !!answer?.offer?.fits && !answer.current.length;

type Counts = Omit<TopicProgress, 'may_answer' | 'assigned_to'>;

export function progressOf(questionnaire: Questionnaire, answers: readonly Answer[]): Counts[] {
  const known = new Map(answers.map((answer) => [answer.question, answer]));
  return questionnaire.topics.map((topic) => {
    const asked = topic.questions.flatMap(({id}) => (known.get(id)?.asked ? [known.get(id)!] : []));
    return {topic: topic.id, asked: asked.length, answered: asked.filter(isAnswered).length, conflicts: asked.filter(isContradicted).length, offered: asked.filter(isOffered).length};
  });
}

/** The sheet after an entry was kept. */
export function sheetAfter(sheet: Sheet, saved: Saved, questionnaire: Questionnaire): Sheet {
  const changed = new Map(saved.visibility_changed.map(({question, asked}) => [question, asked]));
  const answers = sheet.answers.map((answer) => {
    if (answer.question === saved.answer.question) return saved.answer;
    const asked = changed.get(answer.question);
    return asked === undefined ? answer : {...answer, asked};
  });
  const before = new Map(sheet.topics.map((topic) => [topic.topic, topic]));
  const topics = progressOf(questionnaire, answers).map((counts) => ({...before.get(counts.topic)!, ...counts}));
  const sum = (count: (topic: TopicProgress) => number) => topics.reduce((all, topic) => all + count(topic), 0);
  const response = {...sheet.response, changed_at: saved.changed_at, asked: sum((topic) => topic.asked), answered: sum((topic) => topic.answered)};
  return {...sheet, answers, topics, response};
}

/** Where to go on: the first topic that is not done, else none. */
export const firstOpen = (topics: readonly TopicProgress[]): string | undefined =>
  topics.find((topic) => ['conflict', 'begun', 'not-begun'].includes(topicState(topic)))?.topic;
