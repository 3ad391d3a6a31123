// Questionnaires, answers and levels, with the types of api/survey.yaml.
import createClient from 'openapi-fetch';
import type {components, paths} from '../generated/survey';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type Answer = Schemas['Answer'];
export type AnswerEffect = ResponseEffects['effects'][number];
export type AnswerState = Schemas['AnswerState'];
export type Confidence = Schemas['Confidence'];
export type Colleague = Schemas['Colleague'];
export type Entry = Schemas['Entry'];
export type ImportedForm = Schemas['ImportedForm'];
export type GiveLink = Schemas['GiveLink'];
export type LinkSession = Schemas['LinkSession'];
export type Profile = Schemas['Profile'];
export type ProfileTopic = Profile['topics'][number];
export type Question = Schemas['Question'];
export type Questionnaire = Schemas['Questionnaire'];
export type QuestionnaireSummary = Schemas['QuestionnaireSummary'];
export type Receipt = Schemas['Receipt'];
export type ForecastAssumption = Schemas['ForecastAssumption'];
export type ResponseEffects = Schemas['ResponseEffects'];
export type ResponseForecast = Schemas['ResponseForecast'];
export type SaveAnswer = Schemas['SaveAnswer'];
export type Saved = Schemas['Saved'];
export type Sheet = Schemas['Sheet'];
export type SurveyLink = Schemas['SurveyLink'];
export type SurveyResponse = Schemas['SurveyResponse'];
export type Topic = Schemas['Topic'];
export type ProfileSummary = Schemas['ProfileSummary'];
export type TopicProgress = Schemas['TopicProgress'];
export type TrendPoint = Schemas['Trend']['points'][number];
/** The schema cannot say which members a value has; api/survey.yaml does in words. */
export type Value = string | number | string[] | {amount: number; unit: string} | Record<string, number>;

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const of = (response: string) => ({params: {path: {response}}});
const at = (response: string, question: string) => ({params: {path: {response, question}}});

/** A network that takes longer is none: what is kept here serves better. */
const soon = () => AbortSignal.timeout(20_000);

export const survey = {
  questionnaires: () => answered(client.GET('/questionnaires')),
  questionnaire: (questionnaire: string) => answered(client.GET('/questionnaires/{questionnaire}', {params: {path: {questionnaire}}})),
  responses: () => answered(client.GET('/responses')),
  begin: (body: {questionnaire: string; body: string; organisation?: string}) => answered(client.POST('/responses', {body})),
  sheet: (response: string) => answered(client.GET('/responses/{response}', {...of(response), signal: soon()})),
  remove: (response: string) => answered(client.DELETE('/responses/{response}', of(response))),
  history: (response: string, question: string) => answered(client.GET('/responses/{response}/answers/{question}', at(response, question))),
  save: (response: string, question: string, body: SaveAnswer) =>
    answered(client.PUT('/responses/{response}/answers/{question}', {...at(response, question), body, signal: soon()})),
  importForm: (response: string, file: File) =>
    answered(client.POST('/responses/{response}/form', {...of(response), body: '', bodySerializer: () => file, headers: {'Content-Type': 'application/octet-stream'}})),
  finish: (response: string) => answered(client.POST('/responses/{response}/receipt', of(response))),
  receipt: (response: string) => answered(client.GET('/responses/{response}/receipt', of(response))),
  reopen: (response: string, reason: string) => answered(client.POST('/responses/{response}/reopening', {...of(response), body: {reason}})),
  effects: (response: string, topic: string) =>
    answered(client.GET('/responses/{response}/effects', {params: {path: {response}, query: {topic}}})),
  /** What the version asks that the response answers, as far as one may see it. */
  asked: (response: string) => answered(client.GET('/responses/{response}/questionnaire', of(response))),
  confirm: (response: string, questions: string[]) => answered(client.POST('/responses/{response}/confirmations', {...of(response), body: {questions}})),
  links: (response: string) => answered(client.GET('/responses/{response}/links', of(response))),
  giveLink: (response: string, body: GiveLink) => answered(client.POST('/responses/{response}/links', {...of(response), body})),
  withdrawLink: (response: string, link: string) => answered(client.DELETE('/responses/{response}/links/{link}', {params: {path: {response, link}}})),
  colleagues: (response: string) => answered(client.GET('/responses/{response}/colleagues', of(response))),
  assign: (response: string, topic: string, person: string | null) =>
    answered(client.PUT('/responses/{response}/assignments/{topic}', {params: {path: {response, topic}}, body: {person}})),
  linkSession: () => answered(client.GET('/link-session')),
  openLink: (secret: string) => answered(client.POST('/link-session', {body: {secret}})),
  endLink: () => answered(client.DELETE('/link-session')),
  forecast: (response: string) => answered(client.GET('/responses/{response}/forecast', of(response))),
  profile: (response: string) => answered(client.GET('/responses/{response}/profile', of(response))),
  profiles: () => answered(client.GET('/profiles')),
  trend: (response: string) => answered(client.GET('/responses/{response}/trend', of(response))),
  /** Files that the browser loads by itself. */
  councilPaper: (response: string, language: string) => `/api/v1/responses/${response}/council.pdf?language=${language}`,
  questionnairePaper: (questionnaire: string, language: string) => `/api/v1/questionnaires/${questionnaire}/paper.pdf?language=${language}`,
};

export const formAddress = (response: string, format: 'xlsx' | 'csv', language: string) => `/api/v1/responses/${response}/form?format=${format}&lang=${language}`;
