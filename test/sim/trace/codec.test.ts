import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, END_OF_TIME, instant, peerIndex, seconds } from '../../../core/units.ts';
import type { Scenario } from '../../../sim/scenario/model/scenario.ts';
import { CHECKSUM_AT, decodeTrace, encodeTrace, fileChecksum, transferables } from '../../../sim/trace/codec.ts';
import type { DecodeResult } from '../../../sim/trace/codec.ts';
import { expirySeries } from '../../../sim/trace/queries/expiries.ts';
import { lifeOfHint } from '../../../sim/trace/queries/life-of-hint.ts';
import { lifeOfWrite } from '../../../sim/trace/queries/life-of-write.ts';
import { moments } from '../../../sim/trace/queries/moments.ts';
import { outageReport } from '../../../sim/trace/queries/outages.ts';
import { queueLanes, queueSeries, storeSeries } from '../../../sim/trace/queries/queues.ts';
import { describeEntry } from '../../../sim/trace/queries/sentence.ts';
import { replicaStaleness, staleReads } from '../../../sim/trace/queries/staleness.ts';
import { expiryHorizon, hintsWaiting } from '../../../sim/trace/queries/waiting.ts';
import { columnsOf } from '../../../sim/trace/tables.ts';
import type { Trace } from '../../../sim/trace/trace.ts';
import { Reach } from '../../support/reach.ts';
import { hintRows } from '../../support/trace-arbitrary.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** A trace with rows in every table, text beyond ASCII, and NEVER in every column that may have it. */
const full = buildTrace({
  level: 'full',
  nodes: ['ä', 'b'],
  chain: [1, 4_294_967_295],
  faults: [
    {
      ...{ kind: 'crash', node: peerIndex(1), from: instant(10), until: END_OF_TIME, cause: 'Stromausfall “B”' },
      ...{ power: true, tornBytes: 6 },
    },
  ],
  hints: [{ holder: 'ä', peer: 'b', storedAt: 20, bytes: 1_039, write: 0 }],
  refusals: [{ at: 30, holder: 'ä', peer: 'b', bytes: 7, write: 0 }],
  outages: [{ node: 'b', from: 10 }],
  behind: [{ node: 'b', from: 20 }],
  beliefs: [{ observer: 'ä', peer: 'b', from: 15 }],
  writes: [
    {
      at: 20,
      coordinator: 'ä',
      key: 4_294_967_295,
      copies: [
        { replica: 'ä', route: 'direct' },
        { replica: 'b', route: 'hinted', hint: 0 },
      ],
    },
  ],
  values: [{ replica: 'ä', key: 4_294_967_295, write: 0 }],
  reads: [{ at: 20, coordinator: 'ä', key: 4_294_967_295, value: -3 }],
  log: [
    { at: 20, kind: 'writeIssued', node: 'ä', subject: 0 },
    { at: 20, kind: 'hintStored', node: 'ä', peer: 'b', subject: 0 },
    { at: 30, kind: 'sweep', node: 'ä' },
  ],
});

function traceIn(result: DecodeResult): Trace {
  if (result.kind === 'invalid') throw new Error(result.problem);
  return result.trace;
}

/** Makes the checksum right again after an edit, so that what lies behind it is put to the test. */
function resealed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length % 4 === 0 && bytes.length > CHECKSUM_AT) view.setUint32(CHECKSUM_AT, fileChecksum(view), true);
  return bytes;
}

function edited(edit: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const bytes = encodeTrace(full);
  edit(bytes, new DataView(bytes.buffer));
  return bytes;
}

/** The file of a trace after a change to its header's text that keeps its length. */
function withHeader(from: string, to: string): Uint8Array {
  return resealed(
    edited((bytes, view) => {
      const length = view.getUint32(12, true);
      const text = new TextDecoder().decode(bytes.subarray(24, 24 + length));
      if (!text.includes(from)) throw new Error(`the header has no ${from}`);
      bytes.set(new TextEncoder().encode(text.replace(from, to)), 24);
    }),
  );
}

