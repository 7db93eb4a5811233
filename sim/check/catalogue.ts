/**
 * The catalogue: every property, in the order of its source, each with its twin, and those of the sources that this
 * model has no use for.
 */
import { I1 } from './properties/survival.ts';
import { I2 } from './properties/convergence.ts';
import { I3 } from './properties/hint-order.ts';
import { C10, I4 } from './properties/accounting.ts';
import { I5, I8 } from './properties/cap.ts';
import { I6 } from './properties/real-copies.ts';
import { I7, L3 } from './properties/progress.ts';
import { I9 } from './properties/displacement.ts';
import { C11, C15, I10 } from './properties/durability.ts';
import { C5, I11 } from './properties/destination.ts';
import { I12 } from './properties/reply-shape.ts';
import { C1, C3, C4 } from './properties/versions.ts';
import { C2 } from './properties/explained-loss.ts';
import { C6 } from './properties/hint-attempts.ts';
import { C7, L5 } from './properties/sessions.ts';
import { C8 } from './properties/hint-window.ts';
import { C9 } from './properties/fault-free.ts';
import { C12, C12_STALE } from './properties/stale-reads.ts';
import { L1, L2, L8 } from './properties/after-heal.ts';
import type { Property } from './property.ts';
import { twinOf } from './twin.ts';

const INVARIANTS: readonly Property[] = [I1, I2, I3, I4, I5, I6, I7, I8, I9, I10, I11, I12];
const SAFETY: readonly Property[] = [C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C15];
const LIVENESS: readonly Property[] = [L1, L2, L3, L5, L8];

/** Every property that a run is checked for; each is followed by its `sometimes` twin. */
export const PROPERTIES: readonly Property[] = [...INVARIANTS, ...SAFETY, ...LIVENESS].flatMap((property) =>
  property === C12 ? [C12, twinOf(C12), C12_STALE] : [property, twinOf(property)],
);

/** A property of the sources that is not in the catalogue. */
export interface NotApplicable {
  readonly id: string;
  /** Why, in one sentence. */
  readonly reason: string;
}

/** Those of handoff-systems §9 and properties §2.3 and §2.4 that the model has no use for. */
export const NOT_APPLICABLE: readonly NotApplicable[] = [
  {
    id: 'C13',
    reason: 'Sessions of clients: no preset promises any, and a trace does not say which client sent a request.',
  },
  {
    id: 'C14',
    reason:
      'A valid set history: its lost elements are those of C2, its stale ones those of C12, and how soon writes are visible is among the statistics.',
  },
  { id: 'C16', reason: 'The signal that handoff is done: no node of the model gives one.' },
  {
    id: 'L4',
    reason:
      'A hint that always fails: a delivery fails for the state of its peer or link, and so for all hints of a queue alike.',
  },
  {
    id: 'L6',
    reason: 'Quiescence of the event queue: a matter of the engine, which a trace does not show.',
  },
  {
    id: 'L7',
    reason:
      'Unlimited faults: a mode of running and no property; where a fault lasts to the end, L1, L2 and L8 are not exercised.',
  },
];
