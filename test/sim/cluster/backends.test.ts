/**
 * Backends: what is served when, what is refused, and what a crash, a stall or a replacement leaves.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, instant, peerIndex, seconds } from '../../../core/index.ts';
import { Backends } from '../../../sim/cluster/backends.ts';
import { ARRIVAL, Kernel, SERVICE_DONE } from '../../../sim/cluster/kernel.ts';
import { ERROR, HINT, INTEGER, KEEP, Messages, OK, READ, REPAIR, WRITE } from '../../../sim/cluster/messages.ts';
import { Versions } from '../../../sim/cluster/versions.ts';
import { DELETE, INCREMENT, SET } from '../../../sim/scenario/model/workload.ts';
import type { ConflictRule, ServicePolicy } from '../../../sim/scenario/model/policy.ts';
import { ServiceMeter } from '../../../sim/trace/service-meter.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { BARE_POLICY, bareScenario } from '../../support/bare-scenario.ts';
import { Reach } from '../../support/reach.ts';

const SECOND = 1_000_000;
const EVERY_SECOND = { time: { kind: 'constant', value: SECOND } } as const;
const A = 0;
const B = 1;
const K = 0;

/** A piece of what a bench saw: at which second what became of which write. */
type Fate = readonly [number, 'executed' | 'refused' | 'late' | 'died', number];

/** Three backends on a bench: messages are put in front of them by hand, and what comes out is written down. */
class Bench {
  readonly kernel = new Kernel(1);
  readonly messages = new Messages(1);
  readonly meters = [0, 1, 2].map(() => new ServiceMeter(instant(0)));
  readonly versions: Versions;
  readonly backends: Backends;
  readonly fates: Fate[] = [];
  /** What happens in the very moment that a write is executed. */
  echo: (write: number) => void = () => undefined;
  readonly #steps: (() => void)[] = [];

  constructor(service: Partial<ServicePolicy> = {}, conflict: ConflictRule = 'arrival') {
    const policy = {
      ...BARE_POLICY,
      receiver: { ...BARE_POLICY.receiver, conflict },
      service: { ...BARE_POLICY.service, ...service },
    };
    const script = { at: instant(0), key: K, bytes: bytes(1), coordinator: peerIndex(A), level: undefined } as const;
    const scenario = bareScenario({ policy, requests: [{ ...script, operation: 'delete' }] });
    this.versions = new Versions(scenario);
    const world = { kernel: this.kernel, messages: this.messages, recorder: this, versions: this.versions };
    this.backends = new Backends(world, scenario, {
      executed: (message) => {
        this.#note('executed', message);
        this.echo(this.fates.at(-1)?.[2] ?? NONE);
      },
      refused: (message) => this.#note('refused', message),
      late: (message) => this.#note('late', message),
      died: (message) => this.#note('died', message),
    });
  }

  /** Something happens at a second. */
  at(second: number, step: () => void): void {
    this.kernel.at(instant(Math.round(second * SECOND)), ARRIVAL, this.#steps.length, 0);
    this.#steps.push(step);
  }

  /** Writes reach a backend at a second. */
  writesAt(second: number, node: number, ...writes: readonly number[]): void {
    this.at(second, () => writes.forEach((write) => this.execute(node, WRITE, write)));
  }

  /** A message for key k reaches a backend; its row, whose reply may be read until the next one. */
  execute(node: number, kind: number, value: number, lateAt = Infinity, from = node === A ? B : A): number {
    const message = this.messages.take(kind, from, node, NONE, value);
    this.messages.key[message] = K;
    this.messages.lateAt[message] = lateAt;
    this.backends.arrived(node, message);
    return message;
  }

  /** The code of the reply to a message that is executed at once. */
  reply(kind: number, value: number): number | undefined {
    return this.messages.code[this.execute(A, kind, value)];
  }

  run(): readonly Fate[] {
    while (this.kernel.next()) {
      const { queue } = this.kernel;
      if (queue.kind === SERVICE_DONE) this.backends.served(queue.a, queue.b);
      else this.#steps[queue.a]?.();
    }
    return this.fates;
  }

  /** Rows are freed at once, so that a stale event would find another message in them. */
  #note(fate: Fate[1], message: number): void {
    this.fates.push([this.kernel.now / SECOND, fate, this.messages.value[message] ?? NONE]);
    this.messages.free(message);
  }
}

