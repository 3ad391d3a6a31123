// What a forecast from answers takes for granted, in words.
import type {ForecastAssumption} from '../api/survey';
import {said, t} from './texts';

export const assumed = ({provider}: ForecastAssumption) =>
  provider ? t('effect.case-shared', {provider: said(provider.name), customers: provider.customers}) : t('effect.case-alone');

/** Whose IT is hit, by name. */
export const atWhose = (assumption: ForecastAssumption | undefined) => (assumption?.provider ? said(assumption.provider.name) : t('effect.own-it'));
