/**
 * Real-browser tests: the built page, served on a free port, in Chromium at two sizes.
 *
 * `x.spec.ts` runs at both sizes but for its journeys of `ONE_SIZE`, `x.desktop.spec.ts` and `x.phone.spec.ts` at one.
 * Build first (`vite build`), or run `npm run test:browser`, which does.
 */
import { createServer } from 'node:net';
import { defineConfig } from 'playwright/test';
import { findChromium } from './support/chromium.ts';

// Workers load this file again: what the first load found is handed to them in the environment.
process.env.HINTLAB_TEST_PORT ??= String(await freePort());
process.env.CHROMIUM_PATH ??= findChromium() ?? '';
const origin = `http://127.0.0.1:${process.env.HINTLAB_TEST_PORT}`;

export default defineConfig({
  testDir: 'browser',
  outputDir: '../test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Only to catch what hangs: a machine that is busy with something else must not fail a test.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: origin,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: ['--no-sandbox'],
    },
  },
  projects: [
    { name: 'desktop', testIgnore: '**/*.phone.spec.ts', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testIgnore: '**/*.desktop.spec.ts',
      grepInvert: /@one-size/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${process.env.HINTLAB_TEST_PORT} --strictPort`,
    cwd: '..',
    url: origin,
    timeout: 60_000,
    reuseExistingServer: false,
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