describe('a backend without service time', () => {
  it('executes on arrival: writes, hints and repairs on its data, reads from it', () => {
    const bench = new Bench();
    [SET, SET, SET].forEach((operation, write) => bench.versions.add(write, operation, 0, NONE));
    const found = [WRITE, HINT, REPAIR].map((kind, write) => {
      expect(bench.reply(kind, write)).toBe(OK);
      return bench.messages.value[bench.execute(A, READ, NONE)];
    });
    expect(found).toEqual([0, 1, 2]);
    expect(bench.backends.read(A, K)).toBe(2);
    expect(bench.backends.read(B, K)).toBe(NONE);
    expect(bench.kernel.queue.length).toBe(0);
  });

  it('leaves its data alone when it is asked to keep a hint for another node', () => {
    const bench = new Bench();
    const message = bench.messages.take(KEEP, 0, 0, NONE, 0);
    bench.messages.code[message] = B;
    bench.backends.arrived(A, message);
    expect(bench.backends.read(A, K)).toBe(NONE);
    expect(bench.messages.code[message]).toBe(B);
    expect(bench.fates).toEqual([[0, 'executed', 0]]);
  });

  it('replies as Redis does: OK, keys removed, the new count (H12)', () => {
    const bench = new Bench();
    const operations = [DELETE, SET, DELETE, INCREMENT, INCREMENT, DELETE, DELETE];
    operations.forEach((operation, write) => bench.versions.add(write, operation, 0, NONE));
    const replies = operations.map((_, write) => bench.reply(WRITE, write));
    expect(replies).toEqual([INTEGER + 0, OK, INTEGER + 1, INTEGER + 1, INTEGER + 2, INTEGER + 1, INTEGER + 0]);
  });

  it('replies OK to everything where versions decide, and says whether it ignored the write', () => {
    const bench = new Bench({}, 'timestamp');
    bench.versions.add(0, SET, 5, NONE);
    bench.versions.add(1, DELETE, 9, NONE);
    expect([bench.reply(WRITE, 1), bench.backends.wasIgnored]).toEqual([OK, false]);
    expect([bench.reply(HINT, 0), bench.backends.wasIgnored]).toEqual([OK, true]);
    // The tombstone is a version: it is what a read finds, and what a write made here is made upon.
    expect([bench.backends.read(A, K), bench.backends.version(A, K)]).toEqual([1, 1]);
    bench.backends.collect(A);
    expect([bench.backends.read(A, K), bench.backends.version(A, K)]).toEqual([NONE, NONE]);
    expect([bench.reply(HINT, 0), bench.backends.wasIgnored]).toEqual([OK, false]);
  });

  it('counts conflicts of all replicas', () => {
    const bench = new Bench({}, 'vectorClock');
    [0, 1].forEach((write) => bench.versions.add(write, SET, write, NONE));
    for (const node of [A, B]) for (const write of [0, 1]) bench.execute(node, WRITE, write);
    expect(bench.backends.concurrent).toBe(2);
  });
});

describe('a loading backend', () => {
  it('refuses at once with an error, and takes requests again afterwards (H7)', () => {
    const bench = new Bench();
    bench.backends.setLoading(A, true);
    expect(bench.reply(HINT, 0)).toBe(ERROR);
    bench.backends.setLoading(A, true);
    bench.backends.setLoading(A, false);
    expect(bench.reply(HINT, 1)).toBe(ERROR);
    bench.backends.setLoading(A, false);
    expect(bench.reply(HINT, 2)).toBe(OK);
    expect(bench.fates.map(([, fate]) => fate)).toEqual(['refused', 'refused', 'executed']);
    expect(bench.backends.read(A, K)).toBe(2);
  });

  it('loses all 5 000 hints of a sweep that is sent without asking for an acknowledgement (scenario 6)', () => {
    const bench = new Bench();
    bench.at(100, () => bench.backends.setLoading(B, true));
    bench.at(160, () => bench.backends.setLoading(B, false));
    for (let hint = 0; hint < 5_000; hint++) bench.at(120 + hint / 10_000, () => bench.execute(B, HINT, hint));
    bench.at(161, () => bench.execute(B, HINT, 5_000));
    const fates = bench.run();
    expect(fates.filter(([, fate]) => fate === 'refused')).toHaveLength(5_000);
    expect(fates.at(-1)).toEqual([161, 'executed', 5_000]);
  });

  it('finishes what it has', () => {
    const bench = new Bench(EVERY_SECOND);
    bench.writesAt(0, A, 0, 1);
    bench.at(0.5, () => bench.backends.setLoading(A, true));
    bench.writesAt(0.6, A, 2);
    expect(bench.run()).toEqual([
      [0.6, 'refused', 2],
      [1, 'executed', 0],
      [2, 'executed', 1],
    ]);
  });
});