describe('columnsOf', () => {
  it('has every column of every table', () => {
    const names = columnsOf(full).map(({ table, name }) => (name === '' ? table : `${table}.${name}`));
    const tables = [
      'outages',
      'behind',
      'beliefs',
      'outcomes',
      'hints',
      'refusals',
      'writes',
      'copies',
      'values',
      'reads',
      'log',
    ] as const;
    const expected = tables.flatMap((table) => Object.keys(full[table]).map((name) => `${table}.${name}`));
    expect(names.toSorted()).toEqual(
      [...expected.filter((name) => name !== 'outcomes.bucketMicros'), 'chain'].toSorted(),
    );
  });
});

describe('encodeTrace and decodeTrace', () => {
  it('give back an equal trace with rows in every table, NEVER included', () => {
    for (const { table, column } of columnsOf(full)) expect([table, column.length]).not.toEqual([table, 0]);
    const trace = traceIn(decodeTrace(encodeTrace(full)));
    expect(trace).toEqual(full);
    expect([trace.hints.leftAt[0], trace.outages.until[0]]).toEqual([Infinity, Infinity]);
  });

  it('give back an equal trace of random hints, from any place in a larger buffer', () => {
    const reach = new Reach<'many hints' | 'odd offset'>();
    fc.assert(
      fc.property(hintRows, fc.integer({ min: 0, max: 9 }), (hints, offset) => {
        const trace = buildTrace({ hints });
        const file = encodeTrace(trace);
        const larger = new Uint8Array(file.length + offset);
        larger.set(file, offset);
        reach.note('many hints', hints.length > 20);
        reach.note('odd offset', offset % 2 === 1);
        expect(traceIn(decodeTrace(larger.subarray(offset)))).toEqual(trace);
      }),
      { seed: 20_260_307, numRuns: 100 },
    );
    expect(reach.rarerThan(20, ['many hints', 'odd offset'])).toEqual([]);
  });

  it('lay the file out as documented', () => {
    const bytes = encodeTrace(full);
    const view = new DataView(bytes.buffer);
    expect([...bytes.subarray(1, 8)].map((code) => String.fromCharCode(code)).join('')).toBe('HINTLAB');
    expect(view.getUint32(8, true)).toBe(6);
    expect(view.getUint32(16, true) * 8).toBe(bytes.length);
    const length = view.getUint32(12, true);
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(24, 24 + length)));
    // The chain comes first: two words, little-endian, padded to 8 bytes; then the first node of the outages.
    const columnsAt = Math.ceil((24 + length) / 8) * 8;
    expect([...bytes.subarray(columnsAt, columnsAt + 10)]).toEqual([1, 0, 0, 0, 255, 255, 255, 255, 1, 0]);
    expect(header).toMatchObject({
      columns: expect.arrayContaining([
        { name: 'chain', type: 'u32', length: 2, offset: 0 },
        { name: 'outages.node', type: 'u16', length: 1, offset: 8 },
        { name: 'outages.from', type: 'f64', length: 1, offset: 16 },
      ]),
    });
  });
});

