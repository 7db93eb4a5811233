/**
 * Links to the page, compressed by the system's zlib, which the pure {@link pageLink} has to do without.
 */
import { deflateRawSync } from 'node:zlib';
import { pageLink, type RunViolation, type ScenarioTree, textOfTree, withoutFind } from '../explore/index.ts';

/** The link that opens a scenario at its violation, on the page at `page` or on the local preview. */
export function linkTo(tree: ScenarioTree, { result }: RunViolation, page?: string): string {
  const moment = { text: textOfTree(withoutFind(tree)), at: result.at, event: result.event };
  return pageLink(page, moment, (bytes) => deflateRawSync(bytes, { level: 9 }));
}
