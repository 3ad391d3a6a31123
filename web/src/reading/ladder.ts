// What a service waits for, as rows in the order of restoration with arcs between what waits for each other.
import type {Dependencies} from '../api/explain';

export type Depended = Dependencies['resources'][number];

export interface Rung {
  resource: Depended;
  /** Without it the service does not return. */
  alone: boolean;
  /** The service names it itself. */
  direct: boolean;
}

export interface Ladder {
  rungs: Rung[];
  /** From what waits (row, the service is the row after the last) to what it waits for. */
  arcs: [from: number, to: number][];
}

export function ladderOf(all: Dependencies, service: string): Ladder {
  const found = all.services.find((one) => one.id === service);
  if (!found) return {rungs: [], arcs: []};
  const known = new Map(all.resources.map((one) => [one.id, one]));
  const order: string[] = [];
  const begun = new Set<string>();
  // What is waited for stands above: depth first, names in their order. A ring of waiting ends where it began.
  const visit = (id: string) => {
    if (begun.has(id)) return;
    begun.add(id);
    for (const before of known.get(id)?.waits_for ?? []) visit(before);
    if (known.has(id)) order.push(id);
  };
  found.needs.forEach(visit);
  const row = new Map(order.map((id, place) => [id, place]));
  const arcs: [number, number][] = order.flatMap((id, place) =>
    known.get(id)!.waits_for.flatMap((before) => (row.has(before) ? [[place, row.get(before)!] as [number, number]] : [])),
  );
  return {
    rungs: order.map((id) => ({resource: known.get(id)!, alone: found.alone.includes(id), direct: found.needs.includes(id)})),
    arcs: [...arcs, ...found.needs.flatMap((id) => (row.has(id) ? [[order.length, row.get(id)!] as [number, number]] : []))],
  };
}
