// The line below every explanation: enough to repeat it.
import type {Head} from '../api/explain';
import {whole} from '../texts/numbers';
import {t} from '../texts/texts';

export const sourceOf = (head: Head): string =>
  t('explain.source', {courses: whole(head.replications), seed: String(head.seed), model: head.model_version, catalogue: head.catalogue_version});
