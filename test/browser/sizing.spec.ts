import { expect, type Page } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { ONE_SIZE, computed, openAt, test } from './page.ts';

const ASKED = '#v=1&story=expiry&x=hints.cap%3D16KiB,64KiB,1MiB&y=hints.ttl%3D2m,1h&of=refused&seeds=1';

const answer = (page: Page) => page.getByRole('region', { name: 'Sizing' }).getByRole('status');
const grid = (page: Page, name: string) => page.getByRole('grid', { name });

test('a link opens a sweep and answers it, with theory beside it', async ({ page }) => {
  await openAt(page, ASKED);
  await expect(answer(page)).toContainText('The least hints.cap with no hints refused, in 1 of 1 seeds: 1MiB');
  await expect(grid(page, 'hints refused').getByRole('gridcell')).toHaveCount(6);
  // 300 s · 10/s − ⌊16 KiB / 200 B⌋ = 3000 − 81.
  await expect(grid(page, 'In theory').locator('[data-place="0 1"]')).toContainText('2 919');
  await page.getByText('As a table').click();
  await expect(page.getByRole('region', { name: 'Sweep as a table' }).getByRole('row')).toHaveCount(7);
});

test(
  'a sweep is asked for and a cell opened by the keyboard alone; back leads to the sweep again',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=expiry');
    await page.keyboard.press('z');
    await page.getByLabel('Values of the columns').fill('16KiB,1MiB');
    await page.getByLabel('Values of the rows').fill('1h');
    await page.getByLabel('Seeds').fill('1');
    await page.keyboard.press('Tab');
    await page.getByLabel('Show').selectOption('refused');
    await page.getByRole('button', { name: 'Run 2 runs' }).focus();
    await page.keyboard.press('Enter');
    const cells = grid(page, 'hints refused').getByRole('gridcell');
    await expect(answer(page)).toContainText('1MiB at hints.ttl 1h');
    await cells.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(cells.nth(1)).toBeFocused();
    await expect(page.getByRole('heading', { name: 'hints.cap 1MiB, hints.ttl 1h' })).toBeVisible();
    await page.keyboard.press('Enter');
    await computed(page);
    await expect(page.getByRole('textbox', { name: 'Cap' })).toHaveValue('1MiB');
    await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
    await page.goBack();
    await expect(answer(page)).toContainText('1MiB at hints.ttl 1h');
  },
);

test(
  'a sweep stops at once and keeps the cells that are there; what cannot be read says why',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, ASKED.replace('seeds=1', 'seeds=25'));
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(answer(page)).toContainText(/Stopped at \d of 6 cells/);
    await page.getByLabel('Values of the rows').fill('5x');
    await page.getByLabel('Values of the rows').press('Tab');
    await page.getByLabel('Values of the columns').fill('2MiB..1MiB');
    await page.getByLabel('Values of the columns').press('Tab');
    await expect(page.getByText('expected a range that grows')).toBeVisible();
  },
);

test('axe finds nothing, and nothing is wider than the screen', async ({ page }) => {
  await openAt(page, ASKED);
  await expect(answer(page)).toContainText('1MiB');
  await page.getByText('As a table').click();
  await expectAccessible(page);
  await expectNothingWider(page);
});
