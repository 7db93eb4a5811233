/**
 * What heartbeats tell of third nodes: which word is news, and what a process that has just started makes of it.
 */
import { describe, expect, it } from 'vitest';
import { Rumours } from '../../../sim/cluster/rumours.ts';

const [A, B, C] = [0, 1, 2];

describe('a heartbeat', () => {
  it('is news of its sender once, and of nobody to the one that it is about', () => {
    const rumours = new Rumours(3);
    const number = rumours.beat(B);
    expect([rumours.isNews(A, B, number, B), rumours.isNews(A, B, number, B)]).toEqual([true, false]);
    expect(rumours.isNews(A, B, number, A)).toBe(false);
  });

  it('is news of a third node that its sender has heard, and of none that it has not', () => {
    const rumours = new Rumours(3);
    const early = rumours.beat(B);
    expect(rumours.isNews(A, B, early, C)).toBe(false);
    expect(rumours.isNews(B, C, rumours.beat(C), C)).toBe(true);
    const late = rumours.beat(B);
    expect([rumours.isNews(A, B, late, C), rumours.isNews(A, B, late, C)]).toEqual([true, false]);
  });

  it('tells what its sender knew when it was sent, and after 64 more of them nothing but that its sender lived', () => {
    const heardAfter = (more: number): boolean => {
      const rumours = new Rumours(3);
      rumours.isNews(B, C, rumours.beat(C), C);
      const number = rumours.beat(B);
      for (let sent = 0; sent < more; sent++) rumours.beat(B);
      expect(rumours.isNews(A, B, number, B)).toBe(true);
      return rumours.isNews(A, B, number, C);
    };
    expect([heardAfter(0), heardAfter(63), heardAfter(64)]).toEqual([true, true, false]);
  });
});

describe('a process that has just started', () => {
  it('takes the very first heartbeat of a peer for news', () => {
    const rumours = new Rumours(3);
    rumours.forget(A);
    expect(rumours.isNews(A, C, rumours.beat(C), C)).toBe(true);
  });

  it('takes the first word of a third node for no heartbeat, and a later one for one', () => {
    const rumours = new Rumours(3);
    const passedOn = (): boolean => {
      rumours.isNews(B, C, rumours.beat(C), C);
      return rumours.isNews(A, B, rumours.beat(B), C);
    };
    rumours.forget(A);
    expect([passedOn(), passedOn(), passedOn()]).toEqual([false, true, true]);
  });

  it('tells nobody of a node that it has not heard since, and its own heartbeats go on', () => {
    const rumours = new Rumours(3);
    rumours.isNews(B, C, rumours.beat(C), C);
    const before = rumours.beat(B);
    rumours.forget(B);
    const after = rumours.beat(B);
    expect(after).toBe(before + 1);
    expect([rumours.isNews(A, B, after, B), rumours.isNews(A, B, after, C)]).toEqual([true, false]);
  });
});
