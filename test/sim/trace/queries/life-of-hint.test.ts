import { describe, expect, it } from 'vitest';
import { instant, peerIndex, seconds } from '../../../../core/units.ts';
import { lifeOfHint } from '../../../../sim/trace/queries/life-of-hint.ts';
import type { HintFate } from '../../../../sim/trace/trace.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import { runOf } from '../../../support/small-runs.ts';
import { traceOfStory } from '../../../support/story-readings.ts';
import type { HintRow, TraceRows } from '../../../support/trace-builder.ts';

const SECOND = 1_000_000;

const GOSSIP = {
  gossipTo: 'all',
  backlog: true,
  goodbye: 'forgotten',
  firstInterval: seconds(0),
  ignoreAbove: seconds(0),
} as const;

/** b is out from 40 s to 100 s; a knows it from 42 s to 105 s. */
const rows = {
  ttl: 3_600 * SECOND,
  endedAt: 9_000 * SECOND,
  detector: { kind: 'phi', gossip: seconds(1), threshold: 8, window: 100, meanFloor: seconds(1), ...GOSSIP },
  faults: [
    {
      kind: 'crash',
      node: peerIndex(1),
      from: instant(40 * SECOND),
      until: instant(100 * SECOND),
      cause: 'memory',
      power: false,
      tornBytes: 0,
    },
  ],
  outages: [{ node: 'b', from: 40 * SECOND, until: 100 * SECOND }],
  beliefs: [{ observer: 'a', peer: 'b', from: 42 * SECOND, until: 105 * SECOND }],
} as const satisfies TraceRows;

const stored = { holder: 'a', peer: 'b', storedAt: 60 * SECOND, bytes: 1_039, write: 7 } as const;

const before = [
  [40 * SECOND, 'b crashed (memory)'],
  [42 * SECOND, 'a took b for Down: its silence had passed phi 8'],
  [
    60 * SECOND,
    "a took b for Down, so it kept hint 0 (1 039 B) of write 7 with deadline 1h 1m, 1h after; b's vote was counted at once",
  ],
] as const;
const back = [
  [100 * SECOND, 'b restarted, with no hints and no word from anyone yet'],
  [105 * SECOND, 'a took b for Normal: it had a heartbeat from it'],
] as const;

function lifeOf(hint: HintRow, more: TraceRows = {}): { title: string; steps: unknown } {
  const { title, steps } = lifeOfHint(buildTrace({ ...rows, hints: [hint], ...more }), 0);
  return { title, steps: steps.map(({ at, text }) => [at, text]) };
}

