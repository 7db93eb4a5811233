import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/units.ts';
import { ServiceMeter } from '../../../sim/trace/service-meter.ts';

/**
 * One worker, by hand. In the system over time:
 *
 *   10–20  1: first arrives, is served at once, is done at 30
 *   20–30  2: second arrives and waits
 *   30–45  1: second is served from 30 on, done at 45     (at 40 one is refused)
 *   50–60  1: third arrives and waits behind a stall, is dropped as late at 60
 */
function played(from: number): ServiceMeter {
  const meter = new ServiceMeter(instant(from));
  meter.arrived(instant(10));
  meter.started(instant(10), instant(10));
  meter.arrived(instant(20));
  meter.finished(instant(30), instant(10));
  meter.started(instant(30), instant(20));
  meter.refused(instant(40));
  meter.finished(instant(45), instant(20));
  meter.arrived(instant(50));
  meter.late(instant(60));
  return meter;
}

describe('ServiceMeter', () => {
  it('counts arrivals, waits, stays and the integral of requests in the system', () => {
    expect(played(0).report('a', instant(100))).toMatchObject({
      ...{ node: 'a', arrived: 4, refused: 1, late: 1, waited: 1, observed: 100 },
      // 1 · 10 + 2 · 10 + 1 · 15 + 1 · 10
      inSystemMicros: 55,
      wait: { count: 2, mean: 5, p50: 0, p90: 10, max: 10 },
      sojourn: { count: 2, mean: 22.5, p50: 20, p90: 25, max: 25 },
    });
  });

  it('leaves out what arrived during warm-up, but not the time that it was there', () => {
    expect(played(25).report('a', instant(100))).toMatchObject({
      ...{ arrived: 2, refused: 1, late: 1, waited: 0, observed: 75 },
      // From 25 on: 2 · 5 + 1 · 15 + 1 · 10
      inSystemMicros: 35,
      wait: { count: 0 },
      sojourn: { count: 0 },
    });
  });

  it('counts who is still there up to the end of the run, however often it is asked', () => {
    const meter = new ServiceMeter(instant(0));
    meter.arrived(instant(90));
    expect(meter.report('a', instant(100)).inSystemMicros).toBe(10);
    expect(meter.report('a', instant(100)).inSystemMicros).toBe(10);
    expect(meter.inSystem).toBe(1);
  });

  it('observes nothing of a run that ends during warm-up', () => {
    const report = played(200).report('a', instant(100));
    expect([report.observed, report.inSystemMicros, report.arrived]).toEqual([0, 0, 0]);
  });

  it('forgets who was there when the backend dies', () => {
    const meter = new ServiceMeter(instant(0));
    meter.arrived(instant(10));
    meter.arrived(instant(10));
    meter.emptied(instant(15));
    expect(meter.report('a', instant(100)).inSystemMicros).toBe(10);
  });

  it('knows a backend that lets out more than came in for a bug', () => {
    expect(() => new ServiceMeter(instant(0)).finished(instant(1), instant(0))).toThrow('has arrived there');
  });
});
