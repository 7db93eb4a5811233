/**
 * Blame: which axis it is that makes a design part from the base. The base is run again with one axis at a time as the
 * other design has it; where that alone parts from the base at the same point and in the same way, the axis is the cause.
 * An experiment rather than a guess, which is fair because requests and luck are the same in every run.
 */
import type { Divergence } from '../../sim/trace/index.ts';
import type { DesignReply, DesignTask } from '../worker/design-runner.ts';
import type { DifferingAxis } from './divergences.ts';

/** How far the experiment is. */
export type BlameStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'trying'; readonly design: number; readonly done: number; readonly of: number }
  | { readonly kind: 'found'; readonly design: number; readonly axis: DifferingAxis }
  /** No axis does it alone: it takes several together. */
  | { readonly kind: 'several'; readonly design: number };

/** What is to be explained. */
export interface BlameCase {
  /** The design that parts from the base. */
  readonly design: number;
  readonly divergence: Divergence;
  readonly axes: readonly DifferingAxis[];
  /** The base, as it is run. */
  readonly base: Pick<DesignTask, 'text' | 'file' | 'sets'>;
}

const IDLE: BlameStatus = { kind: 'idle' };

export class Blame {
  #status = $state.raw<BlameStatus>(IDLE);
  #case: BlameCase | undefined;

  get status(): BlameStatus {
    return this.#status;
  }

  /** Begins an experiment: the runs to make. Their designs are negative, so that they are no one else's. */
  begin(given: BlameCase): readonly DesignTask[] {
    const { design, axes, base } = given;
    this.#case = given;
    this.#status = { kind: 'trying', design, done: 0, of: axes.length };
    return axes.map(({ path, other }, place) => ({
      ...base,
      design: -1 - place,
      sets: [...base.sets, `${path}=${other}`],
      role: 'trial',
    }));
  }

  /** Gives the experiment up, and forgets what it found. */
  drop(): void {
    this.#case = undefined;
    this.#status = IDLE;
  }

  /** Takes the answer to one of its runs; true: the cause is found, and the rest need not run. */
  receive(trial: number, reply: DesignReply): boolean {
    const asked = this.#case;
    if (!asked || this.#status.kind !== 'trying' || reply.kind === 'progress') return false;
    const axis = asked.axes[-1 - trial];
    if (axis && reply.kind === 'tried' && reply.divergence && isSame(reply.divergence, asked.divergence)) {
      this.#status = { kind: 'found', design: asked.design, axis };
      return true;
    }
    const done = this.#status.done + 1;
    const { design } = asked;
    this.#status = done === asked.axes.length ? { kind: 'several', design } : { ...this.#status, done };
    return false;
  }
}

/** The same thing happened to the same request at the same time. */
function isSame(a: Divergence, b: Divergence): boolean {
  return (
    a.at === b.at &&
    a.kind === b.kind &&
    a.subject.kind === b.subject.kind &&
    a.subject.id === b.subject.id &&
    a.other.at === b.other.at &&
    a.other.text === b.other.text
  );
}
