/**
 * What a test knows of the hints that it has put into a store: the truth that the store's own answers are held against.
 */
import { ACCEPTED } from '../../../core/index.ts';
import type { Step } from './step.ts';

/** A hint as it was put in. */
export interface Issued {
  readonly peer: number;
  readonly byteLength: number;
  /** The time of the enqueue plus the ttl, no later than the end of time. */
  readonly deadline: number;
}

/** Everything ever put in, by reference. References rise, so they tell the order. */
export class Books {
  readonly issued = new Map<number, Issued>();
  /** By peer: the reference handed out last. */
  readonly lastOut = new Map<number, number>();

  /** The number of the next hint: its reference. */
  get nextReference(): number {
    return this.issued.size + 1;
  }

  /** What that hint was when it was put in; of a reference that never was, nothing that any law allows. */
  truthOf(reference: number): Issued {
    return this.issued.get(reference) ?? { peer: -1, byteLength: NaN, deadline: NaN };
  }

  /** Payload bytes, as they were put in, of hints that the store tells of. */
  bytesOf(hints: readonly { readonly reference: number }[]): number {
    let sum = 0;
    for (const { reference } of hints) sum += this.truthOf(reference).byteLength;
    return sum;
  }

  /** An enqueue is about to happen. */
  offer(peer: number, byteLength: number, deadline: number): number {
    const reference = this.nextReference;
    this.issued.set(reference, { peer, byteLength, deadline });
    return reference;
  }

  /** A step has been judged. */
  close({ operation, handedOut }: Step): void {
    const last = handedOut.at(-1);
    if (operation.op === 'takeFor' && last !== undefined) this.lastOut.set(operation.peer, last.reference);
  }
}

/** Whether the step put a hint in. */
export function isAccepted({ operation, answer }: Step): boolean {
  return operation.op === 'enqueue' && answer === ACCEPTED;
}
