// The text whose SHA-256 a receipt carries: everybody can check it with tools of their own.
import type {Receipt} from '../api/survey';

export const receiptText = ({response, number, finished_at, questionnaire, version, body, answers}: Receipt): string =>
  ['resmon receipt 1', response, number, finished_at, questionnaire, version, body,
    ...answers.flatMap(({question, state, value}) => [question, state, value === undefined ? '' : JSON.stringify(value)])]
    .map((line) => `${line}\n`).join('');
