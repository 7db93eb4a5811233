/** The twin that the simulator is timed against must tell the same story. */
import { expect, it } from 'vitest';
import { runTwin } from './closure-twin.ts';

it('the closure twin ends with the counters worked out for single-outage', () => {
  expect(runTwin()).toMatchObject({ acked: 8_900, failed: 0, stored: 2_825, delivered: 2_825, requeued: 14_179 });
});
