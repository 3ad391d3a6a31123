// The states of a service: order from best to worst, and the drawing of each sign in a field of 20 × 20.
import type {ModeKind, Stretch} from '../api/client';

export type State = ModeKind | 'unknown';

export const modes: readonly ModeKind[] = ['normal', 'basic-operation', 'neighbour', 'paper', 'down'];

/** Strokes and filled shapes of each sign. */
export const signs: Record<State, {stroke: string; fill?: string; dashed?: true}> = {
  normal: {stroke: 'M3.5 10.5l4.2 4.2 8.8-9.4'},
  'basic-operation': {stroke: 'M3 10a7 7 0 1 0 14 0a7 7 0 1 0-14 0z', fill: 'M3 10a7 7 0 0 0 14 0z'},
  neighbour: {stroke: 'M3 6.8h13M12.6 3.2L16.2 6.8l-3.6 3.6M17 13.6H4M7.4 10L3.8 13.6l3.6 3.6'},
  paper: {stroke: 'M4.8 2.2h7l3.6 3.6v12H4.8zM8 9h4.4M8 13h4.4'},
  down: {stroke: 'M4.5 4.5l11 11M15.5 4.5l-11 11'},
  unknown: {stroke: 'M6.5 7.2a3.6 3.6 0 1 1 5 3.6c-1 .5-1.5 1.1-1.5 2.2M10 16.4v.2'},
};

/** The state on a day; unknown before the first stretch. */
export function stateOn(typical: readonly Stretch[], day: number): State {
  let state: State = 'unknown';
  for (const stretch of typical) {
    if (stretch.from_day > day) break;
    state = stretch.mode;
  }
  return state;
}

/** Stretches with their ends, none of no length. */
export function pieces(typical: readonly Stretch[], horizon: number): {from: number; to: number; mode: ModeKind}[] {
  return typical
    .map((stretch, i) => ({
      from: Math.min(stretch.from_day, horizon),
      to: Math.min(typical[i + 1]?.from_day ?? horizon, horizon),
      mode: stretch.mode,
    }))
    .filter((piece) => piece.to > piece.from);
}
