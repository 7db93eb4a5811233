/**
 * The version of hintlab, from the package.json that it came with: one folder further up in the published package,
 * where this file lies in dist/, than in the sources.
 */
import { fileURLToPath } from 'node:url';
import { assert } from '../../core/index.ts';
import { readText } from './files.ts';

const CANDIDATES = ['../../package.json', '../../../package.json'];

/** As in `0.1.0`. */
export function packageVersion(): string {
  for (const candidate of CANDIDATES) {
    const read = readText(fileURLToPath(new URL(candidate, import.meta.url)));
    const manifest: unknown = read.kind === 'text' ? JSON.parse(read.text) : undefined;
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) continue;
    if (typeof manifest.version === 'string') return manifest.version;
  }
  assert(false, 'hintlab lies beside its package.json');
}
