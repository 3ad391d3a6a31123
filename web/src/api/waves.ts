// Waves of the survey, with the types of api/waves.yaml.
import createClient from 'openapi-fetch';
import {address} from '../address.svelte';
import type {components, paths} from '../generated/waves';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type Counts = Schemas['Counts'];
export type CountedGroup = Schemas['CountedGroup'];
export type Dispatches = Schemas['Dispatches'];
export type FrameBody = Schemas['FrameBody'];
export type FramePreview = Schemas['FramePreview'];
export type FrameWish = Schemas['FrameWish'];
export type ImportedWave = Schemas['ImportedWave'];
export type Obstacle = NonNullable<Schemas['Obstacle']>;
export type OpenedInvitation = Schemas['OpenedInvitation'];
export type Overview = Schemas['Overview'];
export type PlanWave = Schemas['PlanWave'];
export type Progress = Schemas['Progress'];
export type Standing = Schemas['Standing'];
export type Wave = Schemas['Wave'];
export type WaveInvitation = Schemas['WaveInvitation'];
export type WithdrawalReceipt = Schemas['WithdrawalReceipt'];
export type WorkList = Schemas['WorkList'];

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const of = (wave: string) => ({params: {path: {wave}}});
const at = (wave: string, body: string) => ({params: {path: {wave, body}}});
const stageOf = (wave: string, stage: number) => ({params: {path: {wave, stage}}});

export const waves = {
  list: () => answered(client.GET('/waves')),
  plan: (body: PlanWave) => answered(client.POST('/waves', {body})),
  wave: (wave: string) => answered(client.GET('/waves/{wave}', of(wave))),
  discard: (wave: string) => answered(client.DELETE('/waves/{wave}', of(wave))),
  open: (wave: string) => answered(client.POST('/waves/{wave}/opening', of(wave))),
  close: (wave: string, reason: string) => answered(client.POST('/waves/{wave}/closing', {...of(wave), body: reason ? {reason} : {}})),
  purge: (wave: string) => answered(client.POST('/waves/{wave}/purge', of(wave))),
  preview: (body: FrameWish) => answered(client.POST('/frame-previews', {body})),
  importFile: (file: File, query: {wave?: string; organisation?: string; reason?: string}) =>
    answered(client.POST('/wave-files', {params: {query}, body: '', bodySerializer: () => file, headers: {'Content-Type': 'application/octet-stream'}})),
  remove: (wave: string, body: string, reason: string) => answered(client.POST('/waves/{wave}/bodies/{body}/removal', {...at(wave, body), body: {reason}})),
  dispatches: (wave: string) => answered(client.GET('/waves/{wave}/dispatches', of(wave))),
  send: (wave: string, stage: number) => answered(client.POST('/waves/{wave}/dispatches/{stage}', stageOf(wave, stage))),
  letters: (wave: string, stage: number, body: {again: boolean; format: 'csv' | 'pdf'}) =>
    answered(client.POST('/waves/{wave}/dispatches/{stage}/letters', {...stageOf(wave, stage), body, parseAs: 'blob'})),
  settle: (wave: string, stage: number, body: string, left: boolean) =>
    answered(client.POST('/waves/{wave}/dispatches/{stage}/bodies/{body}/settlement', {params: {path: {wave, stage, body}}, body: {left}})),
  invitations: () => answered(client.GET('/invitations-to-waves')),
  useLetter: (token: string) => answered(client.POST('/invitations-to-waves/opening', {body: {token}})),
  takePart: (wave: string, response: string, may_compare: boolean) =>
    answered(client.POST('/waves/{wave}/participations', {...of(wave), body: {response, may_compare}})),
  compare: (wave: string, body: string, may_compare: boolean) =>
    answered(client.PUT('/waves/{wave}/participations/{body}', {...at(wave, body), body: {may_compare}})),
  withdraw: (wave: string, body: string, what: 'connection' | 'connection-and-answers') =>
    answered(client.POST('/waves/{wave}/participations/{body}/withdrawal', {...at(wave, body), body: {what}})),
};

export const frameAddress = (wave: string, format: 'csv' | 'xlsx') => `/api/v1/waves/${wave}/frame?format=${format}&lang=${address.language}`;