describe('a stalled backend', () => {
  it('takes as many as its queue has places and serves nothing, not even if service takes no time (H13)', () => {
    const bench = new Bench({ queue: 512 });
    bench.at(10, () => bench.backends.setStalled(A, true));
    for (let write = 0; write < 600; write++) bench.writesAt(11, A, write);
    bench.at(12, () => expect(bench.backends.hasRoom(A)).toBe(false));
    bench.at(20, () => bench.backends.setStalled(A, false));
    const fates = bench.run();
    expect(fates.slice(0, 88).every(([at, fate]) => at === 11 && fate === 'refused')).toBe(true);
    expect(fates.slice(88)).toEqual(Array.from({ length: 512 }, (_, write) => [20, 'executed', write]));
    expect(bench.backends.hasRoom(A)).toBe(true);
  });

  it('goes on where it was: the request in service needs the rest of its time', () => {
    const bench = new Bench(EVERY_SECOND);
    bench.writesAt(0, A, 0, 1);
    bench.at(0.25, () => bench.backends.setStalled(A, true));
    bench.at(0.5, () => bench.backends.setStalled(A, true));
    bench.at(5, () => bench.backends.setStalled(A, false));
    bench.writesAt(6, A, 2);
    bench.at(10, () => bench.backends.setStalled(A, false));
    expect(bench.run()).toEqual([
      [10.75, 'executed', 0],
      [11.75, 'executed', 1],
      [12.75, 'executed', 2],
    ]);
  });
});

describe('service', () => {
  it('takes turns in the order of arrival, over as many workers as there are', () => {
    const bench = new Bench({ ...EVERY_SECOND, workers: 2 });
    bench.writesAt(0, A, 0);
    bench.writesAt(0.5, A, 1, 2, 3);
    bench.writesAt(0.5, B, 4);
    expect(bench.run()).toEqual([
      [1, 'executed', 0],
      [1.5, 'executed', 1],
      [1.5, 'executed', 4],
      [2, 'executed', 2],
      [2.5, 'executed', 3],
    ]);
  });

  it('refuses what finds the queue full, and tells so beforehand', () => {
    const bench = new Bench({ ...EVERY_SECOND, queue: 1 });
    const rooms: boolean[] = [];
    bench.at(0, () => {
      for (const write of [0, 1, 2]) {
        rooms.push(bench.backends.hasRoom(A));
        bench.execute(A, WRITE, write);
      }
    });
    expect(bench.run()).toEqual([
      [0, 'refused', 2],
      [1, 'executed', 0],
      [2, 'executed', 1],
    ]);
    expect(rooms).toEqual([true, true, false]);
  });

  it('gives no turn to a request that comes in the very moment another is done', () => {
    const bench = new Bench(EVERY_SECOND);
    bench.writesAt(0, A, 0, 1);
    bench.echo = (write) => {
      if (write === 0) bench.execute(A, WRITE, 2);
    };
    expect(bench.run().map(([, , write]) => write)).toEqual([0, 1, 2]);
  });

  it.each([
    ['execute', 'executed'],
    ['drop', 'late'],
  ] as const)('%ss work whose requester has given up by the time it would start', (late, fate) => {
    const bench = new Bench({ ...EVERY_SECOND, late });
    bench.at(0, () => {
      bench.execute(A, WRITE, 0, 0.5 * SECOND);
      bench.execute(A, WRITE, 1, SECOND);
      bench.execute(A, WRITE, 2, SECOND + 1);
    });
    // 0 starts in time and is finished late; 1 would start at the instant when its requester gives up.
    const fates = bench.run();
    expect(fates.find(([, , write]) => write === 0)).toEqual([1, 'executed', 0]);
    expect(fates.find(([, , write]) => write === 1)).toEqual([late === 'drop' ? 1 : 2, fate, 1]);
    expect(fates.find(([, , write]) => write === 2)).toEqual([late === 'drop' ? 2 : 3, 'executed', 2]);
  });

  it('puts a late write of the node itself at the end of its queue instead, once', () => {
    const bench = new Bench({ ...EVERY_SECOND, late: 'drop' });
    bench.at(0, () => {
      bench.execute(A, WRITE, 0);
      bench.execute(A, WRITE, 1, SECOND, A);
      bench.execute(A, WRITE, 2);
      // Late on arrival, and nobody else waits.
      bench.execute(B, WRITE, 3, 0, B);
      // A read of its own is dropped like any other.
      bench.execute(A, READ, 4, SECOND, A);
    });
    const fates = bench.run().toSorted(([, , one], [, , other]) => one - other);
    expect(fates.filter(([, fate]) => fate === 'executed')).toEqual([
      [1, 'executed', 0],
      [3, 'executed', 1],
      [2, 'executed', 2],
      [1, 'executed', 3],
    ]);
    expect(fates.filter(([, fate]) => fate === 'late')).toHaveLength(1);
  });

  it('of a slow node takes so many times as long, from the next request on', () => {
    const bench = new Bench(EVERY_SECOND);
    bench.writesAt(0, A, 0, 1, 2);
    bench.at(0.5, () => bench.backends.setSlow(A, 10));
    bench.at(2, () => bench.backends.setSlow(A, 1));
    expect(bench.run().map(([at]) => at)).toEqual([1, 11, 12]);
  });

  it('is measured, with what is refused, late and dead', () => {
    const bench = new Bench({ ...EVERY_SECOND, queue: 2, late: 'drop' });
    bench.at(0, () => [Infinity, SECOND, Infinity, Infinity].map((lateAt, id) => bench.execute(A, WRITE, id, lateAt)));
    bench.at(1.5, () => bench.backends.crashed(A));
    bench.run();
    // 0 is served 0 … 1 s; 1 waits until 1 s and is late; 2 waits until then and dies at 1.5 s; 3 is refused.
    const report = bench.meters[A]?.report('a', instant(seconds(10)));
    expect(report).toMatchObject({ arrived: 4, refused: 1, late: 1, waited: 1, observed: seconds(10) });
    expect(report?.wait).toMatchObject({ count: 2, mean: SECOND / 2 });
    expect(report?.sojourn).toMatchObject({ count: 1, mean: SECOND });
    expect(report?.inSystemMicros).toBe(3 * SECOND + SECOND / 2);
  });
});

