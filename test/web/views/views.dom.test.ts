import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Component } from 'svelte';
import Bench from '../../support/Bench.svelte';
import { benchNow, SMALL } from '../../support/bench.ts';
import { readDuration } from '../../../sim/scenario/index.ts';
import { SYSTEMS } from '../../../web/state/overrides.ts';
import { SPEEDS } from '../../../web/state/playback.svelte.ts';
import { verdictsOf } from '../../../web/state/verdicts.ts';
import CaptionLine from '../../../web/views/CaptionLine.svelte';
import Notices from '../../../web/views/Notices.svelte';
import OverrideForm from '../../../web/views/OverrideForm.svelte';
import ScenarioPanel from '../../../web/views/ScenarioPanel.svelte';
import PropertiesPanel from '../../../web/views/PropertiesPanel.svelte';
import SelectionPanel from '../../../web/views/SelectionPanel.svelte';
import SummaryPanel from '../../../web/views/SummaryPanel.svelte';
import SystemPicker from '../../../web/views/SystemPicker.svelte';
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
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('found 24x'));
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
  await waitFor(() => expect(shown.textContent).toBe('12.345678s'));
  playback.play();
  await waitFor(() => expect(shown.textContent).toBe('12.300s'));
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
  await waitFor(() => expect(workbench.run.problems).toHaveLength(1));
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

test('a system that cannot express the scenario is refused, with its problems in the notice', async () => {
  const workbench = show(SystemPicker);
  render(Bench, { workbench, view: Notices });
  workbench.openText(`${SMALL}system: scylla\ndrain: { adapt: aimd }\n`, 'adaptive');
  expect(workbench.run.status.kind).toBe('done');
  const picker = screen.getByLabelText<HTMLSelectElement>('System');
  expect(picker.options).toHaveLength(1 + SYSTEMS.length);
  await fireEvent.change(picker, { target: { value: 'dynomite' } });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('one problem in the scenario under dynomite');
  expect(alert.textContent).toMatch(/Line 10, drain\.adapt: expected ack: each .*; found ack: none\./);
  await fireEvent.change(picker, { target: { value: '' } });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a system that there is not is a problem of the picker', async () => {
  const workbench = show(SystemPicker);
  render(Bench, { workbench, view: Notices });
  workbench.pickSystem('dynomit');
  const picker = screen.getByLabelText<HTMLSelectElement>('System');
  await waitFor(() => expect(picker.getAttribute('aria-invalid')).toBe('true'));
  expect(picker.value).toBe('dynomit');
  expect(document.getElementById('problem-system')?.textContent).toMatch(/^System: expected .*found dynomit\.$/);
});

test('violated properties come first, each as a button that goes to its first violation, with one that pins it', async () => {
  const workbench = show(PropertiesPanel);
  const { violated, holding } = verdictsOf(workbench.run.findings?.properties ?? []);
  expect(violated.length).toBeGreaterThan(0);
  const list = within(screen.getByRole('list', { name: 'Violated' }));
  const buttons = list.getAllByRole('button', { name: /violated/ });
  expect(buttons).toHaveLength(violated.length);
  expect(list.getAllByRole('button', { name: /^Pin .* as a regression$/ })).toHaveLength(violated.length);
  const [first] = violated;
  if (!first || !buttons[0] || first.at === null) throw new Error('the first violation has an instant');
  expect(buttons[0].textContent).toContain(first.id);
  expect(buttons[0].textContent).toContain(first.sentence);
  await fireEvent.click(buttons[0]);
  expect(workbench.playback.moment).toBe(first.at);
  expect(workbench.selection.kind).not.toBe('none');
  expect(screen.getByRole('list', { name: 'Hold' }).children).toHaveLength(holding.length);
});

test('the summary tells percentiles in order, and which replicas were behind', () => {
  show(SummaryPanel);
  const header = screen.getByRole('columnheader', { name: 'p99.9' });
  const row = within(header.closest('table') ?? document.body).getByRole('row', { name: /^Writes/ });
  const micros = within(row)
    .getAllByRole('cell')
    .map((cell) => {
      const parsed = readDuration((cell.getAttribute('title') ?? '').replace('µ', 'u'));
      return parsed.kind === 'read' ? parsed.value : NaN;
    });
  expect(micros).toHaveLength(5);
  expect(micros.toSorted((a, b) => a - b)).toEqual(micros);
  expect(micros[0]).toBeGreaterThan(0);
  const behind = screen.getByRole('columnheader', { name: 'keys at end' }).closest('table');
  expect(within(behind ?? document.body).getByRole('row', { name: /^b/ })).toBeDefined();
});
