// Which services a picture shows where there is no room for all: the most urgent and the most frequent.
import type {Catalogue} from '../api/client';

const each = 8;

export function urgentAndFrequent(services: Catalogue['services']): Set<string> {
  const urgent = [...services].sort((a, b) => a.maximum_tolerable_outage_days.value - b.maximum_tolerable_outage_days.value);
  const frequent = [...services].sort((a, b) => b.demand_per_1000.value - a.demand_per_1000.value);
  return new Set([...urgent.slice(0, each), ...frequent.slice(0, each)].map((service) => service.id));
}
