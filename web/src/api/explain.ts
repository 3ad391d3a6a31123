// Why a forecast is as it is, with the types of api/outage.yaml.
import createClient from 'openapi-fetch';
import type {components, paths} from '../generated/outage';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type Bottlenecks = Schemas['Bottlenecks'];
export type ComparedVariant = Schemas['ComparedVariant'];
export type Curve = Schemas['Curve'];
export type Comparison = Schemas['Comparison'];
export type ComparisonRequest = Schemas['ComparisonRequest'];
export type Conditional = Schemas['Conditional'];
export type Dependencies = Schemas['Dependencies'];
export type ForecastRequest = Schemas['ForecastRequest'];
export type Influence = Schemas['Influence'];
export type Overrides = Schemas['Overrides'];
export type TimetableRow = Schemas['TimetableRow'];

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

/** Names this page to the server: a newer what-if of it ends an older one there. */
const page = Math.random().toString(36).slice(2);

export const explain = {
  autonomy: (run: string) => answered(client.GET('/outage-runs/{run}/autonomy', {params: {path: {run}}})),
  timetable: (run: string, service?: string) =>
    answered(client.GET('/outage-runs/{run}/timetable', {params: {path: {run}, query: service ? {service} : {}}})),
  bottlenecks: (run: string) => answered(client.GET('/outage-runs/{run}/bottlenecks', {params: {path: {run}}})),
  sensitivity: (run: string) => answered(client.GET('/outage-runs/{run}/sensitivity', {params: {path: {run}}})),
  dependencies: (run: string, body?: string) =>
    answered(client.GET('/outage-runs/{run}/dependencies', {params: {path: {run}, query: body ? {body} : {}}})),
  conditional: (run: string, query: {day: number; back?: string; not_back?: string}) =>
    answered(client.GET('/outage-runs/{run}/conditional', {params: {path: {run}, query}})),
  compare: (body: ComparisonRequest) => answered(client.POST('/comparisons', {body})),
  tryOut: (body: ForecastRequest, signal: AbortSignal) =>
    answered(client.POST('/forecasts/curve', {body, signal, headers: {'X-Client': page}})),
};

/** What all explanations say of themselves. */
export interface Head {
  seed: number;
  replications: number;
  model_version: string;
  catalogue_version: string;
  horizon: number;
}
