/**
 * What the journeys share: the page opened at a fragment with its run computed, and a watch over what must never happen
 * on it: an error in the console, or a request to anywhere but its own files.
 */
import { expect, test as base, type Page } from 'playwright/test';

/** The test function of all journeys; each fails if the page complained or asked the network for anything else. */
export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith(baseURL ?? '') && !/^(data|blob):/.test(request.url()))
          complaints.push(request.url());
      });
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Of a journey that goes by rules which do not know how large the screen is: it is made on a desktop. */
export const ONE_SIZE = { tag: '@one-size' } as const;

/** Opens the page and waits until the run is computed. */
export async function openAt(page: Page, fragment = ''): Promise<void> {
  await page.goto(`/${fragment}`);
  await computed(page);
}

/** Waits until nothing is being computed, the last run was good, and every part of the page shows it. */
export async function computed(page: Page): Promise<void> {
  await expect(page.getByRole('status').getByText(/events in/)).toBeVisible();
  await expect(page.locator('#app')).toHaveAttribute('aria-busy', 'false');
}

/** The row of the summary that tells how many hints met a fate. */
export function fate(page: Page, name: 'delivered' | 'expired' | 'lost' | 'pending') {
  return page
    .getByRole('region', { name: 'Hints' })
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('cell')
    .first();
}

/** The playhead, in microseconds. */
export async function moment(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow'));
}

/** Drops a file on the page. */
export async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, bytes]) => {
      const made = new DataTransfer();
      made.items.add(new File([new Uint8Array(bytes)], fileName));
      return made;
    },
    [name, [...Buffer.from(content)]] as const,
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop a scenario')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Chooses a verb of the menu of what can be taken away. */
export async function share(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: verb }).click();
}
