/**
 * What only a pointer does: brushing with Shift, on the lanes and on those of a comparison, and pulling the end of a fault
 * in the longest story there is.
 */
import { expect, type Locator, type Page } from 'playwright/test';
import { openAt, test } from './page.ts';

async function boxOf(of: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error('it is not on screen');
  return box;
}

async function drag(page: Page, from: { x: number; y: number }, pixels: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + pixels / 2, from.y, { steps: 3 });
  await page.mouse.move(from.x + pixels, from.y, { steps: 3 });
  await page.mouse.up();
}

/** Drags with Shift over the middle half of a plot. */
async function brush(page: Page, plot: Locator): Promise<void> {
  await plot.scrollIntoViewIfNeeded();
  const box = await boxOf(plot);
  await page.keyboard.down('Shift');
  await drag(page, { x: box.x + box.width / 4, y: box.y + box.height / 2 }, box.width / 2);
  await page.keyboard.up('Shift');
}

const card = (page: Page) => page.getByRole('region', { name: 'Brushed stretch' });

test('dragging with Shift brushes a stretch and leaves the view; its card zooms there', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity&map=closed');
  const plot = page.locator('.lane').filter({ hasText: 'a → b' }).locator('.plot');
  await brush(page, plot);
  // A quarter to three quarters of ten minutes, within a pixel or two of a plot of some 800.
  await expect(card(page).getByRole('heading')).toHaveText(/^2m (29|3[01])\S* to 7m (29|3[01])\S*, (4m 5\d|5m)/);
  await expect(page.getByRole('button', { name: 'Fit' })).toBeDisabled();
  await card(page).getByRole('button', { name: 'Zoom to it' }).click();
  await expect(page.getByRole('button', { name: 'Fit' })).toBeEnabled();
  await expect(page).toHaveURL(/see=1(49|50|51)\d{6}-4(49|50|51)\d{6}/);
  await card(page).getByRole('button', { name: 'Let go of the stretch' }).click();
  await expect(card(page)).toHaveCount(0);
});

test('dragging with Shift brushes the lanes of a comparison, too', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&with=*here&with=cassandra');
  await expect(page.getByText('2 of 2 designs computed')).toBeAttached();
  await brush(page, page.getByRole('region', { name: 'Comparison' }).locator('.lane .plot').first());
  await expect(card(page)).toContainText('hints stored');
});

test('in a year of outages the end of a fault is pulled, and undo brings it back', async ({ page }) => {
  // Eight hours around the outage of n3 from 16d 6h 58m, 41 minutes long; few requests, so that a year takes no time.
  await openAt(page, '#v=1&story=lanl-23&set=workload.rate=1/h&see=1396800000000-1425600000000&map=closed');
  const fault = page
    .getByRole('group', { name: 'Faults of the scenario' })
    .getByRole('button', { name: /^crash n3, from 16d/ });
  const asWritten = 'crash n3, from 16d 6h 58m to 16d 7h 39m';
  await expect(fault).toHaveAttribute('aria-label', asWritten);
  const box = await boxOf(fault);
  await drag(page, { x: box.x + box.width - 1, y: box.y + box.height / 2 }, box.width);
  // Twice as long, within the steps that an end snaps to.
  await expect(fault).toHaveAttribute('aria-label', /^crash n3, from 16d 6h 58m to 16d 8h (1|2)\d?m/);
  await page.keyboard.press('Control+z');
  await expect(fault).toHaveAttribute('aria-label', asWritten);
});
