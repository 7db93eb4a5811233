/**
 * The process of one share of a matrix (`shares.ts`): its work is its argument, and its rows are what it prints.
 */
import { rmSync } from 'node:fs';
import { CACHE } from '../bundle.ts';
import { rowsOf } from './shares.ts';
import type { Share } from './shares.ts';

const share: Share = JSON.parse(process.argv[2] ?? '{}');
process.stdout.write(JSON.stringify(await rowsOf(share)));
rmSync(CACHE, { recursive: true, force: true });
