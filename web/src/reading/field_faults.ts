// Which field of a form a fault belongs to.

export interface FieldFault {
  /** Empty: of the form as a whole. */
  field: string;
  text: string;
}

interface Refusal {
  message: string;
  details: readonly string[];
  complaints: readonly {pointer: string; detail: string}[];
}

/** `/scope/0` belongs to the field `scope`; what belongs to no field of the form stands at its head. */
export function complaintsByField(refusal: Refusal, fields: readonly string[]): FieldFault[] {
  const placed = refusal.complaints.map(({pointer, detail}) => {
    const field = pointer.split('/').filter((word) => word && !['body', 'query', 'path'].includes(word))[0] ?? '';
    return fields.includes(field) ? {field, text: detail} : {field: '', text: `${refusal.message}: ${detail}`};
  });
  return placed.length ? placed : [{field: '', text: [refusal.message, ...refusal.details].join(' ')}];
}

/** Faults for the fields that are empty. */
export const missing = (wanted: readonly {field: string; value: string; text: string}[]): FieldFault[] =>
  wanted.filter(({value}) => !value.trim()).map(({field, text}) => ({field, text}));
