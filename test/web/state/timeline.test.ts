/** The timeline in a link and in the hand: notes, folded groups, the axis by event, and the brush. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventInstants } from '../../../web/lanes/event-axis.ts';
import { spanSummary } from '../../../web/lanes/span-summary.ts';
import { Playback } from '../../../web/state/playback.svelte.ts';
import { MOST_NOTES, parseTimeline, writeTimeline } from '../../../web/state/timeline-address.ts';
import { Timeline } from '../../../web/state/timeline.svelte.ts';
import { Viewport } from '../../../web/state/viewport.svelte.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const TRACE = buildTrace({
  level: 'full',
  endedAt: 1_000,
  log: [
    { at: 100, kind: 'crashed', node: 'b' },
    { at: 200, kind: 'heartbeat', node: 'a', peer: 'c' },
    { at: 300, kind: 'believedDown', node: 'a', peer: 'b' },
    { at: 300, kind: 'believedDown', node: 'c', peer: 'b' },
    { at: 400, kind: 'sweep', node: 'a' },
    { at: 900, kind: 'restarted', node: 'b' },
  ],
});

function timeline() {
  const [viewport, playback] = [new Viewport(), new Playback()];
  playback.load(TRACE);
  viewport.setEnd(TRACE.endedAt);
  const made = new Timeline(viewport, playback);
  made.load(TRACE);
  return { viewport, playback, timeline: made };
}

test('the axis by event has the ends and every event once, without heartbeats and sweeps', () => {
  expect([...eventInstants(TRACE)]).toEqual([0, 100, 300, 900, 1_000]);
  expect([...eventInstants(buildTrace({ endedAt: 50, outages: [{ node: 'a', from: 10, until: 50 }] }))]).toEqual([
    0, 10, 50,
  ]);
});

test('choosing the axis changes view and playing alike, and back', () => {
  const { viewport, playback, timeline: made } = timeline();
  made.axis.set(true);
  expect([viewport.mapping?.length, playback.byEvent]).toEqual([5, true]);
  made.axis.set(false);
  expect([viewport.mapping, playback.byEvent]).toEqual([undefined, false]);
});

test('what a link says of the timeline comes back out of it', () => {
  const note = fc.record({ at: fc.nat(), text: fc.string({ maxLength: 30, size: 'max', unit: 'binary' }) });
  const address = fc.record({
    byEvent: fc.boolean(),
    turned: fc.subarray(['nodes', 'queues', 'links']),
    notes: fc
      .uniqueArray(note, { selector: ({ at }) => at, size: 'max', maxLength: 5 })
      .map((notes) => notes.sort((a, b) => a.at - b.at)),
  });
  let withNotes = 0;
  fc.assert(
    fc.property(address, (each) => {
      const fields = new URLSearchParams();
      for (const [name, value] of writeTimeline(each)) fields.append(name, value);
      const { address: back, problems } = parseTimeline(new URLSearchParams(fields.toString()));
      expect(problems).toEqual([]);
      const isPlain = !each.byEvent && each.turned.length === 0 && each.notes.length === 0;
      expect(back).toEqual(isPlain ? undefined : each);
      if (each.notes.length > 0) withNotes++;
    }),
    { seed: 11, numRuns: 200 },
  );
  expect(withNotes).toBeGreaterThan(50);
});

test('what of a link is broken is named, and the rest is kept', () => {
  const { address, problems } = parseTimeline(new URLSearchParams('by=luck&note=soon&note=5.hm'));
  expect(problems).toEqual([
    "In the link, by should be event; found 'luck', left out.",
    "In the link, note should be a moment and a text; found 'soon', left out.",
  ]);
  expect(address?.notes).toEqual([{ at: 5, text: 'hm' }]);
});

test('notes are in order, one per moment, and no more than are kept', () => {
  const { timeline: made } = timeline();
  made.note(5, 'late');
  made.note(3, 'early');
  made.note(5, 'later');
  expect(made.notes).toEqual([
    { at: 3, text: 'early' },
    { at: 5, text: 'later' },
  ]);
  made.forget(3);
  expect(made.notes).toHaveLength(1);
  for (let at = 10; at < 10 + MOST_NOTES; at++) made.note(at, '');
  expect(made.notes).toHaveLength(MOST_NOTES);
  expect(made.note(900, '')).toBe(false);
});

test('folding is the other way than by default, and travels in the link only then', () => {
  const { timeline: made } = timeline();
  expect([made.isFolded('queues'), made.isFolded('links'), made.address]).toEqual([false, true, undefined]);
  made.toggle('links');
  expect([made.isFolded('links'), made.address?.turned]).toEqual([false, ['links']]);
});

test('a brush lies within the run, whichever way it was drawn; by key it follows the playhead', () => {
  const { playback, timeline: made } = timeline();
  made.brush({ from: 2_000, until: 300.4 });
  expect(made.brushed).toEqual({ from: 300, until: 1_000 });
  playback.seek(250);
  made.brushByKey();
  playback.seek(50);
  expect(made.brushed).toEqual({ from: 50, until: 250 });
  made.brushByKey();
  playback.seek(700);
  expect(made.brushed).toEqual({ from: 50, until: 250 });
});

test('a stretch is counted with both its ends', () => {
  expect(spanSummary(TRACE, { from: 100, until: 300 })).toEqual([
    { what: 'beliefs turned to Down', count: 2, kind: 'believedDown' },
    { what: 'crashes', count: 1, kind: 'crashed' },
  ]);
  const counted = buildTrace({ level: 'hints', endedAt: 50, hints: [{ holder: 'a', peer: 'b', storedAt: 10 }] });
  expect(spanSummary(counted, { from: 0, until: 50 })).toEqual([{ what: 'hints stored', count: 1, kind: undefined }]);
});
