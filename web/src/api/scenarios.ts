// Own scenarios, with the types of api/outage.yaml.
import createClient from 'openapi-fetch';
import type {components, paths} from '../generated/outage';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type OwnScenario = Schemas['OwnScenario'];
export type ScenarioCheck = Schemas['ScenarioCheck'];
export type ScenarioFault = Schemas['ScenarioFault'];
export type ScenarioSheet = Schemas['OwnScenarioSheet'];

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const of = (scenario: string) => ({params: {path: {scenario}}});

export const scenarios = {
  list: () => answered(client.GET('/scenarios')),
  read: (scenario: string) => answered(client.GET('/scenarios/{scenario}', of(scenario))),
  create: (text: string) => answered(client.POST('/scenarios', {body: {text}})),
  change: (scenario: string, text: string, version: number) => answered(client.PUT('/scenarios/{scenario}', {...of(scenario), body: {text, version}})),
  remove: (scenario: string) => answered(client.DELETE('/scenarios/{scenario}', of(scenario))),
  check: (text: string) => answered(client.POST('/scenarios/check', {body: {text}})),
  source: (scenario: string) => answered(client.GET('/catalogue/scenarios/{scenario}/source', {...of(scenario), parseAs: 'text'})),
};
