/**
 * Collects what a check comes across: how often the situation came up, how often it went wrong, and the first time.
 * Violations may be told in any order; only what is the earliest so far is put into words.
 */
import { formatCount } from '../trace/index.ts';
import type { Finding, Violation } from './finding.ts';

/** The cases of one property in one run. */
export class Cases {
  #cases = 0;
  #violations = 0;
  #first: Violation | undefined;

  /** The situation came up. */
  came(times = 1): void {
    this.#cases += times;
  }

  /** It went wrong at an instant. @param tell called only if this is the earliest so far */
  failed(at: number, tell: () => Omit<Violation, 'at'>): void {
    this.#violations++;
    if (this.#first === undefined || at < this.#first.at) this.#first = { at, ...tell() };
  }

  /**
   * The verdict.
   *
   * @param looked what the cases are, in the plural: `hints that left a store`
   * @param otherwise why there may have been none
   */
  finding(looked: string, otherwise: string): Finding {
    const [cases, violations, first] = [this.#cases, this.#violations, this.#first];
    if (first !== undefined) return { verdict: 'violated', cases, violations, first, detail: first.detail };
    if (cases === 0) return notExercised(otherwise);
    return { verdict: 'holds', cases, violations, first, detail: `checked: ${formatCount(cases)} ${looked}` };
  }
}

/** The finding where the situation did not come up. @param why in one sentence */
export function notExercised(why: string): Finding {
  return { verdict: 'notExercised', cases: 0, violations: 0, first: undefined, detail: why };
}
