/**
 * A story short enough to know every row of: b crashes, a takes it for Down and keeps a hint of a write that c applies,
 * b comes back, and a sweep delivers the hint. Microseconds.
 */
import { instant, peerIndex } from '../../core/index.ts';
import type { Trace } from '../../sim/trace/index.ts';
import { buildTrace, type TraceRows } from './trace-builder.ts';

/** The log of the story by what each row is, so that a test can name rows. */
export const ROW = {
  heard: 0,
  faultBegan: 1,
  crashed: 2,
  believedDown: 3,
  issued: 4,
  sentToA: 5,
  stored: 6,
  sentToC: 7,
  appliedAtA: 8,
  appliedAtC: 9,
  acked: 10,
  restarted: 11,
  heardAgain: 12,
  believedUp: 13,
  sweep: 14,
  shipped: 15,
  applied: 16,
} as const;

const ROWS = {
  level: 'full',
  endedAt: 100,
  faults: [
    {
      kind: 'crash',
      node: peerIndex(1),
      from: instant(10),
      until: instant(50),
      ...{ power: false, tornBytes: 0, cause: '' },
    },
  ],
  outages: [{ node: 'b', from: 10, until: 50 }],
  beliefs: [{ observer: 'a', peer: 'b', from: 30, until: 60 }],
  hints: [
    { holder: 'a', peer: 'b', write: 0, storedAt: 40, leftAt: 70, endedAt: 75, fate: 'delivered', deadline: 1_040 },
  ],
  writes: [
    {
      at: 40,
      coordinator: 'a',
      outcome: 'acked',
      resolvedAt: 43,
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 41 },
        { replica: 'b', route: 'hinted', appliedAt: 75, hint: 0 },
        { replica: 'c', route: 'direct', appliedAt: 42 },
      ],
    },
  ],
  log: [
    { at: 5, kind: 'heartbeat', node: 'a', peer: 'b' },
    { at: 10, kind: 'faultBegan', node: 'b', subject: 0 },
    { at: 10, kind: 'crashed', node: 'b' },
    { at: 30, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 40, kind: 'writeIssued', node: 'a', subject: 0 },
    { at: 40, kind: 'copySent', node: 'a', peer: 'a', subject: 0 },
    { at: 40, kind: 'hintStored', node: 'a', peer: 'b', subject: 0 },
    { at: 40, kind: 'copySent', node: 'a', peer: 'c', subject: 0 },
    { at: 41, kind: 'copyApplied', node: 'a', peer: 'a', subject: 0 },
    { at: 42, kind: 'copyApplied', node: 'c', peer: 'a', subject: 0 },
    { at: 43, kind: 'writeAcked', node: 'a', subject: 0 },
    { at: 50, kind: 'restarted', node: 'b' },
    { at: 60, kind: 'heartbeat', node: 'a', peer: 'b' },
    { at: 60, kind: 'believedUp', node: 'a', peer: 'b' },
    { at: 70, kind: 'sweep', node: 'a' },
    { at: 70, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
    { at: 75, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
  ],
} as const satisfies TraceRows;

/** The story, with some rows of it told otherwise. */
export function handStory(otherwise: TraceRows = {}): Trace {
  return buildTrace({ ...ROWS, ...otherwise });
}
