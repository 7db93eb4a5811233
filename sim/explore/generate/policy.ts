/**
 * The policy sections of a drawn scenario: a preset, with some mechanisms and some settings of its own.
 */
import fc from 'fast-check';
import { PRESETS, readDuration } from '../../scenario/index.ts';
import type { SystemName } from '../../scenario/index.ts';
import { isMap } from '../scenario-tree.ts';
import type { Tree, TreeMap } from '../scenario-tree.ts';
import { MECHANISMS, SETTINGS } from './axes.ts';
import type { Axis, Design } from './axes.ts';
import { chance, maybe } from './draws.ts';

/** One drawn value per axis, in the order of its table; undefined leaves the system's. */
type Values = readonly (Tree | undefined)[];

/** What is drawn of a policy. */
export interface PolicyDraft {
  readonly mechanisms: Values;
  readonly settings: Values;
  /** All values stay the system's. */
  readonly isPlain: boolean;
}

/** The times of a scenario at which something is due. Microseconds; 0 is none. */
export interface Landmarks {
  readonly interval: number;
  readonly ttl: number;
  readonly window: number;
  readonly timeout: number;
  readonly grace: number;
  readonly retry: number;
  readonly flush: number;
}

/** Policy sections of a scenario file, and the times in them. */
export interface DrawnPolicy {
  readonly sections: TreeMap;
  readonly landmarks: Landmarks;
}

/** How a profile draws policies. */
export interface PolicyWeights {
  /** Mechanisms are drawn, too. */
  readonly mechanisms: boolean;
  /** Percent of scenarios that take the system as it is. */
  readonly plain: number;
  /** How much likelier a setting is left alone than set to one of its values. */
  readonly left: number;
  /** Settings that are changed in every scenario that is not plain and whose system has them, such as `hints.cap`. */
  readonly changed: readonly string[];
}

/** The drafts of a profile. */
export function policyDraft({ mechanisms, plain, left, changed }: PolicyWeights): fc.Arbitrary<PolicyDraft> {
  return fc.record({
    mechanisms: mechanisms ? valuesOf(MECHANISMS, () => 4) : fc.constant([]),
    settings: valuesOf(SETTINGS, (name) => (changed.includes(name) ? 0 : left)),
    isPlain: chance(plain),
  });
}

/** The sections that a draft means under `system`. */
export function policyOf({ mechanisms, settings, isPlain }: PolicyDraft, system: SystemName): DrawnPolicy {
  const { policy, network } = PRESETS[system];
  const preset: Design = {
    policy,
    ack: policy.drain.ack,
    durability: policy.hints.disk.durability,
    conflict: policy.receiver.conflict,
    isSwarm: mechanisms.length > 0,
  };
  const changed = isPlain ? {} : withAxes({}, MECHANISMS, mechanisms, () => preset);
  const design = designOf(preset, changed);
  // A mechanism that needs another one is drawn before it is known whether that is there.
  const kept = isPlain ? {} : withAxes({}, MECHANISMS, mechanisms, () => design);
  const sections = isPlain ? {} : withAxes(kept, SETTINGS, settings, () => design);
  const { hints, drain, receiver } = policy;
  const landmarks: Landmarks = {
    interval: spanAt(sections, ['drain', 'interval']) ?? drain.interval,
    ttl: spanAt(sections, ['hints', 'ttl']) ?? hints.ttl,
    window: spanAt(sections, ['hints', 'window']) ?? hints.window,
    timeout: spanAt(sections, ['network', 'timeout']) ?? network.clientTimeout,
    grace: spanAt(sections, ['receiver', 'gcGrace']) ?? receiver.gcGrace,
    retry: spanAt(sections, ['drain', 'timeout']) ?? drain.timeout,
    flush: spanAt(sections, ['hints', 'disk', 'flush']) ?? hints.disk.flush,
  };
  return { sections, landmarks };
}

function valuesOf(axes: readonly Axis[], left: (name: string) => number): fc.Arbitrary<Values> {
  return fc.tuple(...axes.map(({ path, values }) => maybe<Tree>(left(path.join('.')) * values.length, ...values)));
}

function withAxes(tree: TreeMap, axes: readonly Axis[], values: Values, design: () => Design): TreeMap {
  let grown = tree;
  axes.forEach(({ path, applies }, at) => {
    const value = values[at];
    if (value !== undefined && applies(design())) grown = withValue(grown, path, value);
  });
  return grown;
}

function withValue(tree: TreeMap, [key, ...rest]: readonly [string, ...string[]], value: Tree): TreeMap {
  const [next, ...after] = rest;
  if (next === undefined) return { ...tree, [key]: value };
  const inner = tree[key];
  return { ...tree, [key]: withValue(isMap(inner) ? inner : {}, [next, ...after], value) };
}

function designOf(preset: Design, changed: TreeMap): Design {
  const ack = at(changed, ['drain', 'ack']);
  const durability = at(changed, ['hints', 'disk', 'durability']);
  const conflict = at(changed, ['receiver', 'conflict']);
  return {
    ...preset,
    ack: ack === 'none' || ack === 'each' ? ack : preset.ack,
    durability:
      durability === 'ram' || durability === 'buffered' || durability === 'written' || durability === 'synced'
        ? durability
        : preset.durability,
    conflict:
      conflict === 'arrival' || conflict === 'timestamp' || conflict === 'vectorClock' ? conflict : preset.conflict,
  };
}

function at(tree: TreeMap, path: readonly string[]): Tree | undefined {
  let inner: Tree | undefined = tree;
  for (const key of path) inner = isMap(inner) ? inner[key] : undefined;
  return inner;
}

function spanAt(tree: TreeMap, path: readonly string[]): number | undefined {
  const text = at(tree, path);
  const reading = typeof text === 'string' ? readDuration(text) : undefined;
  return reading?.kind === 'read' ? reading.value : undefined;
}
