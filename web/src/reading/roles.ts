// Which roles make sense where. Only an offer: the program decides.
import type {OrganisationKind, Role} from '../api/accounts';

const offered: Record<OrganisationKind | 'installation', Role[]> = {
  installation: ['installation-administrator', 'auditor', 'researcher'],
  municipality: ['organisation-administrator', 'editor', 'contributor', 'viewer', 'auditor'],
  district: ['organisation-administrator', 'editor', 'contributor', 'viewer', 'auditor'],
  provider: ['organisation-administrator', 'editor', 'contributor', 'viewer', 'auditor'],
  'coordination-office': ['organisation-administrator', 'coordinator', 'editor', 'viewer', 'auditor'],
  'survey-owner': ['organisation-administrator', 'researcher', 'viewer', 'auditor'],
};

export const rolesIn = (kind: OrganisationKind | 'installation'): Role[] => offered[kind];

export const organisationKinds: OrganisationKind[] = ['municipality', 'district', 'provider', 'coordination-office', 'survey-owner'];
export const shareables = ['profile', 'answers', 'service-status', 'aid-profile', 'forecasts'] as const;