describe('a crash of the process', () => {
  it('loses queued and running work, keeps the data, and the next process begins at once', () => {
    const bench = new Bench(EVERY_SECOND);
    bench.writesAt(0, A, 0, 1, 2);
    bench.at(1.5, () => bench.backends.crashed(A));
    bench.writesAt(1.6, A, 3);
    expect(bench.run()).toEqual([
      [1, 'executed', 0],
      [1.5, 'died', 1],
      [1.5, 'died', 2],
      [2.6, 'executed', 3],
    ]);
    expect(bench.backends.read(A, K)).toBe(3);
  });

  it('a replaced node has no data', () => {
    const bench = new Bench();
    [A, B].forEach((node) => bench.execute(node, WRITE, 0));
    bench.backends.replaced(A);
    expect([A, B].map((node) => bench.backends.read(node, K))).toEqual([NONE, 0]);
    expect([A, B].map((node) => bench.backends.store(node).size)).toEqual([0, 1]);
  });
});

it('every request has exactly one fate, and requests of one worker are executed in the order of arrival', () => {
  const reach = new Reach<'refused' | 'late' | 'died' | 'executed' | 'resumed'>();
  const second = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
  const trouble = fc.record({ kind: fc.constantFrom('crash', 'stall', 'load'), at: second, lasts: second });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(second, fc.integer({ min: 1, max: 5 })), { size: 'max', minLength: 1, maxLength: 60 }),
      fc.array(trouble, { size: 'max', maxLength: 6 }),
      fc.record({ workers: fc.constantFrom(1, 3), queue: fc.constantFrom(0, 2, 20), isInstant: fc.boolean() }),
      (arrivals, troubles, { workers, queue, isInstant }) => {
        const service = isInstant ? {} : { time: { kind: 'exponential', mean: SECOND } as const };
        const bench = new Bench({ ...service, workers, queue, late: 'drop' });
        arrivals.forEach(([at, patience], write) =>
          bench.at(at, () => bench.execute(A, WRITE, write, (at + patience) * SECOND)),
        );
        for (const { kind, at, lasts } of troubles) {
          if (kind === 'crash') bench.at(at, () => bench.backends.crashed(A));
          else {
            const set = (isOn: boolean): void =>
              kind === 'stall' ? bench.backends.setStalled(A, isOn) : bench.backends.setLoading(A, isOn);
            bench.at(at, () => set(true));
            bench.at(at + lasts, () => set(false));
          }
        }
        const fates = bench.run();
        expect(fates.map(([, , write]) => write).toSorted((one, other) => one - other)).toEqual(
          arrivals.map((_, i) => i),
        );
        for (const [, fate] of fates) reach.note(fate);
        reach.note('resumed', !isInstant && troubles.some(({ kind }) => kind === 'stall'));
        const executed = fates
          .filter(([, fate]) => fate === 'executed')
          .map(([, , write]) => arrivals[write]?.[0] ?? 0);
        if (workers === 1) expect(executed).toEqual(executed.toSorted((one, other) => one - other));
        expect(bench.meters[A]?.inSystem).toBe(0);
      },
    ),
    { seed: 17, numRuns: 300 },
  );
  expect(reach.rarerThan(50, ['refused', 'late', 'died', 'executed', 'resumed'])).toEqual([]);
});
