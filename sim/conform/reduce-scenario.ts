/**
 * Reduces a scenario of a store that fails: fewer operations, fewer peers, smaller numbers. The passes are repeated until
 * none of them changes anything, so the result is 1-minimal: without any one of its operations it passes.
 *
 * After the reducer passes of `reduce.ts`: shorten, drop pairs, merge advances, unify peers, lower the cap with what is under it, lower numbers.
 */
import { dropPairs, lowest, type Search, shorten, within } from './reduce.ts';
import type { StoreOperation, StoreScenario } from './scenario.ts';

/** Rounds of all passes; each shortens the scenario or lowers a number, and the second is mostly the last. */
const MAX_ROUNDS = 12;

/** Searches for the smallest scenario that still fails, beginning with `found`, which does. */
export function* reduceScenario(found: StoreScenario): Search<StoreScenario> {
  let best = found;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = JSON.stringify(best);
    for (const pass of [fewer, merged, unified, cappedLower, loweredTogether, lowered]) best = yield* pass(best);
    if (JSON.stringify(best) === before) break;
  }
  return best;
}

function* fewer(scenario: StoreScenario): Search<StoreScenario> {
  const whole = (operations: readonly StoreOperation[]): StoreScenario => ({ ...scenario, operations });
  const short = yield* within(shorten(scenario.operations), whole);
  return whole(yield* within(dropPairs(short), whole));
}

/** Deletes an advance and lets the next one make up for it. */
function* merged(scenario: StoreScenario): Search<StoreScenario> {
  let best = scenario;
  for (let index = 0; index < best.operations.length;) {
    const candidate = withoutGap(best, index);
    if (candidate !== undefined && (yield candidate)) best = candidate;
    else index += 1;
  }
  return best;
}

function withoutGap({ maxBytes, operations }: StoreScenario, index: number): StoreScenario | undefined {
  const gap = operations[index];
  if (gap?.op !== 'advance') return undefined;
  const heir = operations.findIndex(({ op }, position) => op === 'advance' && position > index);
  if (heir < 0) return undefined;
  const merge = (operation: StoreOperation, position: number): StoreOperation =>
    position === heir && operation.op === 'advance' ? { op: 'advance', by: operation.by + gap.by } : operation;
  return { maxBytes, operations: operations.map(merge).filter((_operation, position) => position !== index) };
}

/** Makes one peer of two, or gives a peer the lowest number that is free. */
function* unified(scenario: StoreScenario): Search<StoreScenario> {
  let best = scenario;
  for (const peer of peersOf(scenario).toReversed()) {
    for (let other = 0; other < Math.min(peer, peersOf(best).length); other += 1) {
      const candidate = renamed(best, peer, other);
      if (!(yield candidate)) continue;
      best = candidate;
      break;
    }
  }
  return best;
}

function peersOf({ operations }: StoreScenario): number[] {
  const peers = new Set<number>();
  for (const operation of operations) if ('peer' in operation) peers.add(operation.peer);
  return [...peers].toSorted((a, b) => a - b);
}

function renamed({ maxBytes, operations }: StoreScenario, from: number, to: number): StoreScenario {
  return {
    maxBytes,
    operations: operations.map((operation) =>
      'peer' in operation && operation.peer === from ? { ...operation, peer: to } : operation,
    ),
  };
}

/** Takes bytes from a hint and from the cap alike, up to the whole hint: what happens at the cap still happens. */
function* cappedLower(scenario: StoreScenario): Search<StoreScenario> {
  let best = scenario;
  for (let index = 0; index < best.operations.length;) {
    const start = best;
    const enqueue = start.operations[index];
    index += 1;
    if (enqueue?.op !== 'enqueue' || start.maxBytes === 0) continue;
    const resized = (bytes: number): StoreScenario => ({
      maxBytes: start.maxBytes - (enqueue.bytes - bytes),
      operations: start.operations.map((operation) => (operation === enqueue ? { ...enqueue, bytes } : operation)),
    });
    const gone = { ...resized(0), operations: start.operations.filter((operation) => operation !== enqueue) };
    if (gone.maxBytes > 0 && (yield gone)) {
      best = gone;
      index -= 1;
    } else {
      // A cap of 0 would be none.
      const least = Math.max(1, enqueue.bytes - start.maxBytes + 1);
      best = resized(yield* within(lowest(enqueue.bytes, least), resized));
    }
  }
  return best;
}

/** Lowers all numbers that are equal at once: a ttl and the time that passes it mean the same moment. */
function* loweredTogether(scenario: StoreScenario): Search<StoreScenario> {
  let best = scenario;
  for (const value of new Set(numbersOf(scenario))) {
    const start = best;
    const replaced = (by: number): StoreScenario => mapNumbers(start, (number) => (number === value ? by : number));
    best = replaced(yield* within(lowest(value, 1), replaced));
  }
  return best;
}

/** Lowers each number for itself: sizes, lifetimes and steps to 1, a cap and an offset to 0. */
function* lowered(scenario: StoreScenario): Search<StoreScenario> {
  const capped = (maxBytes: number): StoreScenario => ({ ...scenario, maxBytes });
  let best = capped(yield* within(lowest(scenario.maxBytes, 0), capped));
  for (let position = 0; position < numbersOf(best).length; position += 1) {
    const start = best;
    const value = numbersOf(start)[position] ?? 0;
    const replaced = (by: number): StoreScenario => mapNumbers(start, (number, at) => (at === position ? by : number));
    best = replaced(yield* within(lowest(value, 1), replaced));
  }
  return best;
}

/** Sizes, lifetimes, steps and the distances of sweeps from now, in order; distances without their sign. */
function numbersOf(scenario: StoreScenario): number[] {
  const numbers: number[] = [];
  mapNumbers(scenario, (number) => {
    numbers.push(number);
    return number;
  });
  return numbers;
}

function mapNumbers(
  { maxBytes, operations }: StoreScenario,
  map: (number: number, position: number) => number,
): StoreScenario {
  let position = 0;
  const next = (number: number): number => {
    const mapped = map(number, position);
    position += 1;
    return mapped;
  };
  const one = (operation: StoreOperation): StoreOperation => {
    switch (operation.op) {
      case 'enqueue':
        return { ...operation, bytes: next(operation.bytes), ttl: next(operation.ttl) };
      case 'advance':
        return { op: 'advance', by: next(operation.by) };
      case 'expireNow':
        return { op: 'expireNow', offset: Math.sign(operation.offset) * next(Math.abs(operation.offset)) };
      default:
        return operation;
    }
  };
  return { maxBytes, operations: operations.map(one) };
}
