/**
 * An update of the offline app: an older build, served and kept by its service worker, then the build under test in its
 * place. The older one goes on until the page lets the newer one take over, and nothing of the work is lost.
 *
 * The older build is the build under test with a mark in its page and a version of its own, made on the way.
 */
import { createServer, type Server } from 'node:http';
import { expect, type APIRequestContext, type Page } from 'playwright/test';
import { computed, openAt, test as base } from './page.ts';

const MARK = '<meta name="build" content="older">';

/** The build under test on an origin of its own, at first as an older build. */
class Site {
  readonly #build: APIRequestContext;
  readonly #server: Server;
  #isOlder = true;

  /** @param build answers with the files of the build under test */
  constructor(build: APIRequestContext) {
    this.#build = build;
    this.#server = createServer((request, response) => {
      void this.#answer(request.url ?? '/').then(({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      );
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The newer build is served from now on. */
  deploy(): void {
    this.#isOlder = false;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(path: string): Promise<{ status: number; type: string; body: Buffer }> {
    const answer = await this.#build.get(path);
    const type = answer.headers()['content-type'] ?? '';
    const body = await answer.body();
    return { status: answer.status(), type, body: this.#isOlder ? older(path, body) : body };
  }
}

function older(path: string, body: Buffer): Buffer {
  if (path.endsWith('sw.js')) return Buffer.from(body.toString().replace(/"version":"\w+"/, '"version":"older"'));
  if (path === '/' || path === '/index.html') return Buffer.from(body.toString().replace('<head>', `<head>${MARK}`));
  return body;
}

const test = base.extend<{ site: Site }>({
  site: async ({ playwright }, use, info) => {
    const { baseURL } = info.project.use;
    const build = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL });
    const site = new Site(build);
    await use(site);
    site.close();
    await build.dispose();
  },
  baseURL: async ({ site }, use) => use(await site.open()),
});

const keptBuilds = (page: Page) => page.evaluate(() => caches.keys());
const isOlder = (page: Page) => page.locator('meta[name=build]').count();

test('a newer build waits beside the older one, says so, and takes over when it is asked to, with nothing lost', async ({
  page,
  site,
}) => {
  await openAt(page, '#v=1&story=expiry');
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await keptBuilds(page)).toEqual(['hintlab-older']);
  site.deploy();
  await page.reload();
  await computed(page);
  expect(await isOlder(page)).toBe(1);
  const offer = page.getByRole('alert').filter({ hasText: 'A new version is ready.' });
  await expect(offer).toBeVisible();
  await page.getByLabel('TTL', { exact: true }).fill('90s');
  await page.getByRole('button', { name: 'a → b' }).click();
  await expect(page).toHaveURL(/ttl=90s.*pick=queue/);
  await offer.getByRole('button', { name: 'Open it' }).click();
  await expect.poll(() => isOlder(page)).toBe(0);
  await computed(page);
  await expect(page.getByLabel('TTL', { exact: true })).toHaveValue('90s');
  await expect(page.getByRole('heading', { name: 'a → b' })).toBeVisible();
  await expect(offer).toHaveCount(0);
  expect(await keptBuilds(page)).toEqual([expect.stringMatching(/^hintlab-(?!older)\w+$/)]);
});
