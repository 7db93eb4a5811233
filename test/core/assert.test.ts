import { describe, expect, it } from 'vitest';

import { assert, AssertionFailure } from '../../core/assert.ts';

describe('assert', () => {
  it('lets what holds pass', () => {
    expect(() => assert(1 + 1 === 2, 'sums add up')).not.toThrow();
  });

  it('stops with the rule that should hold and the value that broke it', () => {
    expect(() => assert(false, 'a size is an integer ≥ 0 in bytes', -3)).toThrow(
      new AssertionFailure('broken rule: a size is an integer ≥ 0 in bytes (found -3)'),
    );
  });

  it('names the rule alone when there is no value to show', () => {
    expect(() => assert(false, 'sums add up')).toThrow(new AssertionFailure('broken rule: sums add up'));
  });
});
