// What the answers of one topic do to the forecast, computed anew whenever one was saved.
import {survey, type AnswerEffect, type ForecastAssumption, type ResponseEffects} from './api/survey';

export class Effects {
  #found: ResponseEffects | undefined = $state.raw();
  #asked = 0;

  constructor(readonly response: string, readonly topic: string) {}

  get courses() {
    return this.#found?.replications ?? 0;
  }
  of(question: string): AnswerEffect | undefined {
    return this.#found?.effects.find((effect) => effect.question === question);
  }

  /** What an answer that moves nothing would move, were it the provider's. */
  notOwn(question: string) {
    return this.#found?.assumption.not_own.find((one) => one.question === question);
  }
  get assumption(): ForecastAssumption | undefined {
    return this.#found?.assumption;
  }

  /** Without a network, or without the right to see it, the questions stand without their effects. */
  async load() {
    const asked = ++this.#asked;
    const found = await survey.effects(this.response, this.topic).catch(() => undefined);
    if (asked === this.#asked) this.#found = found;
  }
}
