/**
 * The raw data that importers are tested on. It lies beside the project, never in it; without it those tests are skipped
 * and say so.
 */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/data/', import.meta.url);

/** Why tests on raw data are skipped; undefined if they are not. */
export const WITHOUT_SHARED_DATA = existsSync(FOLDER)
  ? undefined
  : 'skipped: the raw data is not here (../shared/data beside the project)';

/** The text of a file of raw data, by its path there. */
export function sharedData(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}
