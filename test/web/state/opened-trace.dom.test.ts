/** Opening files that are no text: a saved trace is shown as the run that it is, a segment in its own view. */
import { expect, test } from 'vitest';
import { encodeSegment } from '../../../core/index.ts';
import { encodeTrace } from '../../../sim/trace/index.ts';
import { Share } from '../../../web/share/share.svelte.ts';
import { OPENING } from '../../../web/state/address.ts';
import { openedSource } from '../../../web/state/opened-source.ts';
import { traceText, tracedFile } from '../../../web/state/opened-trace.ts';
import { packText } from '../../../web/state/packed-text.ts';
import { natureOf, readFile } from '../../../web/state/read-file.ts';
import { ThemeState } from '../../../web/state/theme.svelte.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

function saved() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const { trace } = workbench.run;
  if (!trace) throw new Error('the scenario of the test runs');
  return { workbench, trace, bytes: new Uint8Array(encodeTrace(trace)) };
}

test('a trace is told by its first bytes, a segment by its name, and the rest is text', () => {
  const { bytes } = saved();
  expect(natureOf('x.yaml', bytes)).toBe('trace');
  expect(natureOf('peer-1.hints', new Uint8Array(8))).toBe('segment');
  expect(natureOf('peer-1.hints.tmp', new Uint8Array())).toBe('segment');
  expect(natureOf('hints.yaml', new TextEncoder().encode('hintlab: 1'))).toBe('text');
});

test('a saved trace is the same run, without its text; undo brings back what was open', async () => {
  const { trace, bytes } = saved();
  const workbench = benchNow();
  workbench.openText(SMALL.replace('name: small', 'name: other'), 'other');
  workbench.typing.override('ttl', '2m');
  await readFile(workbench, new File([bytes], 'mine.trace'));
  expect(workbench.run.status).toEqual({ kind: 'opened', name: 'mine.trace' });
  expect(workbench.run.trace?.digest).toBe(trace.digest);
  expect(workbench.run.trace?.log.at).toEqual(trace.log.at);
  expect(workbench.draft.text).toContain('mine.trace');
  expect(workbench.draft.sets).toEqual([]);
  workbench.edits.undo();
  expect(workbench.draft.text).toContain('name: other');
  expect(workbench.draft.overrides.ttl).toBe('2m');
  expect(workbench.run.trace?.scenario.name).toBe('other');
});

test('what is made of a link is not offered for a saved trace, and says why; its trace and its report are', async () => {
  const { bytes } = saved();
  const workbench = benchNow();
  const share = new Share(workbench, new ThemeState());
  workbench.openText(SMALL, 'small');
  const unavailable = () =>
    share.offer.items.flatMap((item) => (item.kind === 'action' && item.unavailable ? [item.label] : []));
  expect(unavailable()).toEqual([]);
  await readFile(workbench, new File([bytes], 'mine.trace'));
  expect(unavailable()).toEqual(['Copy link to exactly this', 'Download as one HTML file', 'Keep in this browser']);
  workbench.edits.undo();
  expect(unavailable()).toEqual([]);
});

test('a link to a saved trace says which file to open, and shows the opening story', async () => {
  const opened = await openedSource({ kind: 'text', packed: await packText(traceText('my  run.trace')) });
  expect(opened).toMatchObject({ source: OPENING.source, text: undefined });
  expect(opened.problem).toContain('which a link cannot carry: open my run.trace here');
  expect(tracedFile(SMALL)).toBeUndefined();
});

test('a broken trace is not opened, and says at which byte it stops making sense', async () => {
  const { workbench, trace, bytes } = saved();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await readFile(workbench, new File([bytes], 'bad.trace'));
  expect(workbench.notices.join()).toMatch(
    /^bad\.trace was not opened: expected a trace .*; byte 20: expected checksum/,
  );
  expect(workbench.run.trace).toBe(trace);
  expect(workbench.draft.text).toBe(SMALL);
});

test('a segment is shown beside the run, which stays', async () => {
  const { workbench, trace } = saved();
  const file = encodeSegment([{ deadlineMillis: 5n, payload: new Uint8Array(3) }]);
  await readFile(workbench, new File([new Uint8Array(file)], 'peer-2.hints'));
  expect(workbench.segment).toMatchObject({ name: 'peer-2.hints', peer: 2, deadlines: [5n] });
  expect(workbench.run.trace).toBe(trace);
  workbench.showSegment(undefined);
  expect(workbench.segment).toBeUndefined();
});
