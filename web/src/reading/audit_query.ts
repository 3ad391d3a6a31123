// The filter of the audit trail as the program wants it: instants instead of days, nothing that is empty.
import type {AuditQuery} from '../api/accounts';
import {beginning, typedDate} from './typed_date';

interface Filter {
  from: string;
  until: string;
  person: string;
  action: string;
}

/** The last day counts in full. What is no date is no limit: the form says so before. */
export function auditQuery({from, until, person, action}: Filter, before: string): AuditQuery {
  const [first, last] = [typedDate(from), typedDate(until)];
  return {
    ...(before ? {before} : {}),
    ...(person ? {person} : {}),
    ...(action ? {action} : {}),
    ...(first ? {from: beginning(first)} : {}),
    ...(last ? {until: beginning(last, 1)} : {}),
  };
}