describe('a file that is not a trace', () => {
  const short = encodeTrace(full).subarray(0, 23);
  const cases: readonly (readonly [string, Uint8Array, number, string])[] = [
    ['an empty file', new Uint8Array(0), 0, 'at least 24 bytes, found 0'],
    ['a file of text', new TextEncoder().encode('nodes: 3'), 0, 'expected 137, found 110'],
    ['a beginning without the rest', short, 23, 'at least 24 bytes, found 23'],
    ['a later version', edited((_, view) => view.setUint32(8, 7, true)), 8, 'expected trace version 6, found 7'],
    ['an earlier version', edited((_, view) => view.setUint32(8, 1, true)), 8, 'expected trace version 6, found 1'],
    ['a truncated file', encodeTrace(full).subarray(0, 1_000), 1_000, 'found 1000'],
    ['a damaged byte', edited((bytes) => bytes.fill(65, 900, 901)), CHECKSUM_AT, 'expected checksum'],
    ['a header beyond the file', resealed(edited((_, view) => view.setUint32(12, 1e9, true))), 12, 'found 1000000000'],
    ['a header cut short', resealed(edited((_, view) => view.setUint32(12, 9, true))), 24, 'expected JSON'],
    ['an unknown level', withHeader('"level":"full"', '"level":"fool"'), 24, 'at level, found "fool"'],
    ['a digest of other letters', withHeader('0123456789abcdef', '0123456789ABCDEF'), 24, 'at digest'],
    ['text for a number', withHeader('"endedAt":1000000', '"endedAt":"00000"'), 24, 'at endedAt, found "00000"'],
    ['a fault of no node', withHeader('"node":1,', '"node":2,'), 24, 'positions in nodes'],
    ['a column of another type', withHeader('"chain","type":"u32"', '"chain","type":"i32"'), 24, 'type u32 of chain'],
    ['a column of another name', withHeader('hints.fate', 'hints.fats'), 24, 'expected column hints.fate'],
    ['a column elsewhere', withHeader('"length":2,"offset":0', '"length":2,"offset":8'), 24, 'offset 0 of chain'],
    ['more rows than bytes', withHeader('"length":2,', '"length":9,'), 24, 'offset 40 of outages.node, found 8'],
    [
      'columns of unequal length',
      withHeader('"hints.peer","type":"u16","length":1', '"hints.peer","type":"u16","length":2'),
      24,
      '1 rows of hints.peer, found 2',
    ],
  ];

  it.each(cases)('is refused: %s', (_, bytes, at, problem) => {
    const result = decodeTrace(bytes);
    expect(result).toMatchObject({ kind: 'invalid', at });
    expect(result.kind === 'invalid' && result.problem).toContain(problem);
    expect(result.kind === 'invalid' && result.problem).toContain(`byte ${at}: `);
  });

  it('is refused if it has more bytes than it says', () => {
    const longer = new Uint8Array(encodeTrace(full).length + 8);
    longer.set(encodeTrace(full));
    expect(decodeTrace(longer)).toMatchObject({ kind: 'invalid', at: longer.length - 8 });
  });
});

describe('a scenario in a header', () => {
  it('comes back as it was, with every kind of fault, detector, distribution and arrival', () => {
    const span = { from: instant(10), until: instant(20), cause: '' };
    const ofB = { ...span, node: peerIndex(1) };
    const sides = { sources: [peerIndex(0)], targets: [peerIndex(1)] };
    const steps = { kind: 'empirical', quantiles: [{ p: 0, value: 1 }] } as const;
    const exponential = { kind: 'exponential', mean: 5 } as const;
    const shifted = { kind: 'shifted', by: 75_000, of: exponential } as const;
    const mixture = { kind: 'mixture', parts: [{ weight: 1, of: shifted }] } as const;
    const faults: Scenario['faults'] = [
      { ...ofB, kind: 'crash', power: false, tornBytes: 0 },
      { ...ofB, kind: 'stop' },
      { ...ofB, kind: 'loading' },
      { ...ofB, kind: 'stall' },
      { ...ofB, kind: 'slow', factor: 0.5 },
      { ...span, ...sides, kind: 'partition', isTwoWay: true },
      { ...span, ...sides, kind: 'loss', share: 0.01 },
      { ...ofB, kind: 'clock', step: -5_000_000 },
      { ...ofB, kind: 'diskFull' },
      { ...ofB, kind: 'pauseDrain' },
      { ...ofB, kind: 'reindex', order: [peerIndex(1), peerIndex(0)] },
      { ...ofB, kind: 'replace' },
      { ...ofB, kind: 'collect' },
      { ...ofB, kind: 'flap', what: 'stall', up: exponential, down: mixture },
    ];
    const trace = buildTrace({ faults });
    const [workload] = trace.scenario.workloads;
    if (workload === undefined) throw new Error('the builder makes a workload');
    const gossip = {
      gossip: seconds(1),
      gossipTo: 'one',
      threshold: 8,
      window: 100,
      backlog: false,
      goodbye: 'kept',
      firstInterval: seconds(1),
    } as const;
    const detectors: Scenario['policy']['detector'][] = [
      { ...gossip, kind: 'phi', meanFloor: seconds(1), ignoreAbove: seconds(2) },
      { ...gossip, kind: 'normal', minDeviation: seconds(1), pause: seconds(3) },
      { kind: 'fixed', downAfter: seconds(1), upAfter: seconds(1), start: 'up' },
    ];
    for (const detector of detectors) {
      const scenario: Scenario = {
        ...trace.scenario,
        policy: { ...trace.scenario.policy, detector },
        network: { ...trace.scenario.network, local: steps, byPurpose: { ack: shifted, replay: mixture } },
        requests: [
          { at: instant(1), operation: 'delete', key: 10, bytes: bytes(9), coordinator: peerIndex(0), level: 2 },
          { at: instant(2), operation: 'get', key: 10, bytes: bytes(0), coordinator: peerIndex(0), level: undefined },
        ],
        keyNames: ['Schlüssel'],
        workloads: [
          { ...workload, consistency: { write: 'ANY' }, probes: [seconds(1)] },
          { ...workload, arrivals: { kind: 'gaps', gap: exponential, rate: 200_000 } },
          { ...workload, arrivals: { kind: 'closed', clients: 3, think: mixture } },
        ],
      };
      expect(traceIn(decodeTrace(encodeTrace({ ...trace, scenario }))).scenario).toStrictEqual(scenario);
    }
  });

  it('is refused if any fault names a node that is not there', () => {
    const lost: Scenario['faults'][number] = {
      ...{ kind: 'loss', from: instant(0), until: END_OF_TIME, cause: '', share: 1 },
      ...{ sources: [peerIndex(0)], targets: [peerIndex(3)] },
    };
    const result = decodeTrace(encodeTrace(buildTrace({ faults: [lost] })));
    expect(result.kind === 'invalid' && result.problem).toContain('positions in nodes');
  });
});

