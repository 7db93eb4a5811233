/**
 * Levels that no request can reach: more votes than a key has replicas. A run of such a scenario is a legal one, in which
 * every request of the level fails, so it is a note and no problem.
 */
import { levelRule } from '../model/levels.ts';
import type { ConsistencyLevel } from '../model/levels.ts';
import type { NodeSpec } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { Path } from '../text/source-tree.ts';
import { levelsOf } from './policy.ts';
import { racksByDatacentre } from './racks.ts';
import type { Resolution } from './resolution.ts';

/** Notes each level of the document, where it stands, that takes more votes than there are replicas. */
export function noteUnreachableLevels(
  document: ScenarioDocument,
  nodes: readonly NodeSpec[],
  resolution: Resolution,
): void {
  const replicas = [...racksByDatacentre(nodes).values()].reduce((sum, { size }) => sum + size, 0);
  for (const { level, path } of levelsIn(document)) {
    const { votes } = levelRule(level);
    if (typeof votes !== 'number' || votes <= replicas) continue;
    const most = replicas === 1 ? 'the 1 replica' : `the ${replicas} replicas`;
    resolution.note(path, `${votes} votes are more than ${most} of a key, so every request of this level fails`);
  }
}

function levelsIn({ consistency, workload = [], requests = [] }: ScenarioDocument): readonly Placed[] {
  const classes = Array.isArray(workload)
    ? workload.flatMap(({ level }, index) => placed(level, ['workload', index, 'level']))
    : placed(workload.level, ['workload', 'level']);
  const written = requests.flatMap(({ level }, index) =>
    level === undefined ? [] : [{ level, path: ['requests', index, 'level'] }],
  );
  return [...placed(consistency, ['consistency']), ...classes, ...written];
}

interface Placed {
  readonly level: ConsistencyLevel;
  readonly path: Path;
}

function placed(levels: ScenarioDocument['consistency'], path: Path): readonly Placed[] {
  const { write, read } = levelsOf(levels);
  const isEach = typeof levels === 'object';
  const of = (level: ConsistencyLevel | undefined, key: string): readonly Placed[] =>
    level === undefined ? [] : [{ level, path: isEach ? [...path, key] : path }];
  return [...of(write, 'write'), ...of(read, 'read')];
}
