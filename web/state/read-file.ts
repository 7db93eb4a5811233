/**
 * Reads a file that the user chose or dropped, within a limit, and hands it to the worker to be recognised.
 */
import { formatBytes } from '../../sim/trace/index.ts';
import type { Workbench } from './workbench.svelte.ts';

/** The largest file that is read. */
export const MOST_FILE_BYTES = 16 * 1_048_576;

export async function readFile(workbench: Workbench, file: File): Promise<void> {
  if (file.size > MOST_FILE_BYTES) {
    workbench.notify([
      `${file.name} was not opened: it has ${formatBytes(file.size)}, expected at most ${formatBytes(MOST_FILE_BYTES)}.`,
    ]);
    return;
  }
  workbench.run.open({ name: file.name, text: await file.text() });
}
