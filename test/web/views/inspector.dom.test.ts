import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Component } from 'svelte';
import Bench from '../../support/Bench.svelte';
import { benchNow, SMALL } from '../../support/bench.ts';
import EventsPanel from '../../../web/views/EventsPanel.svelte';
import SelectionPanel from '../../../web/views/SelectionPanel.svelte';

function show(view: Component) {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  render(Bench, { workbench, view });
  return workbench;
}

describe('a node', () => {
  test('says what it and the others believe of each other, and leads to the link, the queue and the events', async () => {
    const workbench = show(SelectionPanel);
    workbench.playback.seek(14_000_000);
    workbench.select({ kind: 'node', node: 1 });
    await screen.findByRole('heading', { name: 'b' });
    // Down from 10 s to 15 s, and known to both a second after.
    const said = screen.getAllByText((_, element) => element?.tagName === 'P').map(({ textContent }) => textContent);
    expect(said).toContainEqual(expect.stringMatching(/2 of 2 take it for Down/));
    const row = screen.getByRole('row', { name: /→ a/ });
    expect(within(row).getAllByRole('cell')[1]?.textContent).toBe('Down');
    await fireEvent.click(within(row).getByRole('button', { name: '→ a' }));
    expect(workbench.selection).toEqual({ kind: 'link', sender: 1, receiver: 0 });
  });

  test('counts up to the playhead and in all, and its number leads to the rows', async () => {
    const workbench = show(SelectionPanel);
    workbench.select({ kind: 'node', node: 1 });
    const row = await screen.findByRole('row', { name: /^crashes/ });
    const so = () => within(row).getAllByRole('cell')[0]?.textContent;
    workbench.playback.seek(9_999_999);
    await waitFor(() => expect(so()).toBe('0'));
    workbench.playback.seek(10_000_000);
    await waitFor(() => expect(so()).toBe('1'));
    await fireEvent.click(within(row).getByRole('button', { name: /^1 crashes/ }));
    expect(workbench.panel).toBe('events');
    expect(workbench.events.filter).toEqual({ node: 1, kind: 'crashed' });
  });
});

describe('a link', () => {
  test('says its state and what waits for it', async () => {
    const workbench = show(SelectionPanel);
    workbench.playback.seek(14_000_000);
    workbench.select({ kind: 'link', sender: 0, receiver: 1 });
    await screen.findByRole('heading', { name: 'a → b' });
    expect(screen.getByText('an end is down')).toBeDefined();
    // Ten writes a second through a, which takes b for Down from 11 s on.
    const waiting = screen.getByRole('button', { name: /^\d+ hints$/ });
    expect(Number.parseInt(waiting.textContent ?? '', 10)).toBeGreaterThanOrEqual(29);
    await fireEvent.click(waiting);
    expect(workbench.selection).toEqual({ kind: 'queue', holder: 0, peer: 1 });
  });
});

describe('the event log', () => {
  test('lists what passes its filter, and lets go of what narrows it', async () => {
    const workbench = show(EventsPanel);
    workbench.showEvents({ node: 1, kind: 'crashed', hint: 3 });
    await screen.findByText('No event of this run is like that.');
    await fireEvent.click(screen.getByRole('button', { name: /hint 3/ }));
    expect(workbench.events.filter).toEqual({ node: 1, kind: 'crashed' });
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^\s*1 of /));
    await fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    const all = workbench.run.trace?.log.at.length ?? 0;
    expect(workbench.events.count).toBe(all);
  });
});
