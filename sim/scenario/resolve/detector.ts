/**
 * The detector: the kind that the document names, with the parameters that the preset has for it.
 */
import { duration } from '../../../core/index.ts';
import { MAX_HEARTBEAT_INTERVALS } from '../bounds.ts';
import type { Preset } from '../presets/preset.ts';
import type { Detector, Gossip } from '../model/detector.ts';
import type { ScenarioDocument } from '../schema.ts';
import type { Resolution } from './resolution.ts';

type DetectorDocument = NonNullable<ScenarioDocument['detector']>;
type GossipDocument = Extract<DetectorDocument, { readonly phi: unknown }>['phi'];

/** The detector of a document that starts from `preset`. */
export function resolveDetector(
  { detector }: ScenarioDocument,
  preset: Preset,
  nodes: number,
  resolution: Resolution,
): Detector {
  const resolved = detector === undefined ? preset.policy.detector : detectorOf(detector, preset);
  const intervals = resolved.kind === 'fixed' ? 0 : nodes * nodes * resolved.window;
  if (intervals > MAX_HEARTBEAT_INTERVALS) {
    const expected = `nodes² × window of at most ${MAX_HEARTBEAT_INTERVALS} heartbeat intervals (fewer nodes, or a smaller window)`;
    resolution.problem(['detector', resolved.kind, 'window'], { code: 'limit', expected, found: `${intervals}` });
  }
  return resolved;
}

function detectorOf(document: DetectorDocument, preset: Preset): Detector {
  if ('fixed' in document) {
    const { down, up, start } = document.fixed;
    const { fixed } = preset;
    return {
      kind: 'fixed',
      downAfter: duration(down ?? fixed.downAfter),
      upAfter: duration(up ?? fixed.upAfter),
      start: start ?? fixed.start,
    };
  }
  if ('normal' in document) {
    const { minDeviation, pause, first } = document.normal;
    const { normal } = preset;
    return {
      kind: 'normal',
      ...gossipOf(document.normal, normal),
      minDeviation: duration(minDeviation ?? normal.minDeviation),
      pause: duration(pause ?? normal.pause),
      firstInterval: duration(first ?? normal.firstInterval),
    };
  }
  const { floor, first, ignoreAbove } = document.phi;
  const { phi } = preset;
  return {
    kind: 'phi',
    ...gossipOf(document.phi, phi),
    meanFloor: duration(floor ?? phi.meanFloor),
    firstInterval: duration(first ?? phi.firstInterval),
    ignoreAbove: duration(ignoreAbove ?? phi.ignoreAbove),
  };
}

function gossipOf(
  { gossip, to, threshold, window, backlog, goodbye }: Partial<GossipDocument>,
  preset: Gossip,
): Gossip {
  return {
    gossip: duration(gossip ?? preset.gossip),
    gossipTo: to ?? preset.gossipTo,
    threshold: threshold ?? preset.threshold,
    window: window ?? preset.window,
    backlog: backlog ?? preset.backlog,
    goodbye: goodbye ?? preset.goodbye,
  };
}
