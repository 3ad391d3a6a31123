// What could not be sent, as a text that people can keep and enter again.
import type {Entry, Questionnaire} from '../api/survey';
import type {Letter} from '../device/letters';
import {entryWords} from './answers';
import {moment} from './numbers';
import {said, t} from './texts';

export function lostText(letters: readonly Letter[], questionnaires: readonly Questionnaire[]): string {
  const paragraphs = letters.map(({response, questionnaire, question: id, content, at}) => {
    const question = questionnaires.find((one) => one.id === questionnaire)?.topics.flatMap(({questions}) => questions).find((one) => one.id === id);
    const words = question ? entryWords(question, {...content} as Entry) : [content.state, content.value === undefined ? '' : JSON.stringify(content.value)];
    const more = [content.reason && !question && content.reason, content.comment && `${t('extras.comment')}: ${content.comment}`, content.evidence && `${t('extras.evidence')}: ${content.evidence}`];
    return [`${id} ${question ? said(question.text) : ''}`, t('lost.file-at', {at: moment(new Date(at).toISOString()), response}), ...words, ...more].filter(Boolean).join('\r\n');
  });
  return [t('lost.file-title'), ...paragraphs, ''].join('\r\n\r\n');
}
