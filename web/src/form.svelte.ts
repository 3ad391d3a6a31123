// A form on its way: what is wrong with which field, and that it is being sent. Nothing that was typed is ever cleared here.
import {complaintsByField, type FieldFault} from './reading/field_faults';
import {Problem, wordsOf} from './api/door';

export class Form {
  busy = $state(false);
  faults: FieldFault[] = $state.raw([]);

  constructor(readonly fields: readonly string[]) {}

  of(field: string): string {
    return this.faults.find((fault) => fault.field === field)?.text ?? '';
  }

  /** Sends if the page itself finds no fault. True if it was done. */
  async send(found: FieldFault[], work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.faults = found;
    if (found.length) return false;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (caught) {
      this.faults = caught instanceof Problem ? complaintsByField(caught, this.fields) : [{field: '', text: wordsOf(caught)}];
      return false;
    } finally {
      this.busy = false;
    }
  }
}
