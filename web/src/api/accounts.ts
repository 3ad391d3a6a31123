// Accounts, sharing, audit and operation, with the types of api/accounts.yaml.
import createClient from 'openapi-fetch';
import type {components, paths} from '../generated/accounts';
import {answered, door} from './door';

type Schemas = components['schemas'];
export type AuditEntry = Schemas['Audit']['entries'][number];
export type AuditVerification = Schemas['AuditVerification'];
export type Backups = Schemas['Backups'];
export type GivenLink = Schemas['GivenLink'];
export type Invitation = Schemas['Invitations']['invitations'][number];
export type Link = Schemas['Link'];
export type LinkUse = Schemas['LinkUse'];
export type Membership = Schemas['Membership'];
export type NewInvitation = Schemas['NewInvitation'];
export type NewOrganisation = Schemas['NewOrganisation'];
export type NewToken = Schemas['NewToken'];
export type Organisation = Schemas['Organisation'];
export type OrganisationKind = Schemas['OrganisationKind'];
export type OwnSession = Schemas['OwnSessions']['sessions'][number];
export type Person = Schemas['PersonRow'];
export type RetentionRule = Schemas['Retention']['rules'][number];
export type Role = Schemas['Role'];
export type SecondFactor = Schemas['SecondFactor'];
export type Session = Schemas['Session'];
export type Setting = Schemas['Settings']['settings'][number];
export type Shareable = Schemas['Shareable'];
export type Sharing = Schemas['Sharing'];
export type SignIn = Schemas['SignIn'];
export type Token = Schemas['Tokens']['tokens'][number];

const client = createClient<paths>({baseUrl: '/api/v1'});
client.use(door);

const at = <T extends object>(path: T) => ({params: {path}});
const role = (person: string, one: Pick<Membership, 'role' | 'organisation'>) => ({
  params: {path: {person, role: one.role}, query: one.organisation === null ? {} : {organisation: one.organisation}},
});

export interface AuditQuery {
  before?: string;
  person?: string;
  action?: string;
  from?: string;
  until?: string;
  limit?: number;
}

export const accounts = {
  session: (signal?: AbortSignal) => answered(client.GET('/session', signal ? {signal} : {})),
  signIn: (body: SignIn) => answered(client.POST('/session', {body})),
  signOut: () => answered(client.DELETE('/session')),
  renew: () => answered(client.POST('/session/renewal')),
  lookAt: (secret: string) => answered(client.POST('/links/look', {body: {secret}})),
  useLink: (body: LinkUse) => answered(client.POST('/links/use', {body})),

  changePassword: (body: Schemas['PasswordChange']) => answered(client.PUT('/account/password', {body})),
  beginSecondFactor: (password: string) => answered(client.POST('/account/second-factor', {body: {password}})),
  confirmSecondFactor: (code: string) => answered(client.PUT('/account/second-factor', {body: {code}})),
  removeSecondFactor: (password: string) => answered(client.POST('/account/second-factor/removal', {body: {password}})),
  renewRecoveryCodes: (password: string) => answered(client.POST('/account/recovery-codes', {body: {password}})),
  sessions: () => answered(client.GET('/account/sessions')),
  endSession: (session: string) => answered(client.DELETE('/account/sessions/{session}', at({session}))),
  tokens: () => answered(client.GET('/account/tokens')),
  addToken: (body: NewToken) => answered(client.POST('/account/tokens', {body})),
  removeToken: (token: string) => answered(client.DELETE('/account/tokens/{token}', at({token}))),

  organisations: () => answered(client.GET('/organisations')),
  addOrganisation: (body: NewOrganisation) => answered(client.POST('/organisations', {body})),
  addMember: (organisation: string, member: string) =>
    answered(client.PUT('/organisations/{organisation}/members/{member}', at({organisation, member}))),
  removeMember: (organisation: string, member: string) =>
    answered(client.DELETE('/organisations/{organisation}/members/{member}', at({organisation, member}))),
  sharing: (organisation: string) => answered(client.GET('/organisations/{organisation}/sharing', at({organisation}))),
  share: (organisation: string, what: Shareable, partner: string) =>
    answered(client.PUT('/organisations/{organisation}/sharing/{what}/{with}', at({organisation, what, with: partner}))),
  withdraw: (organisation: string, what: Shareable, partner: string) =>
    answered(client.DELETE('/organisations/{organisation}/sharing/{what}/{with}', at({organisation, what, with: partner}))),

  people: () => answered(client.GET('/people')),
  person: (person: string) => answered(client.GET('/people/{person}', at({person}))),
  invitations: () => answered(client.GET('/people/invitations')),
  invite: (body: NewInvitation) => answered(client.POST('/people/invitations', {body})),
  withdrawInvitation: (invitation: string) => answered(client.DELETE('/people/invitations/{invitation}', at({invitation}))),
  grant: (person: string, one: Pick<Membership, 'role' | 'organisation'>) =>
    answered(client.PUT('/people/{person}/roles/{role}', role(person, one))),
  withdrawRole: (person: string, one: Pick<Membership, 'role' | 'organisation'>) =>
    answered(client.DELETE('/people/{person}/roles/{role}', role(person, one))),
  resetPassword: (person: string) => answered(client.POST('/people/{person}/password-reset', at({person}))),
  resetSecondFactor: (person: string) => answered(client.DELETE('/people/{person}/second-factor', at({person}))),
  disable: (person: string) => answered(client.POST('/people/{person}/disabling', at({person}))),
  enable: (person: string) => answered(client.POST('/people/{person}/enabling', at({person}))),
  erase: (person: string, login: string) => answered(client.POST('/people/{person}/erasure', {...at({person}), body: {login}})),

  audit: (query: AuditQuery) => answered(client.GET('/audit', {params: {query}})),
  verifyAudit: () => answered(client.GET('/audit/verification')),
  settings: () => answered(client.GET('/settings')),
  retention: () => answered(client.GET('/retention')),
  runRetention: () => answered(client.POST('/retention/run')),
  backups: () => answered(client.GET('/backups')),
};

export const ownDataAddress = '/api/v1/account/personal-data';
export const personalDataAddress = (person: string) => `/api/v1/people/${person}/personal-data`;
export const auditFileAddress = (format: 'csv' | 'jsonl') => `/api/v1/audit/export?format=${format}`;
