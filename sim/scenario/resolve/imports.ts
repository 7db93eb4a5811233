/**
 * The outage files that a scenario names, read before anything else: a cluster that was imported may give the
 * scenario its nodes and its duration.
 */
import { duration } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { HARD_CEILINGS } from '../bounds.ts';
import { importLanl } from '../import/lanl.ts';
import type { LanlOutages } from '../import/lanl.ts';
import type { NodeSpec } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import { writeDuration } from '../text/quantities.ts';
import { nodeIn } from './racks.ts';
import type { Resolution } from './resolution.ts';

const MICROS_PER_MINUTE = 60_000_000;
/** Racks of an imported cluster: three replicas of every key, as most such systems run. */
const IMPORTED_RACKS = 3;

/** The outages imported for the entries of `faults` that ask for it, by their position. */
export function resolveImports(document: ScenarioDocument, resolution: Resolution): ReadonlyMap<number, LanlOutages> {
  const imports = new Map<number, LanlOutages>();
  for (const [index, fault] of (document.faults ?? []).entries()) {
    if (!('lanl' in fault)) continue;
    const path = ['faults', index, 'lanl'];
    const { lanl } = fault;
    if (lanl.to <= lanl.from) resolution.problem([...path, 'to'], { code: 'order', expected: 'a date after from' });
    if (lanl.to - lanl.from > HARD_CEILINGS.duration / MICROS_PER_MINUTE) {
      const expected = `a date at most ${writeDuration(HARD_CEILINGS.duration)} after from`;
      resolution.problem([...path, 'to'], { code: 'limit', expected });
      continue;
    }
    const text = resolution.readImport(lanl.file);
    if (text === undefined) {
      resolution.problem([...path, 'file'], { code: 'file', expected: 'a file that can be read' });
      continue;
    }
    const { longest, ...range } = lanl;
    const imported = importLanl(text, longest === undefined ? range : { ...range, longest: duration(longest) });
    if (imported.kind === 'invalid') resolution.include(imported.problems, [...path, 'system']);
    else {
      resolution.findings.include([], imported.notes);
      imports.set(index, imported);
    }
  }
  return imports;
}

/** The nodes of the largest cluster imported, over three racks; undefined without an import. */
export function importedNodes(imports: ReadonlyMap<number, LanlOutages>): readonly NodeSpec[] | undefined {
  const [largest] = [...imports.values()].toSorted((a, b) => b.names.length - a.names.length);
  return largest?.names.map((name, position) => nodeIn('dc1', rackOf(position), name));
}

/** The longest range imported; undefined without an import. */
export function importedDuration(imports: ReadonlyMap<number, LanlOutages>): Duration | undefined {
  const longest = [...imports.values()].reduce((most, { from, to }) => Math.max(most, to - from), 0);
  return longest > 0 ? duration(longest * MICROS_PER_MINUTE) : undefined;
}

/** The rack of a node of an imported cluster, by its position. */
export function rackOf(position: number): string {
  return `r${(position % IMPORTED_RACKS) + 1}`;
}
