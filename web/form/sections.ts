/**
 * The sections of the form: the keys of a scenario by what they are about. A key that no section names comes last, so
 * that nothing which the schema has can be missing.
 */

/** A section: its name, and the keys in it. */
export interface Section {
  readonly name: string;
  readonly keys: readonly string[];
}

const SECTIONS: readonly Section[] = [
  { name: 'Run', keys: ['name', 'about', 'system', 'seed', 'duration', 'record', 'measure', 'limits'] },
  { name: 'Cluster', keys: ['nodes', 'datacentres', 'proxies', 'clocks', 'network'] },
  { name: 'Clients', keys: ['consistency', 'workload', 'requests'] },
  { name: 'Faults', keys: ['faults', 'detector'] },
  { name: 'Hints', keys: ['hints'] },
  { name: 'Drain', keys: ['drain'] },
  { name: 'Replicas', keys: ['receiver', 'reads', 'channel', 'service'] },
];

/** The sections for the keys that there are. */
export function sectionsOf(keys: readonly string[]): readonly Section[] {
  const placed = new Set(SECTIONS.flatMap((section) => section.keys));
  const others = keys.filter((key) => !placed.has(key));
  const known = SECTIONS.map(({ name, keys: own }) => ({ name, keys: own.filter((key) => keys.includes(key)) }));
  return [...known, { name: 'The file', keys: others }].filter((section) => section.keys.length > 0);
}
