import { expect, it } from 'vitest';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { LOG_KINDS } from '../../../sim/trace/trace.ts';

it('every log code is the position of its kind', () => {
  expect(Object.keys(LOG)).toEqual(LOG_KINDS);
  expect(Object.values(LOG)).toEqual([...LOG_KINDS.keys()]);
});
