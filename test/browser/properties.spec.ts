import { expect, type Page } from 'playwright/test';
import { ONE_SIZE, computed, moment, openAt, test } from './page.ts';

/** The button of a violated property. */
const violation = (page: Page, id: string) =>
  page.getByRole('list', { name: 'Violated' }).getByRole('button', { name: new RegExp(`^${id} violated`) });

test('a run leads to what it violated, that to its moment and its write, and back', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.getByRole('tab', { name: /Properties/ }).click();
  // The late hint replaces the second write, which b had acknowledged, at 60.001 s: worked out in the story.
  await expect(violation(page, 'C3')).toContainText('first at 1m 0.001s');
  await violation(page, 'C3').click();
  expect(await moment(page)).toBe(60_001_000);
  await expect(page).toHaveURL(/at=60001000&entry=\d+.*&pick=(write|hint)\.0/);
  await expect(page.locator('.caption')).toContainText('1m 0.001s');
  await page.keyboard.press('Escape');
  await expect(violation(page, 'C3')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Hold' })).toContainText('C2');
  await page.getByText('Not exercised', { exact: false }).last().click();
  await expect(page.getByRole('list', { name: 'Not exercised' })).toContainText('the policy has no window');
});

test('a badge on the axis says what was violated first there, and goes there', async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint&at=0');
  const badge = page.getByRole('button', { name: /C3.* violated, first at 1m 0\.001s$/ });
  await badge.focus();
  await page.keyboard.press('Enter');
  expect(await moment(page)).toBe(60_001_000);
  await expect(page.getByRole('tab', { name: /Properties/ })).toHaveAttribute('aria-selected', 'true');
});

test('timestamps at the receiver undo the reversal, and the verdicts follow', ONE_SIZE, async ({ page }) => {
  await openAt(page, '#v=1&story=late-hint');
  await page.getByRole('tab', { name: /Properties/ }).click();
  await expect(violation(page, 'C3')).toBeVisible();
  await page.getByLabel('System').selectOption('cassandra');
  await expect(page).toHaveURL(/system=cassandra/);
  await computed(page);
  await expect(page.getByRole('list', { name: 'Hold' })).toContainText('C3');
  await expect(violation(page, 'C3')).toHaveCount(0);
  await page.reload();
  await computed(page);
  await expect(page.getByLabel('System')).toHaveValue('cassandra');
  await page.goBack();
  await expect(page.getByLabel('System')).toHaveValue('');
});

test(
  'a system that cannot express the story shows the problems at once, and the picture stays',
  ONE_SIZE,
  async ({ page }) => {
    await openAt(page, '#v=1&story=replay-livelock/aimd');
    await page.getByLabel('System').selectOption('dynomite');
    await expect(page.getByRole('alert')).toContainText('under dynomite');
    await expect(page.getByRole('alert')).toContainText('drain.adapt: expected ack: each');
    await expect(page.getByText('The picture is of the last one that ran.')).toBeVisible();
    await page.getByLabel('System').selectOption('');
    await computed(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
  },
);