describe('lifeOfHint', () => {
  it('tells why the hint was kept, what changed, and how it got to its replica', () => {
    const leftAt = 120 * SECOND;
    expect(lifeOf({ ...stored, leftAt, endedAt: leftAt + 250, fate: 'delivered' })).toEqual({
      title: 'hint 0, kept by a for b (1 039 B): delivered',
      steps: [
        ...before,
        ...back,
        [leftAt, 'a took b for Normal, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for'],
        [leftAt + 250, 'b applied hint 0 of write 7, 1m 0.000250s after it was stored'],
      ],
    });
  });

  it('names the rule by which a hint expired', () => {
    const leftAt = 3_690 * SECOND;
    expect(lifeOf({ ...stored, leftAt, fate: 'expired' })).toEqual({
      title: 'hint 0, kept by a for b (1 039 B): expired',
      steps: [...before, ...back, [leftAt, "a's sweep found hint 0 for b expired: deadline <= now (1h 1m)"]],
    });
  });

  it.each<[HintFate, number, number, readonly string[]]>([
    ['holderCrashed', 70, 70, ['a crashed: hints live in RAM only, so hint 0 for b was lost']],
    [
      'holderCrashed',
      70,
      80,
      [
        'a took b for Normal, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for',
        'a crashed with hint 0 still in its channel to b: lost',
      ],
    ],
    [
      'linkCut',
      70,
      80,
      [
        'a took b for Normal, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for',
        'the link from a to b was cut with hint 0 on it, and a had let go of it: lost',
      ],
    ],
    [
      'requeueRefused',
      70,
      70,
      [
        "the channel from a to b had no room and a's store no more under its cap of 5 000 B, so hint 0 could not go back: lost",
      ],
    ],
  ])('tells how a hint was lost: %s at %d s, %d s', (fate, left, ended, ending) => {
    const hint = { ...stored, fate, leftAt: left * SECOND, endedAt: ended * SECOND };
    const life = lifeOfHint(buildTrace({ ...rows, maxBytes: 5_000, hints: [hint] }), 0);
    expect(life.title).toContain('lost, ');
    expect(life.steps.slice(before.length).map(({ text }) => text)).toEqual(ending);
  });

  it('says where a pending hint is when the run ends', () => {
    const last = (hint: HintRow): unknown => lifeOfHint(buildTrace({ ...rows, hints: [hint] }), 0).steps.at(-1);
    const at = rows.endedAt;
    expect(last(stored)).toEqual({ at, text: "the run ended with hint 0 still in a's store" });
    expect(last({ ...stored, leftAt: at })).toEqual({ at, text: 'the run ended with hint 0 on its way to b' });
  });

  it('knows a mistaken belief, a full channel and a fresh start', () => {
    const first = (more: TraceRows, hint: HintRow): unknown => lifeOf(hint, more).steps;
    const up = {
      outages: [],
      faults: [],
      beliefs: [{ observer: 'a', peer: 'b', from: 0 }],
      endedAt: 61 * SECOND,
    } as const;
    const vote = "kept hint 0 (1 039 B) of write 7 with deadline 1h 1m, 1h after; b's vote was counted at once";
    const end = [61 * SECOND, "the run ended with hint 0 still in a's store"];
    expect(first(up, stored)).toEqual([
      [0, 'a started and took b for Down until it hears otherwise'],
      [60 * SECOND, `a took b for Down although b was up, so it ${vote}`],
      end,
    ]);
    expect(first(up, { ...stored, reason: 'channelFull' })).toEqual([
      [60 * SECOND, `the channel from a to b had no room, so a ${vote}`],
      end,
    ]);
  });

  it('tells requeues one by one from the log, which has a row for each time that its queue went back, and their number without one', () => {
    const hint = { ...stored, requeues: 2, leftAt: 180 * SECOND, endedAt: 181 * SECOND, fate: 'delivered' } as const;
    const requeued =
      'the channel from a to b had no room, so hint 0 went back to the tail of its queue, its deadline unchanged';
    const about = { node: 'a', peer: 'b', subject: 0 } as const;
    const logged = lifeOfHint(
      buildTrace({
        ...rows,
        level: 'full',
        hints: [hint],
        log: [
          { at: 60 * SECOND, kind: 'hintStored', ...about },
          { at: 120 * SECOND, kind: 'hintRequeued', ...about },
          { at: 150 * SECOND, kind: 'hintRequeued', ...about, peer: 'c', subject: 1 },
          { at: 150 * SECOND, kind: 'hintRequeued', ...about },
          { at: 180 * SECOND, kind: 'hintRequeued', ...about, subject: 2 },
          { at: 180 * SECOND, kind: 'hintShipped', ...about },
          { at: 181 * SECOND, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
        ],
      }),
      0,
    );
    expect(logged.steps.filter(({ text }) => text === requeued)).toEqual([
      { at: 120 * SECOND, text: requeued, entry: 1 },
      { at: 150 * SECOND, text: requeued, entry: 3 },
    ]);
    // The queue that went back at 180 s is what was left of it: this hint had just been sent.
    expect(logged.steps.map(({ entry }) => entry)).toEqual([undefined, undefined, 0, undefined, undefined, 1, 3, 5, 6]);
    const told = lifeOfHint(buildTrace({ ...rows, hints: [hint] }), 0).steps.map(({ text }) => text);
    expect(told).toContain('by then hint 0 had gone back to the tail 2 times, because the channel took no more');
    expect(told).not.toContain(requeued);
  });

  it('is short however often its peer came and went', () => {
    const outages = Array.from({ length: 100 }, (_, i) => ({ node: 'b', from: 100 + i * 10, until: 105 + i * 10 }));
    const hint = { holder: 'a', peer: 'b', storedAt: 50 };
    const { steps } = lifeOfHint(buildTrace({ outages, hints: [hint], ttl: 10_000 }), 0);
    // 200 changes: the first and last 20 of them, one line for the other 160, the storing and the end.
    expect(steps).toHaveLength(43);
    expect(steps[21]).toEqual({ at: 200, text: '160 more changes like these are left out' });
    expect(steps[42]?.text).toContain('the run ended');
  });

  it('has nothing to tell of a hint that is not there', () => {
    for (const hint of [-1, 1, 0.5, NaN]) {
      expect(lifeOfHint(buildTrace({ hints: [stored] }), hint).steps).toEqual([]);
    }
    expect(lifeOfHint(buildTrace({ level: 'counters' }), 3).title).toBe('hint 3 is not in this trace (level counters)');
  });
});

describe('the life of a hint on the disk of a node whose clock jumps', () => {
  const textsOf = (ttl: string, step: string): readonly string[] =>
    lifeOfHint(
      runOf(`
system: dynomite-durable
duration: 5m
hints: { ttl: ${ttl} }
requests: [{ at: 40s, set: k, on: a }]
faults:
  - { crash: b, at: 5s, for: 200s }
  - { clock: a, step: ${step}, at: 70s, for: 200s }
  - { crash: a, at: 80s, for: 5s }
`),
      0,
    ).steps.map(({ text }) => text);

  it('tells of the crash that it outlived, and why it expired before its deadline', () => {
    expect(textsOf('2m', '1h').slice(-4)).toEqual([
      'a crashed',
      'a restarted, with the hints that its disk had kept and no word from anyone yet',
      'a started and took b for Down until it hears otherwise',
      "a's sweep found hint 0 for b expired: its deadline on disk is by the wall clock, which had moved on since it was stored",
    ]);
  });

  it('tells why it was still sent after its deadline', () => {
    expect(textsOf('1m', '-1h').slice(-2)).toEqual([
      'a took b for Normal, so its sweep sent hint 0 and let go of it: no acknowledgement is asked for; its deadline on disk is by the wall clock, which had been set back',
      'b applied hint 0 of write 0, 3m 15.001s after it was stored',
    ]);
  });
});

describe('the life of a hint behind a link that ended', () => {
  const texts = (): readonly string[] =>
    lifeOfHint(
      runOf(`
duration: 65s
hints: { enabled: true }
requests: [{ at: 45s, set: k, on: a }]
faults:
  - { stop: b, at: 30s, for: 10s }
`),
      0,
    ).steps.map(({ text }) => text);

  it('says that it is the link, and not its channel, that took no more', () => {
    expect(texts()).toContain(
      'the link from a to b had ended, so hint 0 went back to the tail of its queue, its deadline unchanged',
    );
    expect(texts().join()).not.toContain('had no room');
  });
});

describe('the life of a hint that could not go back', () => {
  it('does not say first that it went back (story acked-then-lost)', () => {
    const [sentence, ...others] = lifeOfHint(traceOfStory('acked-then-lost'), 9)
      .steps.map(({ text }) => text)
      .filter((text) => text.includes('had no room'));
    expect([sentence, others]).toEqual([
      "the channel from a to b had no room and a's store no more under its cap of 10.1 KiB, so hint 9 could not go back: lost",
      [],
    ]);
  });
});

describe('the life of a hint in the hands of a sweep', () => {
  // The detector takes b for Normal again at 29 s; the sweep of 30 s sends one hint and holds the others for 2 s.
  const held = runOf(`
duration: 40s
system: dynomite-durable
nodes: [a, b]
consistency: { write: DC_ONE }
detector: { fixed: { down: 0s, up: 0s } }
hints: { ttl: 20s, disk: { durability: synced } }
channel: { slots: 1, reconnect: 0s }
drain: { interval: 10s, hold: 2s }
requests:
  - { at: 11s, set: k, on: a }
  - { at: 11500ms, set: l, on: a }
  - { at: 12s, set: m, on: a }
  - { at: 13s, set: n, on: a }
faults:
  - { crash: b, at: 1s, until: 29s }
  - { crash: a, at: 31s, for: 1s }
`);
  const texts = (hint: number) => lifeOfHint(held, hint).steps.map(({ text }) => text);

  it('tells of the second that it is given, and with which deadline it was stored', () => {
    expect(texts(1).join('\n')).toContain('with deadline 31.500s, 20s after');
    expect(texts(1)).toContain(
      "the channel from a to b had no room, so hint 1 went back to the tail of its queue, in its sweep's hands for 2s",
    );
    expect(texts(1)).toContain(
      "hint 1 falls due while a's sweep holds it, which gives it 1s from then on: deadline 33s",
    );
  });

  it('tells of one that has no life left when it would be back', () => {
    expect(texts(2)).toContain(
      "hint 2 falls due in the very instant in which a's sweep puts it back, and the store takes none that has no life left: lost, and counted nowhere",
    );
    expect(texts(2).join()).not.toContain('had no room');
  });

  it('tells of a crash that finds it on no disk', () => {
    expect(texts(3)).toContain('a crashed while its sweep had hint 3 for b in its hands, and no more on disk: lost');
  });
});

describe('the life of a hint that was sent several times before it could be applied', () => {
  it('tells the first arrival from those that come with it', () => {
    // b stands still from 9 s to 20 s: the write of 10 s has no answer by 12 s, and the attempts of the looks at 12, 14, 16
    // and 18 s fail after a second. All of them are executed at 20 s, and that of the look at 20 s when it arrives.
    const trace = runOf(`
system: scylla
duration: 30s
detector: { fixed: { down: 0s, up: 0s, start: up } }
drain: { timeout: 1s, retryAfter: 1s, interval: 2s }
requests: [{ at: 10s, set: k, on: a }]
faults: [{ stall: b, at: 9s, until: 20s }]
`);
    const [first, ...others] = lifeOfHint(trace, 0)
      .steps.map(({ text }) => text)
      .filter((text) => text.startsWith('b applied'));
    expect(first).toBe('b applied hint 0 of write 0, 8s after it was stored');
    expect(others).toHaveLength(4);
    for (const text of others) expect(text).toMatch(/^b applied hint 0 of write 0 once more, 8(\.001)?s after/);
  });
});
