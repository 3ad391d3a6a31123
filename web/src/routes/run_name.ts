// What a run can replay, and how it is called on every page: by the incident it replays, else by scenario and region.
import type {Catalogue, Run} from '../api/client';
import {said, t} from '../texts/texts';

/** Incidents whose scenario and region the catalogue knows; the register also holds others, as history only. */
export const replayable = (catalogue: Catalogue | undefined): Catalogue['incidents'] =>
  (catalogue?.incidents ?? []).filter((incident) => incident.scenario && catalogue?.regions.some((region) => region.id === incident.region));

export function nameOf(run: Pick<Run, 'incident' | 'scenario' | 'scenario_name' | 'region'>, catalogue: Catalogue | undefined): string {
  const incident = catalogue?.incidents.find((one) => one.id === run.incident);
  if (incident) return t('run.replay', {name: said(incident.name)});
  const scenario = run.scenario_name ?? catalogue?.scenarios.find((one) => one.id === run.scenario)?.name;
  const region = [...(catalogue?.regions ?? []), ...(catalogue?.germany ? [catalogue.germany] : [])].find((one) => one.id === run.region);
  return t('run.assumed', {scenario: scenario ? said(scenario) : run.scenario, region: region ? said(region.name) : run.region});
}
