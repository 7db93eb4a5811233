import { expect, test } from 'vitest';
import { MOST_SAVED, parsedRuns, SavedRuns, type RunStorage } from '../../../web/share/saved-runs.svelte.ts';

function memory(room = Infinity): RunStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('no room', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}

const RUN = { name: 'expiry', at: 1_700_000_000_000, digest: '0123456789abcdef', address: '#v=1&story=expiry' };

test('a run is kept, renamed and deleted, and another window sees it', () => {
  const storage = memory();
  const saved = new SavedRuns(() => storage);
  saved.add(RUN);
  saved.add({ ...RUN, name: 'later' });
  expect(saved.runs.map(({ name }) => name)).toEqual(['later', 'expiry']);
  const [later, first] = saved.runs;
  expect(later?.id).not.toBe(first?.id); // kept within the same millisecond
  saved.rename(first?.id ?? '', 'with 2 h');
  const other = new SavedRuns(() => storage);
  expect(other.runs.map(({ name }) => name)).toEqual(['later', 'with 2 h']);
  other.remove(later?.id ?? '');
  saved.read();
  expect(saved.runs).toEqual([{ ...RUN, id: first?.id, name: 'with 2 h' }]);
});

test('storage without room is answered with a sentence, and keeps what it had', () => {
  const storage = memory(250);
  const saved = new SavedRuns(() => storage);
  saved.add(RUN);
  expect(saved.problem).toBe('');
  saved.add({ ...RUN, address: `#${'x'.repeat(300)}` });
  expect(saved.problem).toMatch(/no room left/);
  expect(saved.runs).toHaveLength(1);
  saved.read();
  expect(saved.runs.map(({ address }) => address)).toEqual([RUN.address]);
});

test('storage that is forbidden is answered with a sentence', () => {
  const saved = new SavedRuns(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  expect(saved.problem).toMatch(/keeps nothing/);
  saved.add(RUN);
  expect(saved.runs).toEqual([]);
  expect(saved.problem).toMatch(/keeps nothing/);
});

test('the list has an end', () => {
  const storage = memory();
  const saved = new SavedRuns(() => storage);
  for (let i = 0; i <= MOST_SAVED; i++) saved.add({ ...RUN, name: String(i) });
  expect(saved.runs).toHaveLength(MOST_SAVED);
  expect(saved.problem).toMatch(/delete one first/);
});

test('what others left in storage is read as far as it is ours', () => {
  const mine = { ...RUN, id: 'a' };
  expect(parsedRuns(null)).toEqual([]);
  expect(parsedRuns('no JSON')).toEqual([]);
  expect(parsedRuns('{"version":2,"runs":[]}')).toEqual([]);
  expect(
    parsedRuns(JSON.stringify({ version: 1, runs: [mine, { id: 'b' }, 7, { ...mine, address: 'javascript:x' }] })),
  ).toEqual([mine]);
});
