/**
 * Source patches: how a bug is put into a copy of our code without a switch in the code itself. A patch is an exact text
 * and what stands there instead; it is applied while a copy is bundled, so nothing of it is in what ships.
 *
 * A patch that no longer finds its text, or finds it twice, is rotten, and says so before anything runs.
 */

/** One change to one file. */
export interface SourcePatch {
  /** From the root of the project, as in `core/hint-columns.ts`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly before: string;
  readonly after: string;
}

/** The text of `file` with the patches that are for it. Throws if one of them does not apply exactly once. */
export function patched(file: string, text: string, patches: readonly SourcePatch[]): string {
  let changed = text;
  for (const patch of patches) {
    if (patch.file !== file) continue;
    const found = changed.split(patch.before).length - 1;
    if (found !== 1) throw new Error(`a patch of ${file} occurs ${found} times, not once: ${patch.before}`);
    // As a function: a replacement text may not be read for dollar signs.
    changed = changed.replace(patch.before, () => patch.after);
  }
  return changed;
}
