/** A pin of a violation, saved as the file that `hintlab replay` fails on until it is mended. */
import type { Pin } from '../../sim/explore/pin.ts';
import { saveFile } from './save-file.ts';

/** Saves a pin, if there is one. The sentence that says what became of it. */
export function keepPin(pin: Pin): string {
  if (pin.kind === 'unpinned') return `It was not pinned: ${pin.reason}.`;
  saveFile(pin.name, new Blob([pin.text], { type: 'application/yaml' }));
  return `${pin.name} is saved: hintlab replay fails on it until the violation is gone.`;
}
