/**
 * Seeded bugs of delivery, coordination and the world around it: those of properties §3.2, 25 to 72, that the model of the
 * cluster can have. What becomes of them is judged by the properties of a run alone, never by a digest.
 */
import { bugIn } from './bug.ts';
import type { SeededBug } from './bug.ts';

const sweep = bugIn('cluster', 'sim/cluster/sweep.ts');
const sessions = bugIn('cluster', 'sim/cluster/sessions.ts');
const windows = bugIn('cluster', 'sim/cluster/delivery-window.ts');
const pace = bugIn('cluster', 'sim/cluster/delivery-pace.ts');
const fates = bugIn('cluster', 'sim/cluster/hint-fates.ts');
const handoff = bugIn('cluster', 'sim/cluster/handoff.ts');
const fanOut = bugIn('cluster', 'sim/cluster/fan-out.ts');
const coordinator = bugIn('cluster', 'sim/cluster/coordinator.ts');
const shelf = bugIn('cluster', 'sim/cluster/hint-shelf.ts');
const admission = bugIn('cluster', 'sim/cluster/hint-admission.ts');
const courier = bugIn('cluster', 'sim/cluster/courier.ts');
const links = bugIn('cluster', 'sim/cluster/links.ts');
const simulation = bugIn('cluster', 'sim/cluster/simulation.ts');
const queue = bugIn('cluster', 'sim/engine/event-queue.ts');
const service = bugIn('cluster', 'sim/cluster/service-queue.ts');

const PUT_BACK = 'for (let i = 0; i < this.#held.length; i++) {';
const SHIP = 'this.#ship(this.#taken.referenceAt(i), node, peer);';
const STALE = "if (!links.isCurrent(message)) return this.lost(message, 'linkCut');";
const TRAVEL = 'const soonest = later(kernel.now, this.#latencies.of(';

const LEFT = 'const left = duration(deadline - this.#world.kernel.now);';

/** Draining, acknowledgement and requeue. */
const DELIVERY: readonly SeededBug[] = [
  sweep(
    '26',
    'What a sweep puts back is in reverse order.',
    PUT_BACK,
    'for (let i = this.#held.length - 1; i >= 0; i--) {',
  ),
  sweep(
    '28b',
    'The last of two hints is shipped twice.',
    SHIP,
    `${SHIP}\n    if (this.#taken.length > 1) this.#ship(this.#taken.referenceAt(this.#taken.length - 1), node, peer);`,
  ),
  sweep('29', 'What a sweep puts back has its life before it again.', LEFT, 'const left = duration(600_000_000);'),
  sweep('r15', 'A hint that falls due in the hands of a sweep is lost.', 'deadline === backAt', 'deadline <= backAt'),
  sessions(
    '31',
    'A session begins for a peer that has one.',
    'holder === peer || this.#isOpen[session] === 1 ||',
    'holder === peer ||',
  ),
  windows(
    '34',
    'An acknowledgement is that of the oldest hint, whichever it names.',
    'this.#isAcknowledged[row] = 1;',
    'this.#isAcknowledged[this.oldest(session)] = 1;',
  ),
  sessions(
    '35',
    'An acknowledgement counts for the session that is open now.',
    ' && this.#world.messages.generation[message] === this.#epoch[session];',
    ';',
  ),
  handoff(
    '36',
    'Deliveries of a process that died go on.',
    'this.#sessions?.stop(node, true);\n    this.#sweep.ended(node);\n    this.#shelf.crashed',
    'this.#sweep.ended(node);\n    this.#shelf.crashed',
  ),
  windows(
    '39',
    'A session goes on where the last one stopped, whatever is there now.',
    'this.#cursor[session] = front;',
    'if (this.#cursor[session] === NO_SLOT) this.#cursor[session] = front;',
  ),
  windows(
    '40',
    'A session leaves the first hint of its queue out.',
    'this.#cursor[session] = front;',
    'this.#cursor[session] = front === NO_SLOT ? front : this.#store(session).slotAfter(front);',
  ),
  fates(
    '41',
    'A hint that expires on its way is counted as expired, and then delivered.',
    'registry.isDelivered[row] === 0 && (registry.underWay[row] ?? 0) > 0',
    'false',
  ),
  sweep('43', 'A sweep delivers to peers that are Down.', ' || beliefs.isDown(node, peer)) continue;', ') continue;'),
  sessions(
    '44',
    'A session that is over counts as open.',
    'this.#isOpen[session] = 0;\n    this.#epoch',
    'this.#epoch',
  ),
  pace(
    '46',
    'After some failures a window has room for no hint.',
    'Math.max(TENTHS, Math.floor((this.#window[session] ?? TENTHS) / 2))',
    'Math.floor((this.#window[session] ?? TENTHS) / 2)',
  ),
  pace('47', 'A throttle lets everything pass.', 'if (throttle === 0) return;', 'return;'),
  handoff(
    '54',
    'The drainer ticks once, and never again.',
    'kernel.after(this.#drain.interval, DRAIN_TICK, node, nodes.incarnation(node));',
    '',
  ),
  sessions(
    'r8',
    'A failed attempt is tried again at once, and no look is waited for.',
    'this.#world.kernel.after(retryAfter, SESSION_RETRY',
    'this.#world.kernel.after(0, SESSION_RETRY',
  ),
];

