import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Component } from 'svelte';
import Bench from '../../support/Bench.svelte';
import { benchNow, SMALL } from '../../support/bench.ts';
import { SPEEDS } from '../../../web/state/playback.svelte.ts';
import CaptionLine from '../../../web/views/CaptionLine.svelte';
import Notices from '../../../web/views/Notices.svelte';
import OverrideForm from '../../../web/views/OverrideForm.svelte';
import ScenarioPanel from '../../../web/views/ScenarioPanel.svelte';
import SelectionPanel from '../../../web/views/SelectionPanel.svelte';
import SummaryPanel from '../../../web/views/SummaryPanel.svelte';
import Transport from '../../../web/views/Transport.svelte';

function show(view: Component) {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  render(Bench, { workbench, view });
  return workbench;
}

test('the form shows the scenario in grey, and a notice names the field that was refused', async () => {
  const workbench = show(OverrideForm);
  render(Bench, { workbench, view: Notices });
  const ttl = screen.getByLabelText<HTMLInputElement>('TTL');
  expect(ttl.placeholder).toBe('1d');
  await fireEvent.input(ttl, { target: { value: '24x' } });
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('found 24x'));
  expect(ttl.value).toBe('24x');
  expect(ttl.getAttribute('aria-invalid')).toBe('true');
  const reason = document.getElementById(ttl.getAttribute('aria-describedby') ?? '');
  expect(reason?.textContent).toMatch(/^TTL: expected a duration.*found 24x\.$/);
  expect(workbench.run.trace).toBeDefined();
});

test('a first scenario that is refused does not pretend to be computing', () => {
  const workbench = benchNow();
  workbench.openText('hintlab: 1\nduratoin: 5m\n', 'broken');
  render(Bench, { workbench, view: CaptionLine });
  expect(screen.queryByText(/Computing/)).toBeNull();
  expect(screen.getByText(/Nothing has run yet/)).toBeDefined();
});

test('while playing the moment shows only digits that can be read, at rest all of them', async () => {
  const workbench = show(Transport);
  const { playback } = workbench;
  playback.setSpeed(SPEEDS.indexOf(1_000_000));
  playback.seek(12_345_678);
  const shown = screen.getByRole('timer', { name: 'Moment' });
  await vi.waitFor(() => expect(shown.textContent).toBe('12.345678s'));
  playback.play();
  await vi.waitFor(() => expect(shown.textContent).toBe('12.300s'));
});

test('the summary adds up: stored is delivered, expired, lost and pending', () => {
  const workbench = show(SummaryPanel);
  const { hints } = workbench.run.trace?.totals ?? { hints: undefined };
  expect(hints?.stored).toBeGreaterThan(0);
  const section = within(screen.getByRole('region', { name: 'Hints' }));
  const counts = ['delivered', 'expired', 'lost', 'pending'].map((fate) =>
    Number(within(section.getByRole('row', { name: new RegExp(fate) })).getAllByRole('cell')[0]?.textContent),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(hints?.stored);
});

test('the summary has the ledger: every copy of every acknowledged write, once', () => {
  const workbench = show(SummaryPanel);
  const trace = workbench.run.trace;
  const count = (name: RegExp): number =>
    Number(screen.getByRole('row', { name }).querySelector('td')?.textContent?.replaceAll(' ', ''));
  const copies = count(/^present/) + count(/^superseded/) + count(/^missing/);
  expect(copies).toBeGreaterThan(0);
  expect(copies).toBe((trace?.totals.writes.acked ?? 0) * (trace?.scenario.nodes.length ?? 0));
});

test('a problem of the text is listed with its place, what was expected, and the nearest name', async () => {
  const workbench = show(ScenarioPanel);
  const area = screen.getByLabelText<HTMLTextAreaElement>('Scenario text');
  await fireEvent.input(area, { target: { value: SMALL.replace('workload', 'worklod') } });
  await vi.waitFor(() => expect(workbench.run.problems).toHaveLength(1));
  const list = within(await screen.findByRole('list', { name: 'Problems' }));
  expect(list.getByRole('listitem').textContent).toMatch(/6:1.*expected.*Did you mean workload\?/);
  await fireEvent.click(list.getByRole('button', { name: '6:1' }));
  expect(area.selectionStart).toBe(SMALL.indexOf('workload'));
  expect(area.value).toContain('worklod');
});

test('a queue lists its hints; a hint leads to its life and back', async () => {
  const workbench = show(SelectionPanel);
  workbench.select({ kind: 'queue', holder: 0, peer: 1 });
  await fireEvent.click(await screen.findByRole('button', { name: 'Life of hint #0' }));
  expect(workbench.selection).toEqual({ kind: 'hint', hint: 0 });
  const steps = await screen.findAllByRole('listitem');
  expect(steps.length).toBeGreaterThan(2);
  await fireEvent.click(screen.getByRole('button', { name: '← queue a → b' }));
  expect(workbench.selection).toEqual({ kind: 'queue', holder: 0, peer: 1 });
});

test('a queue that is empty now offers the moment at which it is fullest', async () => {
  const workbench = show(SelectionPanel);
  workbench.playback.seek(0);
  workbench.select({ kind: 'queue', holder: 0, peer: 1 });
  await fireEvent.click(await screen.findByRole('button', { name: /where the most do/ }));
  expect(workbench.playback.moment).toBeGreaterThan(10_000_000);
});

test('the transport steps by one event either way', async () => {
  const workbench = show(Transport);
  const { playback } = workbench;
  const before = playback.entry;
  await fireEvent.click(screen.getByRole('button', { name: 'One event on' }));
  expect(playback.entry).toBe(before + 1);
  await fireEvent.click(screen.getByRole('button', { name: 'One event back' }));
  expect(playback.entry).toBe(before);
});

test('the caption tells what happened at the playhead', () => {
  show(CaptionLine);
  expect(document.body.textContent).toMatch(/hint|Down|Normal/);
});
