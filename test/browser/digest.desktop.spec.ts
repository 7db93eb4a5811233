import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import { run } from '../../sim/cluster/index.ts';
import { parseScenario } from '../../sim/scenario/index.ts';
import { computed, openAt, test } from './page.ts';

/** Stories of more events than this take a while; a digest is as good a witness on the others. */
const MOST_EVENTS = 1_000_000;
const FOLDER = new URL('../../sim/scenario/stories/', import.meta.url);
const stories = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml') && !file.startsWith('lanl'))
  .map((file) => file.slice(0, -'.yaml'.length));

function digestInNode(story: string): { digest: string; events: number } {
  const parsed = parseScenario(readFileSync(new URL(`${story}.yaml`, FOLDER), 'utf8'), { file: story });
  if (parsed.kind === 'invalid') throw new Error(`${story} is a valid scenario`);
  const result = run(parsed.scenario);
  if (result.kind === 'limit') throw new Error(`${story} stays within its limits`);
  return result.trace;
}

test('a story has the same digest here as in Node', async ({ page }) => {
  expect(stories.length).toBeGreaterThan(4);
  await openAt(page);
  for (const story of stories) {
    const { digest, events } = digestInNode(story);
    expect(events).toBeLessThan(MOST_EVENTS);
    await page.getByLabel('Story').selectOption(story);
    await expect(page.getByRole('heading', { name: story })).toBeVisible();
    await computed(page);
    await expect(page.getByLabel('Digest')).toHaveText(digest);
  }
});
