/**
 * Editing faults by hand, and moving by conditions: the fault lane with pointer and keys, the context menu, undo, playing
 * backwards, running until something holds, the axis by event and the brush.
 */
import { expect, type Locator, type Page } from 'playwright/test';
import { expectAccessible } from './accessible.ts';
import { ONE_SIZE, computed, moment, openAt, test } from './page.ts';

/** 60.5 s to 6m 0.5s in a run of 70 minutes. */
const STORY = '#v=1&story=single-outage&at=100000000&map=closed';

function fault(page: Page): Locator {
  return page.getByRole('group', { name: 'Faults of the scenario' }).getByRole('button', { name: /^crash b/ });
}

async function dragBy(page: Page, from: { x: number; y: number }, pixels: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + pixels / 2, from.y, { steps: 3 });
  await page.mouse.move(from.x + pixels, from.y, { steps: 3 });
  await page.mouse.up();
}

async function boxOf(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error('it is not on screen');
  return box;
}

test('a fault is dragged, the run follows, and undo and redo walk there and back', async ({ page }) => {
  await openAt(page, `${STORY}&see=0-600000000`);
  const before = await fault(page).getAttribute('aria-label');
  expect(before).toBe('crash b, from 1m 500ms to 6m 500ms');
  const box = await boxOf(fault(page));
  await dragBy(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, 60);
  await computed(page);
  await expect(fault(page)).not.toHaveAttribute('aria-label', before ?? '');
  await expect(page).toHaveURL(/text=/);
  await page.keyboard.press('Control+z');
  await expect(fault(page)).toHaveAttribute('aria-label', before ?? '');
  await expect(page).toHaveURL(/story=single-outage/);
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(fault(page)).not.toHaveAttribute('aria-label', before ?? '');
});

test('pulling an end makes a fault longer and leaves its beginning', async ({ page }) => {
  await openAt(page, `${STORY}&see=0-600000000`);
  await expect(fault(page)).toBeVisible();
  const box = await boxOf(fault(page));
  await dragBy(page, { x: box.x + box.width - 1, y: box.y + box.height / 2 }, 40);
  await expect(fault(page)).toHaveAttribute('aria-label', /^crash b, from 1m 500ms to (6m (1|2|3|4|5)|7m)/);
});

test('by keyboard a fault is moved, pulled, changed in its form, and taken away', ONE_SIZE, async ({ page }) => {
  await openAt(page, STORY);
  await fault(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(fault(page)).not.toHaveAttribute('aria-label', /from 1m 500ms/);
  await expect(fault(page)).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Fault: crash b' });
  await expect(form.getByLabel('at', { exact: true })).toBeFocused();
  await form.getByLabel('at', { exact: true }).fill('2m');
  await form.getByLabel('for', { exact: true }).fill('1m');
  await form.getByRole('button', { name: 'Done' }).click();
  await expect(fault(page)).toHaveAttribute('aria-label', 'crash b, from 2m to 3m');
  await fault(page).focus();
  await page.keyboard.press('Delete');
  await expect(fault(page)).toHaveCount(0);
  await expect(page.getByText('Nothing breaks.')).toBeVisible();
});

test(
  'the form of a fault is that of the scenario: its problems, its meanings, its undo, another kind',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, STORY);
    await fault(page).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Fault: crash b' });
    const length = form.getByLabel('for', { exact: true });
    await length.fill('5 lightyears');
    await expect(form.getByText(/expected a duration/)).toBeVisible();
    await expect(form.getByText('how long it lasts').last()).toBeVisible();
    await length.press('Control+z');
    await expect(length).toHaveValue('5m');
    await expect(form.getByText(/expected a duration/)).toHaveCount(0);
    await expectAccessible(page);
    await form.getByLabel('kind', { exact: true }).selectOption('slow');
    await expect(page.getByRole('dialog', { name: 'Fault: slow' }).getByLabel('factor', { exact: true })).toHaveValue(
      '1',
    );
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /^slow ×1 b/ })).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(fault(page)).toBeVisible();
  },
);

test('the context menu of a lane adds a fault where it was asked for, and gives the focus back', async ({ page }) => {
  await openAt(page, STORY);
  const lane = page.locator('.lane[data-node="2"]');
  await lane.scrollIntoViewIfNeeded();
  await lane.locator('canvas').click({ button: 'right', position: { x: 150, y: 12 } });
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  await page.keyboard.press('s');
  await expect(menu.getByRole('menuitem', { name: /^Stop c/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await lane.getByRole('button', { name: 'c', exact: true }).focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Stall/ }).click();
  await expect(page.getByRole('button', { name: /^stall c/ })).toBeVisible();
  await expect(lane.getByRole('button', { name: 'c', exact: true })).toBeFocused();
});

test('playing backwards goes back', ONE_SIZE, async ({ page }) => {
  // Far from the beginning, where it would stop by itself: at this speed it is 13 s away.
  await openAt(page, '#v=1&story=single-outage&at=4000000000&map=closed');
  await page.getByRole('button', { name: 'Play backwards' }).click();
  await expect.poll(() => moment(page)).toBeLessThan(3_990_000_000);
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Play backwards' })).toBeVisible();
  const paused = await moment(page);
  await page.waitForTimeout(200);
  expect(await moment(page)).toBe(paused);
});

test('run until goes to where the condition begins, and last time goes back', async ({ page }) => {
  await openAt(page, STORY);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  const condition = page.getByRole('group', { name: 'Condition' });
  await condition.getByLabel('What holds').selectOption('queue');
  await condition.getByLabel('Node').selectOption('b');
  await condition.getByLabel('At least').fill('20000');
  await condition.getByRole('button', { name: 'run until →' }).click();
  // 1 597 hints until 79 s, then a hundred a second: the 20 000th is that of 79 s + 184.02 s.
  expect(await moment(page)).toBe(263_020_000);
  await condition.getByLabel('What holds').selectOption('down');
  await condition.getByRole('button', { name: '← last time' }).click();
  expect(await moment(page)).toBe(60_500_000);
  await condition.getByRole('button', { name: '← last time' }).click();
  await expect(condition.getByRole('status')).toHaveText('not before in this run');
});

test('moments are marked with notes that travel in the link', ONE_SIZE, async ({ page }) => {
  await openAt(page, STORY);
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByLabel('Note', { exact: true }).fill('here it begins');
  await page.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(page).toHaveURL(/note=100000000\.here/);
  await page.reload();
  await computed(page);
  await expect(page.getByRole('button', { name: /here it begins/ })).toBeVisible();
});

test('the axis by event gives a flight as much room as a wait, and travels in the link', ONE_SIZE, async ({ page }) => {
  await openAt(page, STORY);
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/by=event/);
  await expect(page.getByText(/events per second|events\/s/).first()).toBeAttached();
  await page.keyboard.press('e');
  await expect(page).not.toHaveURL(/by=event/);
});

test('a brushed stretch tells what happened in it and leads to its events', async ({ page }) => {
  await openAt(page, STORY);
  await page.keyboard.press('s');
  await page.keyboard.press('Shift+ArrowRight'); // to the return of b
  const card = page.getByRole('region', { name: 'Brushed stretch' });
  await expect(card).toContainText('hints stored');
  await card.getByRole('button', { name: 'hints stored' }).click();
  await expect(page).toHaveURL(/within\.100000000/);
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
});

test('axe finds nothing in menu, form, find bar, brush and all lanes', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&map=closed&fold=beliefs.links.stale&note=1000000.hm');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Find moments' })).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('End');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add …' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.locator('[data-fault]').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Fault/ })).toBeVisible();
  await expectAccessible(page);
});
