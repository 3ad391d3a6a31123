// What the program finds wrong in a filled form, with sheet and cell.
import type {Problem} from '../api/door';

export interface FormFault {
  sheet: string;
  cell: string;
  text: string;
}

/** The program tells a place as `/sheet/cell`; what is wrong with the file as a whole has none. */
export function faultsOfForm(problem: Problem): FormFault[] {
  const told = problem.complaints.map(({pointer, detail}) => {
    const [, sheet = '', cell = ''] = /^\/(.+)\/([A-Z]+[0-9]+)$/.exec(pointer) ?? [];
    return {sheet, cell, text: detail};
  });
  return told.length ? told : [{sheet: '', cell: '', text: [problem.message, ...problem.details].join(' ')}];
}
