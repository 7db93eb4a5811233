import { expect, type Page } from 'playwright/test';
import { encodeSegment } from '../../core/index.ts';
import { expectAccessible } from './accessible.ts';
import { ONE_SIZE, computed, drop, openAt, test } from './page.ts';

/** The field with the scenario's text. */
async function editor(page: Page) {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  return page.getByLabel('Scenario text');
}

/** Hints that expire at noon and a minute later, of a peer that was told by its name, with three stray bytes. */
function segment(): Uint8Array {
  const noon = BigInt(Date.UTC(2026, 10, 22, 12));
  const records = [noon, noon + 60_000n].map((deadlineMillis) => ({ deadlineMillis, payload: new Uint8Array(4) }));
  return new Uint8Array([...encodeSegment(records), 1, 2, 3]);
}

test('keys and values are completed while they are typed', ONE_SIZE, async ({ page }) => {
  const area = await editor(page);
  await area.fill('hintlab: 1\nduration: 3m\n');
  await area.press('Control+End');
  await page.keyboard.type('sys');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list.getByRole('option')).toHaveText([/system.*preset of all policy values/]);
  await page.keyboard.press('Enter');
  await page.keyboard.type('cass');
  await expect(list.getByRole('option', { selected: true })).toHaveText('cassandra');
  await page.keyboard.press('Tab');
  await expect(area).toHaveValue('hintlab: 1\nduration: 3m\nsystem: cassandra');
  await computed(page);
  await expect(list).toHaveCount(0);
});

test(
  'the list opens when it is asked for, is walked by arrows, and a click takes a line',
  ONE_SIZE,
  async ({ page }) => {
    const area = await editor(page);
    await area.fill('hintlab: 1\nduration: 3m\nhints:\n  vote: ');
    await area.press('Control+End');
    await page.keyboard.press('Control+ ');
    const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
    await expect(options).toHaveText(['full', 'any', 'none']);
    await page.keyboard.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await page.keyboard.press('Control+ ');
    await options.filter({ hasText: 'any' }).click();
    await expect(area).toHaveValue(/vote: any$/);
    await expect(area).toBeFocused();
  },
);

test('a suggestion mends the text, and undo brings back what was typed', ONE_SIZE, async ({ page }) => {
  const area = await editor(page);
  const text = (await area.inputValue()).replace('workload:', 'worklod:');
  await area.fill(text);
  const problems = page.getByRole('list', { name: 'Problems' });
  await problems.getByRole('button', { name: /^\d+:\d+$/ }).click(); // brings the place into view
  await expect(page.locator('.painted .wrong')).toHaveText('worklod');
  await problems.getByRole('button', { name: 'workload', exact: true }).click();
  await expect(area).toHaveValue(text.replace('worklod:', 'workload:'));
  await computed(page);
  await expect(problems).toHaveCount(0);
  await area.press('Control+z');
  await expect(area).toHaveValue(text);
});

test('Tab indents; after Escape it leaves the field', ONE_SIZE, async ({ page }) => {
  const area = await editor(page);
  await area.fill('hintlab: 1');
  await area.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(area).toHaveValue('hintlab: 1\n  ');
  await page.keyboard.press('Shift+Tab');
  await expect(area).toHaveValue('hintlab: 1\n');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(area).not.toBeFocused();
  await expect(area).toHaveValue('hintlab: 1\n');
});

test('a dropped segment shows its records, their deadlines and its torn tail', ONE_SIZE, async ({ page }) => {
  await openAt(page);
  await drop(page, 'peer-3.hints', segment());
  const view = page.getByRole('dialog', { name: 'peer-3.hints' });
  await expect(view.getByText('hints for the peer at position 3')).toBeVisible();
  await expect(view.getByRole('alert')).toContainText('Torn at offset 40:');
  await expect(view.getByRole('table', { name: 'Records' }).getByRole('row')).toHaveCount(3);
  await view.getByLabel('At (UTC)').fill('2026-11-22T12:00');
  await expect(view.getByText('1 of 2 have expired.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'single-outage' })).toBeVisible();
});

test('axe finds nothing in the editor and the segment view', async ({ page }) => {
  const area = await editor(page);
  await area.fill('hintlab: 1\nduratoin: 3m\nhints:\n  vote: ');
  await area.press('Control+End');
  await page.keyboard.press('Control+ ');
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible();
  await expectAccessible(page);
  await drop(page, 'peer-3.hints', segment());
  await expect(page.getByRole('table', { name: 'Records' })).toBeVisible();
  await expectAccessible(page);
});
