/**
 * One config for the page, its build and every vitest project.
 *
 * `tidy` checks the house rules and `unit` the code, both in Node; `dom` renders components in happy-dom. Real browsers
 * are driven by test/playwright.config.ts. Time limits of tests only catch what hangs: no test is about speed.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { fileList } from './web/offline/file-list.ts';

const TIDY = ['test/tidy.test.ts', 'test/lint/*.test.ts'];
const TEST_LIMIT_MS = 60_000;

/** Nothing happens by importing the model, so that what of it the page, or its worker, does not use is not sent to it. */
const PURE_MODEL = { moduleSideEffects: [{ test: /\/(core|sim)\//, sideEffects: false }] };

export default defineConfig({
  root: 'web',
  base: './',
  plugins: [svelte({ configFile: false }), fileList('/offline/service-worker.ts')],
  worker: { format: 'es', rolldownOptions: { treeshake: PURE_MODEL } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // Scripts name each other and nothing else, so that the page can pack itself into one file.
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      // How long each plugin took is no concern of someone who starts the page.
      checks: { pluginTimings: false },
      treeshake: PURE_MODEL,
    },
  },
  test: {
    root: '.',
    testTimeout: TEST_LIMIT_MS,
    // By default one core is left to others: on a machine with two, half of it.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'tidy', environment: 'node', include: TIDY } },
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Modules keep no state from one run to the next, so files of tests share them, and what is compiled of them.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...TIDY, 'test/**/*.dom.test.ts', 'test/browser/**'],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'dom',
          environment: 'happy-dom',
          setupFiles: ['test/support/patience.ts'],
          include: ['test/**/*.dom.test.ts'],
        },
      },
    ],
  },
});
