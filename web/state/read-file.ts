/**
 * Reads a file that the user chose or dropped, within a limit, and hands it to what can show it: a saved trace and
 * scenario text to the worker, a segment of hints to its own view.
 */
import { formatBytes } from '../../sim/trace/index.ts';
import type { Workbench } from './workbench.svelte.ts';

/** The largest file that is read as text or as a segment. */
export const MOST_FILE_BYTES = 16 * 1_048_576;
/** The largest trace that is opened: with the page beside it, it fits in 256 MiB. */
export const MOST_TRACE_BYTES = 96 * 1_048_576;

/** What a file is, told from its first bytes and its name. */
export type FileNature = 'trace' | 'segment' | 'text';

/** The first bytes of a saved trace: a byte that is not text, then its name. */
const TRACE_MAGIC = [0x89, ...new TextEncoder().encode('HINTLAB')];
/** Also of an unfinished rewrite. */
const SEGMENT_NAME = /\.hints(?:\.tmp)?$/i;

/** Tells what a file is. A segment has no first bytes of its own: its name says so. */
export function natureOf(name: string, head: Uint8Array): FileNature {
  if (TRACE_MAGIC.every((byte, at) => head[at] === byte)) return 'trace';
  return SEGMENT_NAME.test(name) ? 'segment' : 'text';
}

/** Reads a file and opens it; what cannot be opened is said in a notice. */
export async function readFile(workbench: Workbench, file: File): Promise<void> {
  const nature = natureOf(file.name, await bytesOf(file.slice(0, TRACE_MAGIC.length)));
  const most = nature === 'trace' ? MOST_TRACE_BYTES : MOST_FILE_BYTES;
  if (file.size > most) {
    workbench.notify([
      `${file.name} was not opened: it has ${formatBytes(file.size)}, expected at most ${formatBytes(most)}.`,
    ]);
    return;
  }
  if (nature === 'trace') return workbench.run.openTrace({ name: file.name, bytes: await bytesOf(file) });
  if (nature === 'segment') {
    const { openSegment } = await import('../segment/opened-segment.ts');
    return workbench.showSegment(openSegment(file.name, await bytesOf(file)));
  }
  const read = { name: file.name, text: await file.text() };
  workbench.compare.remember(read);
  workbench.run.open(read);
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
