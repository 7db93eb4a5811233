/**
 * What live state weighs, for the limit on memory: an estimate, but one that is within a tenth of the bytes of its columns.
 */
import { describe, expect, it } from 'vitest';
import { instant, seconds } from '../../../core/index.ts';
import { HintRegistry } from '../../../sim/cluster/hint-registry.ts';
import { Messages } from '../../../sim/cluster/messages.ts';
import { Requests } from '../../../sim/cluster/requests.ts';
import { Wakes } from '../../../sim/cluster/wakes.ts';
import { KeyTable } from '../../../sim/engine/key-table.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';
import { sessionRig } from '../../support/session-rig.ts';

/** The chain of free rows, which a pool keeps to itself: an integer of four bytes a row. */
const FREE_CHAIN = 4;
/** What a hint takes in the columns of its store, beside its row here. */
const IN_STORE = 16;
/** The columns of hints have so many rows to begin with. */
const FIRST_ROWS = 1_024;

/** Bytes of the columns that a pool shows. */
function columnsOf(pool: object): number {
  return Object.values(pool).reduce(
    (sum: number, column: unknown) => (ArrayBuffer.isView(column) ? sum + column.byteLength : sum),
    0,
  );
}

function expectAbout(weight: number, bytes: number): void {
  expect(Math.abs(weight - bytes)).toBeLessThanOrEqual(bytes / 10);
}

describe('a pool weighs what its columns do, at first and when they have grown', () => {
  it('of messages', () => {
    const messages = new Messages(2);
    for (let row = 0; row < 5_000; row++) {
      messages.take(0, 0, 1, row, 0);
      if (row % 4_999 === 0) expectAbout(messages.weight, columnsOf(messages));
    }
  });

  it('of requests', () => {
    const requests = new Requests();
    for (let row = 0; row < 5_000; row++) {
      requests.take(0, row, 0, 0, instant(0));
      if (row % 4_999 === 0) expectAbout(requests.weight, columnsOf(requests) + requests.id.length * FREE_CHAIN);
    }
  });

  it('of hints', () => {
    const registry = new HintRegistry();
    for (let row = 0; row < 5_000; row++) {
      registry.take(0, 1, row, 0, 10);
      const beside = registry.id.length * (FREE_CHAIN + IN_STORE);
      if (row % 4_999 === 0) expectAbout(registry.weight, columnsOf(registry) + beside);
    }
  });

  it('of clients that wait', () => {
    const wakes = new Wakes();
    for (let row = 0; row < 5_000; row++) {
      wakes.take(0, 0, row);
      if (row % 4_999 === 0) expectAbout(wakes.weight, columnsOf(wakes) + wakes.generation.length * FREE_CHAIN);
    }
  });
});

describe('a pool uses again what was given back, however many rows that is, and weighs as much as before', () => {
  const ROWS = 5_000;

  /** Takes so many rows, gives all of them back, and takes as many again. */
  function expectToBeUsedAgain(
    pool: { readonly weight: number },
    take: () => number,
    free: (row: number) => void,
  ): void {
    const taken = Array.from({ length: ROWS }, take);
    const { weight } = pool;
    taken.forEach(free);
    const again = Array.from({ length: ROWS }, take);
    expect(pool.weight).toBe(weight);
    expect(new Set(again)).toEqual(new Set(taken));
  }

  it('of messages', () => {
    const messages = new Messages(2);
    expectToBeUsedAgain(
      messages,
      () => messages.take(0, 0, 1, 0, 0),
      (row) => messages.free(row),
    );
  });

  it('of requests', () => {
    const requests = new Requests();
    expectToBeUsedAgain(
      requests,
      () => requests.take(0, 0, 0, 0, instant(0)),
      (row) => requests.free(row),
    );
  });

  it('of hints', () => {
    const registry = new HintRegistry();
    expectToBeUsedAgain(
      registry,
      () => registry.take(0, 1, 0, 0, 10),
      (row) => registry.free(row),
    );
  });

  it('of clients that wait', () => {
    const wakes = new Wakes();
    expectToBeUsedAgain(
      wakes,
      () => wakes.take(0, 0, 0),
      (row) => wakes.free(row, wakes.generation[row] ?? 0),
    );
  });
});

describe('a table of keys weighs what it holds', () => {
  it('four bytes a key where keys are few, and two words a slot where they are many', () => {
    const few = new KeyTable(1_000);
    few.set(7, 1);
    expectAbout(few.weight, 4_000);
    const many = new KeyTable(1_000_000_000);
    for (let key = 0; key < 3_000; key++) many.set(key * 1_001, 1);
    expect(many.weight).toBeGreaterThanOrEqual(3_000 * 8);
    expect(many.weight).toBeLessThanOrEqual(3_000 * 8 * 4);
  });
});

describe('handoff weighs its hints', () => {
  const weightOf = (rig: HandoffRig): number => {
    rig.runTo(SECOND);
    return rig.handoff.weight;
  };

  it('and on a disk when each was written, and by which clock', () => {
    const inMemory = weightOf(new HandoffRig());
    const onDisk = weightOf(new HandoffRig({ disk: { durability: 'written' } }));
    expectAbout(onDisk - inMemory, FIRST_ROWS * (8 + 8));
  });

  it('and with acknowledgements when each was sent, in which session, and whether it is acknowledged', () => {
    const inMemory = weightOf(new HandoffRig());
    expectAbout(weightOf(sessionRig()) - inMemory, FIRST_ROWS * (8 + 4 + 1));
  });

  it.each([
    ['none', [1, 2]], // a look drops what is due for a peer that is Down
    ['each', [1]],
  ] as const)('and not those that are over, be they delivered or expired (acknowledged: %s)', (ack, peers) => {
    const rig = new HandoffRig({ hints: { ttl: seconds(100) }, drain: { ack, interval: seconds(1), concurrency: 4 } });
    const before = weightOf(rig);
    rig.believe(0, 2, 'Down');
    const rounds = FIRST_ROWS + 1;
    for (let round = 1; round <= rounds; round++) {
      for (const peer of peers) rig.keep(0, peer, { key: round % 900 });
      rig.runTo((round + 1) * SECOND);
    }
    rig.runTo((rounds + 200) * SECOND);
    const expired = peers.length === 2 ? rounds : 0;
    expect(rig.recorder.finish().totals.hints).toMatchObject({ delivered: rounds, expired, pending: 0 });
    expect(rig.handoff.weight).toBe(before);
  });

  it('and those that a newer one may replace by their keys', () => {
    const rig = sessionRig({}, { hints: { coalesce: true } });
    rig.believe(0, 1, 'Down');
    const before = rig.handoff.weight;
    for (let key = 0; key < 100; key++) rig.keep(0, 1, { key });
    // An entry of a map takes some 40 bytes in engines today.
    expect(rig.handoff.weight - before).toBe(100 * 40);
  });
});
