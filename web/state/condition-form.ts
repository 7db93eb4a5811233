/**
 * The condition builder's text: a threshold as it is typed, and a condition made of what was picked.
 */
import { readSize, writeSize } from '../../sim/scenario/text/quantities.ts';
import type { Condition, ConditionKind } from './conditions.ts';

/** Conditions about one node. */
export function isAboutNode(kind: ConditionKind): boolean {
  return kind === 'queue' || kind === 'bytes' || kind === 'down' || kind === 'believedDown' || kind === 'misjudged';
}

/** The condition of a kind, with what the one before says of node and threshold. */
export function conditionOf(kind: ConditionKind, before: Condition): Condition {
  const node = 'node' in before ? before.node : 0;
  switch (kind) {
    case 'queue':
      return { kind, node, atLeast: 100 };
    case 'bytes':
      return { kind, node, atLeast: 65_536 };
    case 'down':
    case 'believedDown':
    case 'misjudged':
      return { kind, node };
    case 'writeFailed':
    case 'copyLost':
    case 'hintExpired':
    case 'hintRefused':
    case 'readStale':
      return { kind };
  }
}

/** The same condition of another node. */
export function ofNode(condition: Condition, node: number): Condition {
  return 'node' in condition ? { ...condition, node } : condition;
}

/** The threshold as text; undefined where a condition has none. */
export function thresholdText(condition: Condition): string | undefined {
  if (condition.kind === 'bytes') return writeSize(condition.atLeast);
  return condition.kind === 'queue' ? String(condition.atLeast) : undefined;
}

/** The condition with another threshold, or undefined if the text is none: a count, or a size such as 64KiB. */
export function withThreshold(condition: Condition, text: string): Condition | undefined {
  if (condition.kind === 'queue')
    return /^[1-9]\d{0,8}$/.test(text.trim()) ? { ...condition, atLeast: Number(text) } : undefined;
  if (condition.kind !== 'bytes') return undefined;
  const size = readSize(text);
  return size.kind === 'read' && size.value > 0 ? { ...condition, atLeast: size.value } : undefined;
}
