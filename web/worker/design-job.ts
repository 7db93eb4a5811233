/**
 * The run of one design of a comparison, in slices like any other. Only a run that records everything tells where two
 * designs part, so that is tried first; where it would be beyond the limits, the scenario's own level must do.
 */
import type { DesignRequest } from './protocol.ts';
import { RunJob, type ReadImport, type SliceResult } from './run-job.ts';

const LEVEL = 'record=';
const FULL = `${LEVEL}full`;

export class DesignJob {
  readonly #request: DesignRequest;
  readonly #readImport: ReadImport;
  #job: RunJob;
  /** A refusal may still be answered by recording less. */
  #mayRetreat: boolean;

  /** @param readImport text of a file that the scenario names; undefined: there is none of that name */
  constructor(request: DesignRequest, readImport: ReadImport = () => undefined) {
    this.#request = request;
    this.#readImport = readImport;
    this.#mayRetreat = !request.sets.some((set) => set.startsWith(LEVEL));
    this.#job = this.#begin(this.#mayRetreat ? [...request.sets, FULL] : request.sets);
  }

  /** Does the next slice. After `refused` or `done` the job is over. */
  slice(): SliceResult {
    const result = this.#job.slice();
    if (result.kind !== 'refused' || !this.#mayRetreat) return result;
    this.#mayRetreat = false;
    this.#job = this.#begin(this.#request.sets);
    return this.#job.slice();
  }

  #begin(sets: readonly string[]): RunJob {
    const { id, text, file } = this.#request;
    return new RunJob({ kind: 'run', id, text, file, sets: [...sets] }, this.#readImport);
  }
}
