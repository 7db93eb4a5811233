import { readFileSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';
import type { AxeResults } from 'axe-core';
import { openAt, test } from './page.ts';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${theme} theme, in any panel`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openAt(page, '#v=1&story=over-capacity&at=150000000&pick=queue.0.1');
    expect(await findings(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Life of hint/ })
      .first()
      .click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Summary' }).click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Properties' }).click();
    await expect(page.getByRole('list', { name: 'Violated' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Scenario' }).click();
    await page.getByLabel('Scenario text').fill('hintlab: 1\nduratoin: 3m\n');
    await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    expect(await findings(page)).toEqual([]);
  });

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
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
  }
});
