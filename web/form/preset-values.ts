/**
 * What a system gives where a scenario says nothing: its preset as texts by path, such as `hints.ttl` and `10d`. The
 * same texts that `hintlab list systems` prints, and the few values of a preset that are no axes of a policy.
 */
import { axesOf } from '../../sim/scenario/axes.ts';
import { PRESETS } from '../../sim/scenario/presets/presets.ts';
import { writeDuration } from '../../sim/scenario/text/quantities.ts';
import { meaningOf, readTree } from '../state/text-tree.ts';

/** The kinds of detector, each of which every preset has parameters for. */
const DETECTORS = ['phi', 'normal', 'fixed'] as const;

/** Values by path; `detector` is the name of its kind. Empty for a system that there is not. */
export function presetValues(system: string): ReadonlyMap<string, string> {
  const preset = Object.entries(PRESETS).find(([name]) => name === system)?.[1];
  if (preset === undefined) return new Map();
  const { policy, network } = preset;
  const values = new Map(axesOf(preset).map(({ path, value }) => [path, value]));
  for (const kind of DETECTORS) {
    const axes = axesOf({ policy: { ...policy, detector: preset[kind] }, network });
    for (const [path, value] of parametersOf(axes.find(({ path }) => path === 'detector')?.value ?? ''))
      values.set(`detector.${path}`, value);
  }
  values.set('detector', policy.detector.kind);
  // Capacities are no axes, so no list has them; here they stand beside the field that changes them.
  const { channel, service } = policy;
  if (channel.messageTime === 0) values.set('channel.rate', 'unlimited');
  if (service.time.kind === 'constant') values.set('service.time', writeDuration(service.time.value));
  const { write, read } = policy.consistency;
  values.set('consistency', write === read ? String(write) : `${write} writes, ${read} reads`);
  return values;
}

/** The parameters in `{ phi: { gossip: 1s, … } }`, as `phi.gossip` and `1s`. */
function parametersOf(text: string): readonly (readonly [string, string])[] {
  const reading = readTree(text);
  const [kind] = reading.kind === 'tree' ? reading.root.entries : [];
  if (kind?.value.kind !== 'map') return [];
  return kind.value.entries.map(({ key, value }) => [`${kind.key}.${key}`, String(meaningOf(value))] as const);
}
