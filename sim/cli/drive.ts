/**
 * Drives a simulation to its end in slices of about 50 ms, so that progress is shown and Ctrl-C is heard in between.
 * Slicing changes nothing: a run in pieces dispatches the same events as a run in one go.
 */
import { setImmediate } from 'node:timers/promises';
import { type RunLimit, type Scenario, Simulation, type Trace } from '../index.ts';
import type { Io } from './io.ts';
import { type Position, ProgressLine } from './progress-line.ts';

const SLICE_SECONDS = 0.05;
const FIRST_SLICE_EVENTS = 10_000;
const MAX_SLICE_EVENTS = 10_000_000;

/** How a run ended; a stopped one says where. */
export type Driven =
  | { readonly kind: 'finished'; readonly trace: Trace; readonly wallSeconds: number }
  | (Position & { readonly kind: 'interrupted' })
  | (Position & { readonly kind: 'limit'; readonly limit: RunLimit; readonly allowed: number });

/** Runs `scenario`, telling `io.err` how far it is. */
export async function drive(scenario: Scenario, io: Io): Promise<Driven> {
  const interrupt = io.watchInterrupt();
  const line = new ProgressLine(io);
  try {
    const simulation = new Simulation(scenario);
    let sliceEvents = FIRST_SLICE_EVENTS;
    for (;;) {
      const sliceStarted = io.seconds();
      const progress = simulation.advance(sliceEvents);
      if (progress.kind === 'finished')
        return { kind: 'finished', trace: simulation.trace(), wallSeconds: line.elapsed() };
      const position = { nowMicros: simulation.now, endMicros: scenario.duration, events: simulation.events };
      if (progress.kind === 'limit') return { ...position, ...progress };
      if (interrupt.interrupted()) return { kind: 'interrupted', ...position };
      line.update(position);
      sliceEvents = nextSlice(sliceEvents, io.seconds() - sliceStarted);
      await setImmediate();
    }
  } finally {
    line.end();
    interrupt.stop();
  }
}

/** Doubles while slices are short and halves while they are long: within a factor of two of the aim after a few. */
function nextSlice(events: number, tookSeconds: number): number {
  if (tookSeconds < SLICE_SECONDS / 2) return Math.min(events * 2, MAX_SLICE_EVENTS);
  return tookSeconds > SLICE_SECONDS ? Math.max(Math.floor(events / 2), 1) : events;
}
