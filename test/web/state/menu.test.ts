/** The menu's own moves: past dividers, round the ends, and to what is typed. */
import { expect, test } from 'vitest';
import { Menu, type MenuItem } from '../../../web/state/menu.svelte.ts';

function opened(done: string[] = []): Menu {
  const action = (label: string): MenuItem => ({ kind: 'action', label, run: () => done.push(label) });
  const menu = new Menu();
  const items: MenuItem[] = [
    { kind: 'divider', label: 'b' },
    action('Crash'),
    action('Cut off from a'),
    { kind: 'divider' },
    { kind: 'action', label: 'Stop', run: () => done.push('Stop'), unavailable: 'it is down' },
  ];
  menu.open({ label: 'Faults', items }, { x: 1, y: 2 }, undefined);
  return menu;
}

test('the first item is the first that can be chosen, and moves go round past dividers', () => {
  const menu = opened();
  const visited = [menu.current];
  for (let i = 0; i < 3; i++) {
    menu.move(1);
    visited.push(menu.current);
  }
  menu.move(-1);
  expect([...visited, menu.current]).toEqual([1, 2, 4, 1, 4]);
  menu.first();
  expect(menu.current).toBe(1);
  menu.last();
  expect(menu.current).toBe(4);
});

test('letters go to the next item that begins with them; a pause begins a new word', () => {
  const menu = opened();
  menu.type('c', 0);
  expect(menu.current).toBe(2);
  menu.type('r', 100);
  expect(menu.current).toBe(1);
  menu.type('s', 2_000);
  expect(menu.current).toBe(4);
});

test('choosing closes first and then acts; what is unavailable does nothing', () => {
  const done: string[] = [];
  const menu = opened(done);
  menu.choose(4);
  expect([done, menu.offer === undefined]).toEqual([[], false]);
  menu.choose(2);
  expect([done, menu.offer]).toEqual([['Cut off from a'], undefined]);
});

test('an offer without anything to choose opens nothing', () => {
  const menu = new Menu();
  menu.open({ label: '', items: [{ kind: 'divider' }] }, { x: 0, y: 0 }, undefined);
  expect(menu.offer).toBeUndefined();
});
