/**
 * What the kinds of log rows are called in pickers and counters.
 */
import type { LogKind } from '../../sim/trace/index.ts';
import type { KindGroup } from './event-filter.ts';

/** Every kind, as what is counted. */
export const KIND_WORDS: Readonly<Record<LogKind, string>> = {
  writeIssued: 'writes issued',
  writeAcked: 'writes acknowledged',
  writeFailed: 'writes failed',
  readIssued: 'reads issued',
  readAnswered: 'reads answered',
  readFailed: 'reads failed',
  copySent: 'writes sent to replicas',
  copyApplied: 'writes applied',
  copyDropped: 'writes lost on their way',
  hintStored: 'hints stored',
  hintRefused: 'hints refused',
  hintExpired: 'hints expired',
  hintShipped: 'hints sent',
  hintRequeued: 'queues put back',
  hintExtended: 'hints given a second more',
  hintApplied: 'hints applied',
  hintLost: 'hints lost',
  sweep: 'sweeps',
  heartbeat: 'heartbeats heard',
  heartbeatDisplaced: 'heartbeats displaced by replay',
  believedDown: 'peers taken for Down',
  believedUp: 'peers taken for Normal',
  crashed: 'crashes',
  restarted: 'restarts',
  linkOpened: 'links opened',
  copyIgnored: 'writes ignored for a newer one',
  copyRefused: 'writes refused by replicas',
  repairApplied: 'writes applied by read repair',
  hintAcked: 'hints acknowledged',
  hintFailed: 'attempts to deliver that failed',
  hintIgnored: 'hints ignored for a newer write',
  strayApplied: 'hints applied by another node',
  strayIgnored: 'hints ignored by another node',
  sessionOpened: 'deliveries begun',
  sessionClosed: 'deliveries ended',
  stopped: 'graceful stops',
  linkEnded: 'links closed',
  faultBegan: 'faults begun',
  faultEnded: 'faults ended',
};

/** The groups of kinds. */
export const GROUP_WORDS: Readonly<Record<KindGroup, string>> = {
  hints: 'hints',
  requests: 'requests of clients',
  copies: 'writes between nodes',
  beliefs: 'beliefs and heartbeats',
  nodes: 'crashes and faults',
  delivery: 'sweeps, sessions, links',
};
