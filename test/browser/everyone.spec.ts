import { expect } from 'playwright/test';
import { expectAccessible, expectNothingWider } from './accessible.ts';
import { openAt, test } from './page.ts';

test('axe finds nothing in any panel', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity&at=150000000&pick=queue.0.1');
  await expectAccessible(page);
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Life of hint/ })
    .first()
    .click();
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Properties' }).click();
  await expect(page.getByRole('list', { name: 'Violated' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByLabel('Scenario text').fill('hintlab: 1\nduratoin: 3m\n');
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await expectAccessible(page);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the page follows the system's ${theme} theme, and the choice overrules it`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openAt(page);
    const lightness = () =>
      page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d');
        if (!canvas) return NaN;
        canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[0] ?? NaN;
      });
    const own = await lightness();
    expect(own > 128).toBe(theme === 'light');
    const button = page.getByRole('button', { name: /^Theme: / });
    await button.click(); // from auto to light
    if (theme === 'light') await button.click();
    await expect(button).toHaveAccessibleName(`Theme: ${theme === 'light' ? 'dark' : 'light'}`);
    expect((await lightness()) > 128).toBe(theme !== 'light');
    await page.reload();
    expect((await lightness()) > 128).toBe(theme !== 'light');
  });
}

test('nothing is wider than the screen', async ({ page }) => {
  await openAt(page, '#v=1&story=over-capacity&pick=queue.0.1');
  for (const tab of ['Summary', 'Properties', 'Selection', 'Scenario']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectNothingWider(page);
  }
});
