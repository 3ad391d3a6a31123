// Questionnaires, answers and levels, with the types of api/survey.yaml.
import createClient from 'openapi-fetch';
import type {components, paths} from '../generated/survey';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type Answer = Schemas['Answer'];
export type AnswerEffect = ResponseEffects['effects'][number];
export type AnswerState = Schemas['AnswerState'];
export type Confidence = Schemas['Confidence'];
export type Entry = Schemas['Entry'];
export type Profile = Schemas['Profile'];
export type ProfileTopic = Profile['topics'][number];
export type Question = Schemas['Question'];
export type Questionnaire = Schemas['Questionnaire'];
export type QuestionnaireSummary = Schemas['QuestionnaireSummary'];
export type Receipt = Schemas['Receipt'];
export type ResponseEffects = Schemas['ResponseEffects'];
export type ResponseForecast = Schemas['ResponseForecast'];
export type SaveAnswer = Schemas['SaveAnswer'];
export type Saved = Schemas['Saved'];
export type Sheet = Schemas['Sheet'];
export type SurveyResponse = Schemas['SurveyResponse'];
export type Topic = Schemas['Topic'];
export type TopicProgress = Schemas['TopicProgress'];
export type TrendPoint = Schemas['Trend']['points'][number];
/** The schema cannot say which members a value has; api/survey.yaml does in words. */
export type Value = string | number | string[] | {amount: number; unit: string} | Record<string, number>;

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const of = (response: string) => ({params: {path: {response}}});
const at = (response: string, question: string) => ({params: {path: {response, question}}});

export const survey = {
  questionnaires: () => answered(client.GET('/questionnaires')),
  questionnaire: (questionnaire: string) => answered(client.GET('/questionnaires/{questionnaire}', {params: {path: {questionnaire}}})),
  responses: () => answered(client.GET('/responses')),
  begin: (body: {questionnaire: string; body: string; organisation?: string}) => answered(client.POST('/responses', {body})),
  sheet: (response: string) => answered(client.GET('/responses/{response}', of(response))),
  remove: (response: string) => answered(client.DELETE('/responses/{response}', of(response))),
  history: (response: string, question: string) => answered(client.GET('/responses/{response}/answers/{question}', at(response, question))),
  save: (response: string, question: string, body: SaveAnswer) =>
    answered(client.PUT('/responses/{response}/answers/{question}', {...at(response, question), body})),
  finish: (response: string) => answered(client.POST('/responses/{response}/receipt', of(response))),
  receipt: (response: string) => answered(client.GET('/responses/{response}/receipt', of(response))),
  reopen: (response: string, reason: string) => answered(client.POST('/responses/{response}/reopening', {...of(response), body: {reason}})),
  effects: (response: string, topic: string) =>
    answered(client.GET('/responses/{response}/effects', {params: {path: {response}, query: {topic}}})),
  forecast: (response: string) => answered(client.GET('/responses/{response}/forecast', of(response))),
  profile: (response: string) => answered(client.GET('/responses/{response}/profile', of(response))),
  trend: (response: string) => answered(client.GET('/responses/{response}/trend', of(response))),
  /** Files that the browser loads by itself. */
  councilPaper: (response: string, language: string) => `/api/v1/responses/${response}/council.pdf?language=${language}`,
  questionnairePaper: (questionnaire: string, language: string) => `/api/v1/questionnaires/${questionnaire}/paper.pdf?language=${language}`,
};
