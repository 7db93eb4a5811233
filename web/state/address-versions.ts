/**
 * Versions of the address, oldest first, and what brings the fields of one to the next. A link says the lowest version
 * that reads it, so that an older page refuses what it would misread and opens everything else.
 *
 * Version 1: story or packed text, and the view. Version 2: the text may be an edit of a story (`edit=`), which a page of
 * version 1 would have shown unedited. A version that changes what a field means gets a step here, never a case elsewhere.
 * A new name within a field (`pick=read.3`) needs none: a page that does not know it leaves it out and says so. Nor does a
 * field that an older page may go without (`editor=form`): it opens the same view, only the panel beside it as it always was.
 */

/** Makes of the fields of one version those of the next. */
type Migration = (fields: URLSearchParams) => URLSearchParams;

/** By the version that a step starts from. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  // Version 2 adds a field; those of version 1 mean what they meant.
  '1': (fields) => fields,
};

/** What this page reads, and writes at most. */
export const NEWEST_VERSION = '2';

/** The fields as the newest version has them, or undefined if their version is none of ours. */
export function migrated(fields: URLSearchParams): URLSearchParams | undefined {
  let version = fields.get('v') ?? '';
  let current = fields;
  while (version !== NEWEST_VERSION) {
    const step = Object.hasOwn(MIGRATIONS, version) ? MIGRATIONS[version] : undefined;
    if (!step) return undefined;
    current = step(current);
    version = String(Number(version) + 1);
  }
  return current;
}
