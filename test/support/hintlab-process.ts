/**
 * hintlab as a process of its own, from the sources: what to spawn for exit codes, signals, limits and real streams.
 */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Node, its flags and the file: put the arguments of hintlab behind. */
export const HINTLAB_PROCESS: readonly string[] = [
  process.execPath,
  '--import',
  TSX,
  fileURLToPath(new URL('../../sim/cli/main.ts', import.meta.url)),
];
