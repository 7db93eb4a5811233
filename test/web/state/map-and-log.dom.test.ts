import { describe, expect, test } from 'vitest';
import { addressText, OPENING, parseAddress } from '../../../web/state/address.ts';
import { EVERYTHING } from '../../../web/events/event-filter.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

describe('in a link', () => {
  test('a folded map and the filter of the event log come back', () => {
    const address = { ...OPENING, map: 'closed', log: { node: 1, kind: 'hints', text: 'a, b' } } as const;
    const { address: read, problems } = parseAddress(addressText(address));
    expect(problems).toEqual([]);
    expect(read).toMatchObject({ map: 'closed', log: { node: 1, kind: 'hints', text: 'a, b' } });
  });

  test('an event log without a filter is told from none', () => {
    expect(parseAddress(addressText({ ...OPENING, log: EVERYTHING })).address.log).toEqual(EVERYTHING);
    expect(parseAddress(addressText(OPENING)).address.log).toBeUndefined();
  });

  test('what cannot be read is named, and the rest opens', () => {
    const { address, problems } = parseAddress(`${addressText(OPENING)}&map=half&log=kind.nothing`);
    expect(problems).toHaveLength(2);
    expect(address.map).toBeUndefined();
    expect(address.log).toBeUndefined();
  });
});

describe('the workbench', () => {
  test('shows the rows that pass a filter, and says so in its view', () => {
    const workbench = benchNow();
    workbench.openText(SMALL, 'small');
    expect(workbench.view.log).toBeUndefined();
    workbench.showEvents({ node: 1 });
    expect(workbench.panel).toBe('events');
    expect(workbench.view.log).toEqual({ node: 1 });
    workbench.show('summary');
    expect(workbench.view.log).toBeUndefined();
  });

  test('opens with the map as the link has it', async () => {
    const workbench = benchNow();
    workbench.openText(SMALL, 'small');
    workbench.toggleMap();
    expect(workbench.view.map).toBe('closed');
    await workbench.open({ ...OPENING, log: { kind: 'hints' } }, SMALL);
    expect(workbench.mapOpen).toBe(true);
    expect(workbench.panel).toBe('events');
    expect(workbench.events.filter).toEqual({ kind: 'hints' });
  });
});
