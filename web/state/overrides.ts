/**
 * The few values that the header changes without touching the scenario's text: each is one `path=value`, read by the
 * same parser as the text, so '24h' and '64MiB' mean here what they mean there.
 */
import type { Problem, Scenario } from '../../sim/scenario/index.ts';
// From their own files: by way of the index the whole parser would come into the page, and it belongs to the worker.
import { SYSTEM_NAMES } from '../../sim/scenario/model/scenario.ts';
import { writeDuration, writeSize } from '../../sim/scenario/text/quantities.ts';

export const OVERRIDES = [
  {
    name: 'system',
    label: 'System',
    path: 'system',
    hint: 'the preset that every axis is taken from, where the scenario names no value of its own',
    current: (s: Scenario) => s.system,
  },
  { name: 'seed', label: 'Seed', path: 'seed', hint: 'any whole number', current: (s: Scenario) => String(s.seed) },
  {
    name: 'ttl',
    label: 'TTL',
    path: 'hints.ttl',
    hint: 'life of a hint, such as 24h',
    current: (s: Scenario) => writeDuration(s.policy.hints.ttl),
  },
  {
    name: 'cap',
    label: 'Cap',
    path: 'hints.cap',
    hint: 'bytes of hints per node or per peer, as the system has it, such as 64MiB; 0 is no cap',
    current: (s: Scenario) => writeSize(s.policy.hints.maxBytes),
  },
  {
    name: 'drain',
    label: 'Drain',
    path: 'drain.interval',
    hint: 'time between two sweeps, such as 30s',
    current: (s: Scenario) => writeDuration(s.policy.drain.interval),
  },
] as const;

export type OverrideName = (typeof OVERRIDES)[number]['name'];
/** What was typed or picked, as it was; empty: as in the scenario. */
export type Overrides = Readonly<Record<OverrideName, string>> & {
  /** Any other axes, as `path=value, path=value`: what a design of a comparison may bring along. */
  readonly more?: string;
};

/** The systems there are to pick from, by name. */
export const SYSTEMS: readonly string[] = SYSTEM_NAMES;

/** Those that are typed: all but the system, which is picked. */
export const TYPED_OVERRIDES = OVERRIDES.filter(({ name }) => name !== 'system');

export const NO_OVERRIDES: Overrides = { system: '', seed: '', ttl: '', cap: '', drain: '' };

export function overrideSets(overrides: Overrides): readonly string[] {
  const fields = OVERRIDES.flatMap(({ name, path }) =>
    overrides[name].trim() === '' ? [] : [`${path}=${overrides[name].trim()}`],
  );
  return [...fields, ...moreSets(overrides.more ?? '')];
}

/** The settings in `path=value, path=value`. A comma parts two where another `path=` follows it. */
function moreSets(text: string): readonly string[] {
  const parts = text.split(/,(?=\s*[\w.]+=)/).map((set) => set.trim());
  return parts.filter((set) => set !== '');
}

/** The problem that a field of the form caused. A field that is empty cannot have caused one. */
export function problemOf(name: OverrideName, overrides: Overrides, problems: readonly Problem[]): Problem | undefined {
  const path = OVERRIDES.find((each) => each.name === name)?.path;
  return overrides[name].trim() === '' ? undefined : problems.find((problem) => problem.path === path);
}
