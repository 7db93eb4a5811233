/**
 * What holds of every view in every theme: axe finds nothing, and nothing is wider than the screen.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page } from 'playwright/test';
import type { AxeResults } from 'axe-core';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;

/** Expects that axe finds nothing in what the page shows now, in the light theme and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found: string[] = [];
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
    for (const { id, nodes } of violations)
      found.push(...nodes.map(({ target }) => `${theme}: ${id}: ${target.join(' ')}`));
  }
  expect(found).toEqual([]);
}

/** Expects that the page does not scroll sideways. */
export async function expectNothingWider(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond).toBe(0);
}
