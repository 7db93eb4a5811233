import { expect } from 'playwright/test';
import { computed, fate, openAt, test } from './page.ts';

test('another TTL gives other numbers', async ({ page }) => {
  await openAt(page);
  await expect(fate(page, 'expired')).toHaveText('0');
  await page.getByLabel('TTL', { exact: true }).fill('2m');
  await expect(fate(page, 'expired')).not.toHaveText('0');
  await expect(page).toHaveURL(/ttl=2m/);
  await page.goBack();
  await expect(page.getByLabel('TTL', { exact: true })).toHaveValue('');
  await expect(fate(page, 'expired')).toHaveText('0');
});

test('another seed, cap and drain interval are taken as a file takes them', async ({ page }) => {
  await openAt(page);
  const digest = await page.getByLabel('Digest').textContent();
  await page.getByLabel('Cap', { exact: true }).fill('100KiB');
  await page.getByLabel('Drain', { exact: true }).fill('5s');
  await page.getByLabel('Seed', { exact: true }).fill('99');
  await expect(page.getByLabel('Digest')).not.toHaveText(digest ?? '');
  // 100 KiB of 200-byte hints is ⌊102 400 / 200⌋ = 512 of them.
  await expect(page.locator('.lane').filter({ hasText: 'a → b' }).locator('.scale')).toHaveText('peak 512');
});

test('a value that is refused stays, and a notice above the picture says why; the picture stays too', async ({
  page,
}) => {
  await openAt(page);
  await page.getByLabel('TTL', { exact: true }).fill('24x');
  await expect(page.getByRole('alert')).toContainText('found 24x');
  await expect(page.getByLabel('TTL', { exact: true })).toHaveValue('24x');
  await expect(page.getByText('The picture is of the last one that ran.')).toBeVisible();
  const notice = await page.getByRole('alert').boundingBox();
  const transport = await page.getByRole('region', { name: 'Transport' }).boundingBox();
  expect((notice?.y ?? NaN) + (notice?.height ?? NaN)).toBeLessThanOrEqual((transport?.y ?? NaN) + 1);
  await expect(fate(page, 'delivered')).toHaveText('29 847');
  await page.getByLabel('TTL', { exact: true }).fill('24h');
  await computed(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a scenario that is refused lists its errors in place, and a click goes there', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const area = page.getByLabel('Scenario text');
  const text = (await area.inputValue()).replace('workload:', 'worklod:').replace('crash: b', 'crash: bb');
  await area.fill(text);
  const problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
  await expect(problems).toHaveCount(2);
  await expect(problems.first()).toContainText('Did you mean workload?');
  await expect(area).toHaveValue(text);
  await problems
    .first()
    .getByRole('button', { name: /^\d+:\d+$/ })
    .click();
  await expect(area).toBeFocused();
  expect(await area.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBe(text.indexOf('worklod'));
  await area.fill(text.replace('worklod:', 'workload:').replace('crash: bb', 'crash: c'));
  await computed(page);
  await expect(problems).toHaveCount(0);
});

test('picking another story does not lose the text that was typed: back brings it again', async ({ page }) => {
  await openAt(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const area = page.getByLabel('Scenario text');
  await area.fill((await area.inputValue()).replace('name: single-outage', 'name: my-own'));
  await expect(page).toHaveURL(/text=/);
  await page.getByLabel('Story').selectOption('expiry');
  await expect(page).toHaveURL(/story=expiry/);
  await page.goBack();
  await expect(area).toHaveValue(/name: my-own/);
});
