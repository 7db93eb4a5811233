/**
 * `npm run budget`: what a visitor downloads before the page works, gzipped, against the ceiling of 150 kB.
 *
 * First load is every script that index.html names and everything those import statically; a lazy chunk is not, and the
 * worker, which starts beside the page, is listed apart. Reads dist/web as `vite build` left it. Exit code 0 or 1.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asked, nothing } from './support/arguments.ts';
import { firstLoad } from './support/first-load.ts';

const PAGE = 'dist/web';
const CEILING_BYTES = 150_000;

function main(): number {
  const scripts = firstLoad(readFileSync(join(PAGE, 'index.html'), 'utf8'), (path) =>
    readFileSync(join(PAGE, path), 'utf8'),
  );
  let total = 0;
  for (const script of scripts) {
    total += gzipped(script);
    line(gzipped(script), script);
  }
  line(total, `first-load JS, gzipped (ceiling ${kilobytes(CEILING_BYTES)} kB)`);
  const apart = readdirSync(join(PAGE, 'assets')).filter(
    (file) => file.endsWith('.js') && !scripts.includes(`assets/${file}`),
  );
  for (const file of apart) {
    line(
      gzipped(`assets/${file}`),
      `assets/${file} (apart: ${basename(file).includes('worker') ? 'worker' : 'loaded later'})`,
    );
  }
  if (total <= CEILING_BYTES) return 0;
  console.error(
    `first-load JS is ${kilobytes(total - CEILING_BYTES)} kB over its ceiling: load something later, or drop it`,
  );
  return 1;
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(join(PAGE, path)), { level: 9 }).byteLength;
}

function line(bytes: number, what: string): void {
  console.log(`${kilobytes(bytes).padStart(8)} kB  ${what}`);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

asked('npm run budget: what a visitor downloads before the page works, against its ceiling', nothing);
process.exitCode = main();
