/**
 * The lines of the protocol: what requests look like on the wire, what replies are read as, and integers beyond 2^53.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer, onWire, readReply, requestLine } from '../../../sim/conform/protocol.ts';

describe('a request line', () => {
  it('has the id first, integers as numbers, and no line end', () => {
    const line = requestLine(2, { op: 'enqueue', now: 0n, peer: 7, bytes: 3n, fill: 1, ttl: 60n });
    expect(line).toBe('{"id":2,"op":"enqueue","now":0,"peer":7,"bytes":3,"fill":1,"ttl":60}');
  });

  it('writes an integer above 2^53 − 1 as a string of digits', () => {
    expect(requestLine(1, { op: 'reset', maxBytes: 9_007_199_254_740_991n })).toContain('"maxBytes":9007199254740991}');
    expect(requestLine(1, { op: 'reset', maxBytes: 9_007_199_254_740_992n })).toContain(
      '"maxBytes":"9007199254740992"}',
    );
  });
});

describe('integers on the wire', () => {
  it('come back as they were, whatever their size', () => {
    let texts = 0;
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 65n), max: 1n << 65n }), (value) => {
        const wire: unknown = JSON.parse(JSON.stringify(onWire(value)));
        texts += typeof wire === 'string' ? 1 : 0;
        expect(integer(wire)).toBe(value);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(texts).toBeGreaterThan(50);
    expect(texts).toBeLessThan(450);
  });

  it.each([1.5, 2 ** 53, '1.5', '', 'x', null, true, [], Number.NaN])('%j is none', (value) => {
    expect(integer(value)).toBeUndefined();
  });
});

describe('a reply line', () => {
  it('is a result, with or without a digest', () => {
    expect(readReply('{"id":3,"result":0}')).toEqual({ kind: 'result', id: 3, result: 0, digest: undefined });
    expect(readReply('{"id":3,"result":null,"digest":"ab"}')).toEqual({
      kind: 'result',
      id: 3,
      result: null,
      digest: 'ab',
    });
  });

  it('is an error that says whether the operation took place', () => {
    const line = '{"id":3,"error":{"definite":true,"message":"disk full"}}';
    expect(readReply(line)).toEqual({ kind: 'error', id: 3, definite: true, message: 'disk full' });
  });

  it.each([
    ['started', 'it is not a JSON object'],
    ['[1]', 'it is not a JSON object'],
    ['3', 'it is not a JSON object'],
    ['{"result":1}', 'it has no id'],
    ['{"id":"1","result":1}', 'it has no id'],
    ['{"id":1}', 'it has neither result nor error'],
    ['{"id":1,"error":"no"}', 'its error does not say definite: true or false'],
  ])('%s is junk: %s', (line, why) => {
    expect(readReply(line)).toEqual({ kind: 'junk', why });
  });
});
