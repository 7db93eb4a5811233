/**
 * `npm run engines`: every story has the same digest in Node, in Chromium and in JavaScriptCore. One bundled script runs
 * in all three; what differs is printed, and the exit code is 1. The last line is `N passed, N failed`, a story each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { asked, nothing } from '../support/arguments.ts';
import { ensureChromium } from '../support/chromium.ts';
import { ensureJsc } from '../support/jsc.ts';
import { digestsInChromium, digestsInShell } from './digests.ts';
import type { Line } from './digests.ts';

asked('npm run engines: every story has the same digest in Node, in Chromium and in JavaScriptCore', nothing);
const say = (line: string): void => console.log(line);
const folder = mkdtempSync(join(tmpdir(), 'hintlab-engines-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const [chromium, jsc] = [ensureChromium(say), ensureJsc(say)];
  for (const engine of [chromium, jsc]) if (engine.kind === 'missing') say(engine.advice);
  if (chromium.kind === 'missing' || jsc.kind === 'missing') return 1;
  const file = await bundle();
  const [inNode, inChromium, inJavaScriptCore] = await Promise.all([
    digestsInShell(process.execPath, file),
    digestsInChromium(chromium.path, file),
    digestsInShell(jsc.path, file),
  ]);
  return report(inNode, { Chromium: inChromium, JavaScriptCore: inJavaScriptCore });
}

/** One classic script with everything in it. */
async function bundle(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      lib: {
        entry: new URL('script.ts', import.meta.url).pathname,
        formats: ['iife'],
        name: 'digests',
        fileName: () => 'digests.js',
      },
      minify: true,
    },
  });
  return join(folder, 'digests.js');
}

function report(inNode: readonly Line[], others: Readonly<Record<string, readonly Line[]>>): number {
  let failed = 0;
  for (const { story, digest, events } of inNode) {
    const different = Object.entries(others).filter(
      ([, lines]) => lines.find((line) => line.story === story)?.digest !== digest,
    );
    if (different.length > 0 || events === 0) failed++;
    const found = different.map(
      ([name, lines]) => `, ${name} ${lines.find((line) => line.story === story)?.digest ?? 'nothing'}`,
    );
    say(`${story}: ${digest}${found.join('')}`);
  }
  // A script that ran nothing has shown nothing.
  if (inNode.length === 0) failed++;
  say(`\n${inNode.length - Math.min(failed, inNode.length)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
