/**
 * A find as text: twelve lines at most, however long the talk was, and none of them lost without a word.
 */
import { expect, it } from 'vitest';
import type { Find } from '../../../sim/conform/report.ts';
import { MAX_TRANSCRIPT_LINES, transcriptLines } from '../../../sim/conform/transcript.ts';

function find(requests: number): Find {
  return {
    profile: 'uniform',
    scenario: { maxBytes: 0, operations: [] },
    divergence: { at: 0, cause: 'takeFor ', says: 'takeFor:\nodd', expected: '[]', rule: 'takeNothing', silent: false },
    transcript: Array.from({ length: requests }, (_line, index) => ({
      request: `request ${index}`,
      reply: index === requests - 1 ? undefined : `reply ${index}`,
    })),
    trials: 1,
    minimal: true,
    repeatable: true,
  };
}

it('a short talk is shown whole, with what was expected under the last reply', () => {
  expect(transcriptLines(find(2))).toEqual([
    'takeFor: odd',
    'rule: a take for a peer without hints hands out nothing (hints.rs take_for)',
    '> request 0  < reply 0',
    '> request 1  < (no line)',
    '             expected result: []',
  ]);
});

it('of a long one the end is shown, and how much came before', () => {
  const lines = transcriptLines(find(30));
  expect(lines).toHaveLength(MAX_TRANSCRIPT_LINES);
  expect(lines[2]).toBe('… 22 requests before these');
  expect(lines[3]).toBe('> request 22  < reply 22');
});
