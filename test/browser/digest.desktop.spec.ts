import { readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { run } from '../../sim/cluster/index.ts';
import { parseScenario } from '../../sim/scenario/index.ts';
import { computed, openAt, test } from './page.ts';

/** Some stories as the page runs them, in its worker; all of them are compared engine by engine in test/engines. */
const STORIES = ['single-outage', 'expiry', 'over-capacity', 'rolling-restart', 'late-hint', 'crash-recovery'];
const FOLDER = new URL('../../sim/scenario/stories/', import.meta.url);

function digestInNode(story: string): string {
  const parsed = parseScenario(readFileSync(new URL(`${story}.yaml`, FOLDER), 'utf8'), { file: story });
  if (parsed.kind === 'invalid') throw new Error(`${story} is a valid scenario`);
  const result = run(parsed.scenario);
  if (result.kind === 'limit') throw new Error(`${story} stays within its limits`);
  return result.trace.digest;
}

test('a story has the same digest here as in Node', async ({ page }) => {
  await openAt(page);
  for (const story of STORIES) {
    await page.getByLabel('Story').selectOption(story);
    await expect(page.getByRole('heading', { name: story })).toBeVisible();
    await computed(page);
    await expect(page.getByLabel('Digest')).toHaveText(digestInNode(story));
  }
});
