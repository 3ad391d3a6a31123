// Which services a picture shows where there is no room for all.
import type {Catalogue} from '../api/client';

const each = 8;

/** The service whose return most people ask for first; a catalogue without it falls back to its first service. */
export const askedFirst = 'id-card';

/** The most urgent, and of the others those with the most cases; what is mere convenience waits. */
export function urgentAndFrequent(services: Catalogue['services']): Set<string> {
  const needed = services.filter((service) => service.service_class !== 'convenience');
  const urgent = needed.sort((a, b) => a.maximum_tolerable_outage_days.value - b.maximum_tolerable_outage_days.value).slice(0, each);
  const frequent = needed
    .filter((service) => service.kind === 'queue' && !urgent.includes(service))
    .sort((a, b) => b.demand_per_1000.value - a.demand_per_1000.value)
    .slice(0, each);
  return new Set([...urgent, ...frequent].map((service) => service.id));
}