/** Who gets a hint, where it is kept, and what it does when it arrives. */
const COORDINATION: readonly SeededBug[] = [
  fanOut(
    '48',
    'A replica that answered in time gets a hint when the time is up.',
    'if (this.#requests.isSilent(request, target)) this.#hintLater',
    'this.#hintLater',
  ),
  fanOut(
    '49',
    'A replica that could not be sent to gets no hint.',
    "if (reason === 'peerDown' || reason === 'queued') return true;",
    "if (reason !== 'peerDown') return false;",
  ),
  fanOut(
    '50',
    'A hint is kept by the very node that it is for.',
    'return handoff.keep(holder, replica, write',
    'return handoff.keep(replica, replica, write',
  ),
  {
    id: '51',
    sentence: 'A late hint overwrites what is newer.',
    oracle: 'cluster',
    patches: [
      {
        file: 'sim/cluster/replica-store.ts',
        before: 'if (!versions.supersedes(write, held)) return IGNORED;',
        after: '',
      },
    ],
  },
  fanOut(
    '53',
    'A write overtakes the hints that wait for its replica.',
    'this.#waitsBehindHints = triggers.queued && enabled;',
    'this.#waitsBehindHints = false;',
  ),
  shelf(
    '56',
    'The hints of a node that was replaced are still there.',
    "this.#refill(node, () => 'holderReplaced');",
    '',
  ),
  admission(
    '61',
    'The window never closes.',
    'kernel.now - beliefs.downSince(holder, peer) > window',
    'kernel.now - beliefs.downSince(holder, peer) > Infinity',
  ),
  coordinator(
    'r9',
    'A write is acknowledged one vote early.',
    'this.requests.needed[request] = votesNeeded(rule, this.#fanOut.write(request, rule));',
    'this.requests.needed[request] = Math.max(1, votesNeeded(rule, this.#fanOut.write(request, rule)) - 1);',
  ),
  fanOut(
    'r10',
    'A hint counts as a replica at every level.',
    "return vote === 'full' || (vote === 'any' && rule.hintSuffices);",
    'return true;',
  ),
  handoff(
    'r11',
    'What a full store refuses is told to be kept.',
    "? 'cap' : 'disk', isPlanned);\n      return false;",
    "? 'cap' : 'disk', isPlanned);\n      return true;",
  ),
  shelf(
    'r12',
    'A crash spares hints that were in memory only.',
    "? undefined : 'holderCrashed',\n    );",
    '? undefined : undefined,\n    );',
  ),
];

/** Detectors, the wire, the clock and the engine. */
const WORLD: readonly SeededBug[] = [
  {
    id: '59',
    sentence: 'A node that is back is convicted all the same.',
    oracle: 'cluster',
    patches: [
      {
        file: 'sim/cluster/fixed-delay.ts',
        before: 'if (nodes.isUp(node) || nodes.incarnation(node) !== incarnation) return;',
        after: '',
      },
    ],
  },
  queue(
    '62',
    'Events of one instant are last in, first out.',
    'this.#links[cell(this.#tails, slot)] = row;\n    }\n    this.#tails[slot] = row;\n    this.#links[row] = 0;',
    'this.#links[row] = cell(this.#heads, slot);\n      this.#heads[slot] = row;\n      return;\n    }\n    this.#tails[slot] = row;\n    this.#links[row] = 0;',
  ),
  simulation(
    '63',
    'The timers of a process that died still fire.',
    'if (this.#nodes.isStill(a, b)) this.#handoff.ticked(a);',
    'this.#handoff.ticked(a);',
  ),
  courier('64', 'What was on the wire when a connection was cut is delivered.', STALE, ''),
  links(
    '68',
    'A way is shorter than its law by a third of a millisecond, and may end before it began.',
    TRAVEL,
    TRAVEL.replace('later(kernel.now,', 'later(kernel.now - 333,'),
  ),
  simulation(
    '70',
    'A real source of randomness is read.',
    'kernel.count();\n',
    'kernel.count();\n      if (Math.random() < 0.01) kernel.count();\n',
  ),
  links(
    'r13',
    'A message is lost without being counted.',
    'if (!this.#faults.isQuiet && this.#faults.loses(wire)) return this.#losses.add(message);',
    'if (!this.#faults.isQuiet && this.#faults.loses(wire)) return;',
  ),
  service(
    'r14',
    'A backend that thaws forgets what waits there.',
    'this.#schedule(server);\n    }\n    this.#serveWaiting(node);',
    'this.#schedule(server);\n    }',
  ),
];

/** Every seeded bug of the cluster. */
export const CLUSTER_BUGS: readonly SeededBug[] = [...DELIVERY, ...COORDINATION, ...WORLD];
