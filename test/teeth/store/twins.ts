/**
 * Laws that need no truth at all: two lives that differ in what must not matter, and stores that must come to the same.
 * After the metamorphic relations of properties §2.2.
 */
import { bytes, duration, HintBatch, HintColumns, instant, later } from '../../../core/index.ts';
import type { StoreOperation, StoreScenario } from '../../../sim/conform/index.ts';
import { hintsIn, LivedStore } from './lived-store.ts';
import type { Step, StoreLife } from './step.ts';

/** A law of two lives. */
export interface TwinLaw {
  readonly id: string;
  readonly sentence: string;
  /** @param answers of the life as it is, each as {@link answerOf} says it */
  readonly holds: (life: StoreLife, answers: readonly string[]) => boolean;
}

const SHIFT = 1_000_003;
const SCALE = 3;

/** Every one of them. */
export const TWIN_LAWS: readonly TwinLaw[] = [
  {
    id: 'M1',
    sentence: 'A life that begins later is the same life, later.',
    holds: (life, answers) => isSame(answers, answersOf(life, { startsAt: SHIFT })),
  },
  {
    id: 'M2',
    sentence: 'It does not matter which peer has which number.',
    holds: (life, answers) => isSame(answers, answersOf(renumbered(life))),
  },
  {
    id: 'M4',
    sentence: 'With cap and sizes so many times as large, the same hints are accepted.',
    holds: (life, answers) => isSame(answers, answersOf(scaled(life))),
  },
  {
    id: 'M8',
    sentence: 'A sweep before all deadlines changes nothing.',
    holds: (life, answers) => isSame(answers, answersOf(life, { sweepsAtZero: true })),
  },
  { id: 'S17', sentence: 'A store that forgets holds nothing, and counts from 0 again.', holds: forgets },
  { id: 'S19', sentence: 'A store that is restored from what another holds goes on like it.', holds: restores },
];

interface Variation {
  readonly startsAt?: number;
  readonly sweepsAtZero?: boolean;
}

function answersOf(life: StoreLife, { startsAt = 0, sweepsAtZero = false }: Variation = {}): readonly string[] {
  const lived = new LivedStore(life, false);
  lived.clock.advanceTo(instant(startsAt));
  return life.scenario.operations.map((operation) => {
    if (sweepsAtZero) lived.columns.expireNow(instant(0));
    return answerOf(lived.do(operation));
  });
}

/** What the store answered, apart from names: a code or a count, and the references of hints in sorted order. */
export function answerOf({ answer, handedOut, expired, after }: Step): string {
  const out = handedOut.map(({ reference }) => reference).join();
  const due = expired.map(({ reference }) => reference).toSorted((a, b) => a - b);
  return `${answer} [${out}] [${due.join()}] ${after.stats.hintCount} ${after.stats.expiredTotal}`;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.every((answer, index) => other[index] === answer);
}

function mapped({ takes, scenario }: StoreLife, map: (operation: StoreOperation) => StoreOperation): StoreLife {
  return { takes, scenario: { ...scenario, operations: scenario.operations.map(map) } };
}

/** The peers in reverse, no higher than they were: tables are as long as the highest peer. */
function renumbered(life: StoreLife): StoreLife {
  const peers = life.scenario.operations.flatMap((operation) => ('peer' in operation ? [operation.peer] : []));
  const highest = Math.max(0, ...peers);
  return mapped(life, (operation) =>
    'peer' in operation ? { ...operation, peer: highest - operation.peer } : operation,
  );
}

/** Sizes of up to 2^32 - 1 bytes have no multiple, and stay as they are. */
function scaled(life: StoreLife): StoreLife {
  const { maxBytes, operations } = life.scenario;
  const isHuge = operations.some((operation) => operation.op === 'enqueue' && operation.bytes > 0x3fff_ffff);
  if (isHuge) return life;
  const scenario: StoreScenario = { maxBytes: maxBytes * SCALE, operations };
  return mapped({ takes: life.takes, scenario }, (operation) =>
    operation.op === 'enqueue' ? { ...operation, bytes: operation.bytes * SCALE } : operation,
  );
}

function forgets(life: StoreLife): boolean {
  const lived = livedOf(life);
  const held = lived.columns.totalLength();
  const dropped = new HintBatch();
  const count = lived.columns.clear(dropped);
  const { hintCount, bytes: heldBytes, expiredTotal, rejectedOverCapacityTotal } = lived.columns.stats();
  const sum = hintCount + heldBytes + expiredTotal + rejectedOverCapacityTotal;
  return count === held && dropped.length === held && sum === 0 && lived.columns.peersWithHints().length === 0;
}

/** The second store has the queues of the first; from here on both must expire and hand out alike. */
function restores(life: StoreLife): boolean {
  const { columns, clock } = livedOf(life);
  const heir = new HintColumns(clock, { maxBytes: bytes(life.scenario.maxBytes) });
  const peers = columns.peersWithHints();
  for (const peer of peers) {
    const waiting = new HintBatch();
    columns.copyInto(peer, waiting);
    for (let index = 0; index < waiting.length; index += 1) {
      heir.restore(peer, waiting.byteLengthAt(index), waiting.referenceAt(index), waiting.deadlineAt(index));
    }
  }
  if (heir.stats().bytes !== columns.stats().bytes) return false;
  const isAlike = (move: (store: HintColumns, out: HintBatch) => number): boolean => {
    const [one, other] = [new HintBatch(), new HintBatch()];
    return move(columns, one) === move(heir, other) && JSON.stringify(hintsIn(one)) === JSON.stringify(hintsIn(other));
  };
  if (!isAlike((store, out) => store.expireNow(clock.now(), out))) return false;
  clock.advanceTo(later(clock.now(), duration(3)));
  return peers.every((peer) => isAlike((store, out) => store.takeInto(peer, out)));
}

function livedOf(life: StoreLife): LivedStore {
  const lived = new LivedStore(life, false);
  for (const operation of life.scenario.operations) lived.do(operation);
  return lived;
}
