// Catalogue and forecasts of the program, with the types of api/outage.yaml.
import createClient from 'openapi-fetch';
import {address} from '../address.svelte';
import type {components, paths} from '../generated/outage';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type About = Schemas['About'];
export type Assumption = Schemas['Assumptions']['figures'][number];
export type Body = Schemas['Body'];
export type BodyResult = Schemas['BodyResult'];
export type BodyRow = Schemas['Result']['bodies'][number];
export type BodyService = BodyResult['services'][number];
export type Catalogue = Schemas['Catalogue'];
export type ChainLink = Schemas['ChainLink'];
export type CoverageReport = Schemas['CoverageReport'];
export type DayQuantiles = Schemas['Day'];
export type Distribution = Schemas['Distribution'];
export type Incident = Schemas['Incident'];
export type MilestoneResult = Schemas['MilestoneResult'];
export type ModeKind = Schemas['ModeKind'];
export type Result = Schemas['Result'];
export type Risk = Schemas['Risk'];
export type Run = Schemas['Run'];
export type RunMap = Schemas['RunMap'];
export type RunRequest = Schemas['RunRequest'];
export type ServiceResult = Schemas['ServiceResult'];
export type Stretch = Schemas['Stretch'];

/** One of the two. */
export type RiskPlace = {body?: string; region?: string};

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const of = (run: string) => ({params: {path: {run}}});

export const api = {
  about: () => answered(client.GET('/about')),
  catalogue: (services: 'all' | 'none' = 'all') => answered(client.GET('/catalogue', {params: {query: {services}}})),
  incident: (incident: string) => answered(client.GET('/catalogue/incidents/{incident}', {params: {path: {incident}}})),
  assumptions: (scenario: string, region: string) =>
    answered(client.GET('/catalogue/assumptions', {params: {query: {scenario, region}}})),
  bodies: (query: {search?: string; region?: string; limit?: number}) => answered(client.GET('/bodies', {params: {query}})),
  coverage: () => answered(client.GET('/coverage')),
  risk: (query: RiskPlace) => answered(client.GET('/risk', {params: {query}})),
  runs: () => answered(client.GET('/outage-runs')),
  start: (body: RunRequest) => answered(client.POST('/outage-runs', {body})),
  run: (run: string) => answered(client.GET('/outage-runs/{run}', of(run))),
  end: (run: string) => answered(client.DELETE('/outage-runs/{run}', of(run))),
  result: (run: string) => answered(client.GET('/outage-runs/{run}/result', of(run))),
  body: (run: string, body: string) =>
    answered(client.GET('/outage-runs/{run}/bodies/{body}', {params: {path: {run, body}}})),
  map: (run: string, service: string) =>
    answered(client.GET('/outage-runs/{run}/map', {params: {path: {run}, query: {service}}})),
};

type Table = paths['/outage-runs/{run}/tables/{table}']['get']['parameters']['path']['table'];
export const tableAddress = (run: string, table: Table) => `/api/v1/outage-runs/${run}/tables/${table}?lang=${address.language}`;
export const coverageAddress = '/api/v1/coverage';
export const coverageTableAddress = () => `/api/v1/coverage/table?lang=${address.language}`;
export const riskCurveAddress = (place: RiskPlace) => `/api/v1/risk/curve?${new URLSearchParams({...place, lang: address.language}).toString()}`;
export const resultAddress = (run: string) => `/api/v1/outage-runs/${run}/result`;

/** Follows a run until it ends or the caller stops listening. The browser reconnects by itself with Last-Event-ID. */
export function watch(run: string, changed: (run: Run) => void): () => void {
  const source = new EventSource(`/api/v1/outage-runs/${run}/events`);
  const told = (event: MessageEvent<string>) => changed(JSON.parse(event.data) as Run);
  source.addEventListener('progress', told);
  source.addEventListener('end', (event) => {
    source.close();
    told(event as MessageEvent<string>);
  });
  return () => source.close();
}
