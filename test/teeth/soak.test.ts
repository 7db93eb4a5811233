/**
 * The soak, small: a piece of it, and that pieces come to the same result in whatever order they are worked out.
 */
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CACHE } from './bundle.ts';
import type { SoakResult } from './results.ts';
import { foundStill, NOT_SOAKED, nextPiece, soakPiece, withPieces } from './soak.ts';
import type { SoakPiece } from './soak.ts';
import { soaked } from './soak-pool.ts';

const PIECES: readonly SoakPiece[] = [
  { piece: 0, limited: 1, falsePositives: [] },
  { piece: 1, limited: 0, falsePositives: ['life 70 (uniform): S1', 'run 8: C1 hintApplied'] },
  { piece: 2, limited: 0, falsePositives: [] },
  { piece: 3, limited: 2, falsePositives: ['run 19: B3 hintShipped'] },
];

afterAll(() => rmSync(CACHE, { recursive: true, force: true }));

describe('a soak', () => {
  it('finds nothing in a piece of correct code, and says the same of it again', () => {
    const piece = soakPiece(2);
    expect(piece).toEqual({ piece: 2, limited: 0, falsePositives: [] });
    expect(soakPiece(2)).toEqual(piece);
  });

  it('takes pieces in as they follow each other, in whatever order and by however many processes they come', () => {
    const whole = withPieces(NOT_SOAKED, mapOf(PIECES));
    expect(whole).toEqual({
      lives: 240,
      runs: 24,
      limited: 3,
      falsePositives: ['life 70 (uniform): S1', 'run 8: C1 hintApplied', 'run 19: B3 hintShipped'],
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([...PIECES], { minLength: PIECES.length }), (order) => {
        const waiting = new Map<number, SoakPiece>();
        let soak = NOT_SOAKED;
        for (const piece of order) {
          waiting.set(piece.piece, piece);
          soak = withPieces(soak, waiting);
        }
        expect(JSON.stringify(soak)).toBe(JSON.stringify(whole));
        expect(waiting.size).toBe(0);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it('comes to the same with two processes as with none', async () => {
    const grown: SoakResult[] = [];
    let asked = 0;
    const isOver = (): boolean => ++asked > 3;
    const soak = await soaked(NOT_SOAKED, { isOver, processes: 2, told: (result) => grown.push(result) });
    const pieces = Array.from({ length: nextPiece(soak) }, (_, piece) => soakPiece(piece));
    expect(pieces.length).toBe(3);
    expect(soak).toEqual(withPieces(NOT_SOAKED, mapOf(pieces)));
    expect(soak).toEqual(grown.at(-1));
  });

  it('looks again at what was found before, and forgets what is there no more', () => {
    const known = {
      lives: 300,
      runs: 30,
      limited: 1,
      falsePositives: ['life 61 (uniform): S1', 'run 8: C1 hintApplied'],
    };
    expect(foundStill(known)).toEqual({ ...known, falsePositives: [] });
  });

  it('counts nothing behind a piece that is missing, and goes on with that piece', () => {
    const waiting = mapOf(PIECES.filter(({ piece }) => piece !== 1));
    const soak = withPieces(NOT_SOAKED, waiting);
    expect(soak).toEqual({ lives: 60, runs: 6, limited: 1, falsePositives: [] });
    expect(nextPiece(soak)).toBe(1);
    expect([...waiting.keys()]).toEqual([2, 3]);
  });
});

function mapOf(pieces: readonly SoakPiece[]): Map<number, SoakPiece> {
  return new Map(pieces.map((piece) => [piece.piece, piece]));
}
