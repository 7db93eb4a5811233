/**
 * Failure detectors: how a node comes to believe that a peer is `Down`, and that it is back. Here is the one
 * that a policy asks for. Gossip-fed kinds are in `gossip-detector.ts`, the one without in `fixed-delay.ts`.
 */
import type { Detector } from '../scenario/model/detector.ts';
import type { DetectorWorld, FailureDetector } from './failure-detector.ts';
import { FixedDelay } from './fixed-delay.ts';
import { GossipDetector } from './gossip-detector.ts';
import { HeartbeatHistory } from './heartbeat-history.ts';
import { NormalJudge, PhiJudge } from './judges.ts';

/**
 * The detector of a policy.
 *
 * @param names of the nodes, for the names of random streams
 */
export function detectorOf(world: DetectorWorld, policy: Detector, names: readonly string[]): FailureDetector {
  if (policy.kind === 'fixed') return new FixedDelay(world, policy);
  const pairs = world.topology.count * world.topology.count;
  const history = new HeartbeatHistory(pairs, policy.window);
  const judge = policy.kind === 'phi' ? new PhiJudge(history, policy) : new NormalJudge(history, policy);
  return new GossipDetector(world, policy, { history, judge, names });
}
