/**
 * The fields of a fault that its form shows, in the order and with the words of the file format.
 */
import { MOMENTARY, type FaultKey } from './fault-entry.ts';

/** A field of the form. */
export interface FaultField {
  readonly key: string;
  /** What stands in it, or what would be typed. */
  readonly example: string;
}

const TIMES: readonly FaultField[] = [
  { key: 'at', example: '1m 30s' },
  { key: 'for', example: '5m; empty: for ever' },
  { key: 'until', example: 'instead of for' },
];
const AGAIN: readonly FaultField[] = [
  { key: 'every', example: '30s' },
  { key: 'times', example: '6' },
];
const OWN: Partial<Record<FaultKey, readonly FaultField[]>> = {
  crash: [
    { key: 'power', example: 'true: unsynced hints are gone' },
    { key: 'torn', example: '20B' },
  ],
  slow: [{ key: 'factor', example: '10' }],
  partition: [{ key: 'oneWay', example: 'true' }],
  loss: [
    { key: 'from', example: '[a]; empty: all' },
    { key: 'to', example: '[b]; empty: all' },
  ],
  clock: [{ key: 'step', example: '-5s' }],
  reindex: [{ key: 'order', example: '[a, c, b]' }],
  flap: [
    { key: 'up', example: '10s' },
    { key: 'down', example: '20s' },
    { key: 'what', example: 'crash or stall' },
  ],
};

/** The fields of a kind: what it breaks first, its times, then the rest. */
export function fieldsOf(kind: FaultKey): readonly FaultField[] {
  const own = OWN[kind === 'restart' ? 'crash' : kind] ?? [];
  const times = MOMENTARY.has(kind) ? TIMES.slice(0, 1) : TIMES;
  const again = MOMENTARY.has(kind) || kind === 'flap' ? [] : AGAIN;
  return [
    { key: kind, example: kind === 'loss' ? '10%' : 'a node' },
    ...times,
    ...own,
    ...again,
    { key: 'cause', example: 'why, for reports' },
  ];
}
