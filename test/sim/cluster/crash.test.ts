/**
 * Crashes and returns at awkward moments: what dies with a process, what does not, and what its successor must not see.
 */
import { describe, expect, it } from 'vitest';
import { ledger } from '../../../sim/index.ts';
import type { Trace } from '../../../sim/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

function trace(text: string): Trace {
  return traceOf(scenarioOf(`hintlab: 1\nrecord: full\n${text}`));
}

describe('a crash of the coordinator', () => {
  it('takes back what its own backend had not answered yet, whether it is back by then or not', () => {
    const applied = ['1s', '20s'].map((length) => {
      const { copies, totals } = trace(`
duration: 60s
nodes: [a]
network: { latency: { local: 10s }, timeout: 60s }
workload: { rate: 1/s, until: 1s }
faults: [{ crash: a, at: 5s, for: ${length} }]
`);
      return [totals.writes.failed, copies.appliedAt[0], copies.droppedAt[0]];
    });
    expect(applied).toEqual([
      [1, Infinity, 11_000_000],
      [1, Infinity, 11_000_000],
    ]);
  });

  it('leaves an acknowledged copy of its own with a cause, not in flight for ever', () => {
    // a hints the write of 10.5 s for b and is acknowledged by that hint; then a dies with the hint and its backend's work.
    const book = ledger(
      trace(`
duration: 60s
nodes: [a, b]
consistency: DC_ONE
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 1s } }
workload: { rate: 1/s, from: 9500ms, until: 10500ms, coordinators: [a] }
faults: [{ crash: b, at: 5s, for: 50s }, { crash: a, at: 11s, for: 30s }]
`),
    );
    expect(book?.totals.missing).toMatchObject({ holderCrashed: 1, dropped: 1, inFlight: 0 });
  });

  it('ends what it believed', () => {
    const { beliefs } = trace(`
duration: 60s
nodes: [a, b]
detector: { fixed: { down: 1s, up: 1s } }
workload: { rate: 1/s }
faults: [{ crash: b, at: 10s, for: 40s }, { crash: a, at: 20s, for: 5s }]
`);
    const ofA = [...beliefs.from].flatMap((from, row) =>
      beliefs.observer[row] === 0 ? [[from / 1e6, (beliefs.until[row] ?? 0) / 1e6]] : [],
    );
    expect(ofA).toEqual([
      [0, 1],
      [11, 20],
      [25, 51],
    ]);
  });
});

describe('a new connection', () => {
  it('does not wait for messages that died with the old one', () => {
    // One message in five takes a minute, and holds back all behind it on its connection. What was on the wire when b
    // died at 10.5 s is found lost when it would have arrived; nothing of the new connection may arrive with it.
    const { copies } = trace(`
duration: 100s
seed: 3
nodes: [a, b]
network: { latency: { near: { mixture: [ { weight: 4, constant: 1ms }, { weight: 1, constant: 60s } ] } }, timeout: 90s }
detector: { fixed: { down: 1h, up: 0s } }
channel: { reconnect: 0s }
workload: { rate: 1/s, until: 40s, coordinators: [a] }
faults: [{ crash: b, at: 10500ms, for: 1s }]
`);
    const lostAt = new Set(copies.droppedAt.filter((at) => at > 12_000_000 && at < Infinity));
    const arrived = copies.appliedAt.filter((at, row) => copies.replica[row] === 1 && at < Infinity);
    expect(lostAt.size).toBeGreaterThan(0);
    expect(arrived.filter((at) => lostAt.has(at))).toHaveLength(0);
    expect(arrived.filter((at) => at > 11_500_000).length).toBeGreaterThan(0);
  });

  it('goes on pumping a channel with a rate at its rate, from the moment it opens', () => {
    const { copies } = trace(`
duration: 100s
nodes: [a, b]
channel: { slots: 100, rate: 1/s, reconnect: 0s }
detector: { fixed: { down: 1h, up: 0s } }
workload: { rate: 2/s, until: 20s, coordinators: [a] }
faults: [{ crash: b, at: 10500ms, for: 100ms }]
`);
    const toB = [...copies.appliedAt].filter((at, row) => copies.replica[row] === 1 && at < Infinity);
    const gaps = toB.slice(1).map((at, index) => at - (toB[index] ?? 0));
    expect(toB.length).toBeGreaterThan(30);
    // The message under way at 10.5 s starts anew at 10.6 s: one longer gap, and never a shorter one.
    expect(Math.min(...gaps)).toBe(1_000_000);
    expect(gaps.filter((gap) => gap !== 1_000_000)).toHaveLength(1);
  });
});

describe('a hint on the wire', () => {
  const shipped = (faults: string): Trace['totals']['lostBy'] =>
    trace(`
duration: 100s
nodes: [a, b]
consistency: DC_ONE
detector: { fixed: { down: 0s, up: 0s } }
channel: { reconnect: 0s }
network: { latency: { near: 10s } }
workload: { rate: 1/s, until: 5s, coordinators: [a] }
faults: [{ crash: b, at: 0s, for: 20s }, ${faults}]
`).totals.lostBy;

  it('is lost to the end that died, however soon that is back', () => {
    expect(shipped('{ crash: a, at: 31s, for: 1s }')).toMatchObject({ holderCrashed: 5, linkCut: 0 });
    expect(shipped('{ crash: a, at: 31s, for: 50s }')).toMatchObject({ holderCrashed: 5, linkCut: 0 });
    expect(shipped('{ crash: b, at: 31s, for: 1s }')).toMatchObject({ holderCrashed: 0, linkCut: 5 });
  });
});

describe('the end of a run', () => {
  it('still sees a return at its last instant', () => {
    const { outages } = trace(`
duration: 60s
nodes: [a, b]
workload: { rate: 1/s }
faults: [{ crash: b, at: 10s, until: 60s }]
`);
    expect([...outages.until]).toEqual([60_000_000]);
  });
});
