/**
 * Why a coordinator turned a write away without sending it to anyone: too few replicas within reach, or too many hints
 * on their way to its disk. A trace does not record which; what the coordinator believed says as much, unless a rack of
 * several nodes is half there, for a trace does not say either which of them owns a key.
 */
import { levelRule, votesNeeded } from '../../scenario/model/levels.ts';
import type { LevelRule } from '../../scenario/model/levels.ts';
import { cell } from '../cell.ts';
import { formatBytes } from '../format.ts';
import type { Trace } from '../trace.ts';
import { believesDown } from './intervals.ts';
import { commonLevel, levelName } from './names.ts';

/** The reason, or the two that it may be; undefined for a write that was sent or hinted. O(nodes · beliefs). */
export function whyRefused(trace: Trace, write: number): string | undefined {
  const { writes, copies, scenario } = trace;
  if (copies.write[cell(writes.firstCopy, write)] === write) return undefined;
  const { hints, consistency } = scenario.policy;
  const hasGuard = hints.inFlightBytes > 0;
  const overloaded = `more than ${formatBytes(hints.inFlightBytes)} of hints were not yet on its disk`;
  const unavailable = `too few replicas were taken for Normal to reach ${levelName(trace, 'write')}`;
  if (consistency.unavailable === 'try') return hasGuard ? overloaded : undefined;
  const reach = hasGuard ? reachOf(trace, write) : 'short';
  if (reach === 'enough') return overloaded;
  return reach === 'short' ? unavailable : `${unavailable}, or ${overloaded}`;
}

/** Whether the replicas that the coordinator took for `Normal` were enough for the level of its writes. */
function reachOf(trace: Trace, write: number): 'enough' | 'short' | 'unknown' {
  const level = commonLevel(trace, 'write');
  if (level === undefined) return 'unknown';
  const rule = levelRule(level);
  if (rule.hintSuffices) return 'enough';
  const home = trace.scenario.nodes[cell(trace.writes.coordinator, write)]?.datacentre ?? '';
  const groups = groupsOf(racksOf(trace, write), rule, home);
  const missing = (known: (rack: Rack) => boolean): boolean =>
    groups.some((racks) => racks.filter(known).length < votesNeeded(rule, racks.length));
  if (!missing(({ isWhole }) => isWhole)) return 'enough';
  return missing(({ hasSome }) => hasSome) ? 'short' : 'unknown';
}

/** One replica of each key is in a rack. */
interface Rack {
  readonly datacentre: string;
  /** All of its nodes were taken for `Normal`, or at least one of them. */
  readonly isWhole: boolean;
  readonly hasSome: boolean;
}

function racksOf(trace: Trace, write: number): readonly Rack[] {
  const { writes, scenario } = trace;
  const at = cell(writes.issuedAt, write);
  const coordinator = cell(writes.coordinator, write);
  const racks = new Map<string, Rack>();
  scenario.nodes.forEach(({ datacentre, rack }, node) => {
    // A proxy owns no key.
    if (rack === '') return;
    const isUp = !believesDown(trace, coordinator, node, at);
    const known = racks.get(`${datacentre}/${rack}`) ?? { datacentre, isWhole: true, hasSome: false };
    racks.set(`${datacentre}/${rack}`, { ...known, isWhole: known.isWhole && isUp, hasSome: known.hasSome || isUp });
  });
  return [...racks.values()];
}

/** The racks that a level counts together: of the coordinator's datacentre, of each for itself, or all. */
function groupsOf(racks: readonly Rack[], { counts }: LevelRule, home: string): readonly (readonly Rack[])[] {
  if (counts === 'all') return [racks];
  const datacentres = counts === 'local' ? [home] : [...new Set(racks.map(({ datacentre }) => datacentre))];
  return datacentres.map((name) => racks.filter(({ datacentre }) => datacentre === name));
}