describe('transferables', () => {
  it('are the distinct buffers of the columns', () => {
    const buffers = transferables(full);
    expect(buffers).toHaveLength(columnsOf(full).length);
    expect(buffers).toContain(full.hints.fate.buffer);
    const shared = new ArrayBuffer(16);
    const chain = new Uint32Array(shared, 0, 2);
    const key = new Uint32Array(shared, 8, 1);
    expect(transferables({ ...full, chain, writes: { ...full.writes, key } })).toHaveLength(buffers.length - 1);
  });
});

describe('damage', () => {
  const file = encodeTrace(full);
  const columnBytes = 600;
  const place = fc.oneof(
    fc.integer({ min: 0, max: file.length - 1 }),
    fc.integer({ min: file.length - columnBytes, max: file.length - 1 }),
  );
  const flip = fc.record({ at: place, bit: fc.integer({ min: 0, max: 7 }) });

  it('is always noticed if it is one bit or a cut', () => {
    fc.assert(
      fc.property(flip, ({ at, bit }) => {
        const damaged = file.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        expect(decodeTrace(damaged).kind).toBe('invalid');
        expect(decodeTrace(file.subarray(0, at)).kind).toBe('invalid');
      }),
      { seed: 20_260_308, numRuns: 1_000 },
    );
  });

  it('never makes a throw or a trace of the wrong shape, even behind a right checksum', () => {
    const reach = new Reach<'refused' | 'accepted'>();
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 4, size: 'max' }), (flips) => {
        const damaged = file.slice();
        for (const { at, bit } of flips) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const result = decodeTrace(resealed(damaged));
        reach.note(result.kind === 'invalid' ? 'refused' : 'accepted');
        if (result.kind === 'invalid') return;
        expect(decodeTrace(encodeTrace(result.trace))).toEqual(result);
        const shape = (trace: Trace): unknown =>
          columnsOf(trace).map(({ column }) => [column.constructor, column.length]);
        expect(shape(result.trace)).toEqual(shape(full));
        askEverything(result.trace);
      }),
      { seed: 20_260_309, numRuns: 2_000 },
    );
    expect(reach.rarerThan(100, ['refused', 'accepted'])).toEqual([]);
  });
});

/** Every query that looks at rows, about every row: what decoding accepts, no query may stumble over. */
function askEverything(trace: Trace): void {
  for (const { holder, peer } of queueLanes(trace)) {
    queueSeries(trace, holder, peer);
    storeSeries(trace, holder);
    hintsWaiting(trace, holder, peer, 25);
  }
  expirySeries(trace);
  expiryHorizon(trace, 25);
  outageReport(trace);
  moments(trace);
  replicaStaleness(trace);
  staleReads(trace);
  trace.log.at.forEach((_, entry) => expect(describeEntry(trace, entry)).not.toBe(''));
  trace.hints.write.forEach((_, hint) => expect(lifeOfHint(trace, hint).steps).not.toEqual([]));
  trace.writes.issuedAt.forEach((_, write) => expect(lifeOfWrite(trace, write).title).not.toBe(''));
}
