// Runs of all Germany, with the types of api/outage.yaml.
import createClient from 'openapi-fetch';
import {address} from '../address.svelte';
import type {components, paths} from '../generated/outage';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type GermanySummary = Schemas['GermanySummary'];
export type GermanyBodies = Schemas['GermanyBodies'];
export type GermanyState = Schemas['GermanyState'];
export type StateRow = GermanySummary['states'][number];
export type StateId = Schemas['State'];

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

export const germany = {
  summary: (run: string) => answered(client.GET('/outage-runs/{run}/germany', {params: {path: {run}}})),
  bodies: (run: string) => answered(client.GET('/outage-runs/{run}/germany/bodies', {params: {path: {run}}})),
  state: (run: string, state: StateId) => answered(client.GET('/outage-runs/{run}/germany/states/{state}', {params: {path: {run, state}}})),
};

type Table = paths['/outage-runs/{run}/germany/tables/{table}']['get']['parameters']['path']['table'];
export const germanyTable = (run: string, table: Table) => `/api/v1/outage-runs/${run}/germany/tables/${table}?lang=${address.language}`;
export const germanyJson = (run: string) => `/api/v1/outage-runs/${run}/germany`;
