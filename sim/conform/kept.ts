/**
 * A find that is kept: the life of a store on which somebody's store diverged, as a YAML file of the corpus. It holds the
 * operations and no replies, because what is right is for the model to say; so it is asked again of any store, under the
 * policies which that one declares.
 */
import { Dialogue, type Talk } from './dialogue.ts';
import { greet } from './conform.ts';
import type { Find } from './report.ts';
import type { Rule } from './rules.ts';
import type { StoreScenario } from './scenario.ts';
import { transcriptOf } from './trials.ts';

/** The version of the file; a key of its own, so that nobody takes one for a scenario of a cluster. */
export const STORE_FILE_KEY = 'hintlabStore';
/** The version that is written. */
export const STORE_FILE_VERSION = 1;

/** How a find was made. */
export interface FoundBy {
  readonly seed: number;
  readonly profile: string;
  readonly version?: string | undefined;
}

/** What a file says. */
export interface KeptFind {
  /** The rule that was broken, and how: see {@link Find}. */
  readonly rule: Rule;
  readonly cause: string;
  readonly foundBy?: FoundBy | undefined;
  /** Without any one of its operations this did not happen. */
  readonly minimal?: boolean | undefined;
  /** The bug that a store must have for it, where it is one that we have seeded. */
  readonly bug?: string | undefined;
  readonly scenario: StoreScenario;
}

/** The find of a campaign as one to keep. */
export function keptOf(find: Find, foundBy: Omit<FoundBy, 'profile'>): KeptFind {
  const { rule, cause } = find.divergence;
  const { scenario, minimal, profile } = find;
  return { rule, cause, foundBy: { ...foundBy, profile }, minimal, scenario };
}

/** The text of a file; one line for each operation. */
export function textOfKept({ scenario: { maxBytes, operations }, ...find }: KeptFind): string {
  const said = Object.entries(find).filter(([, value]) => value !== undefined);
  return [
    `${STORE_FILE_KEY}: ${STORE_FILE_VERSION}`,
    'find:',
    ...said.map(([key, value]) => `  ${key}: ${typeof value === 'object' ? lineOf(value) : textOf(value)}`),
    `maxBytes: ${maxBytes}`,
    'operations:',
    ...operations.map((each) => `  - ${lineOf(each)}`),
    '',
  ].join('\n');
}

function lineOf(map: object): string {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return `{ ${entries.map(([key, value]) => `${key}: ${textOf(value)}`).join(', ')} }`;
}

/** A word as it is, whatever else as JSON, which is YAML too. */
function textOf(value: unknown): string {
  const isWord = typeof value === 'string' && /^[a-z][A-Za-z-]*$/.test(value) && !/^(?:true|false|null)$/.test(value);
  return isWord ? value : JSON.stringify(value);
}

/** What came of asking a store again. */
export type StoreReplay =
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'agrees'; readonly name: string }
  | {
      readonly kind: 'diverges';
      readonly name: string;
      /** It is what the file records: the same reply of the same operation is wrong. */
      readonly isAsRecorded: boolean;
      readonly find: Pick<Find, 'divergence' | 'transcript'>;
    };

/** Asks a store once more, a new one. */
export function* replayKept({ scenario, cause }: KeptFind): Talk<StoreReplay> {
  const dialogue = new Dialogue();
  const subject = yield* greet(dialogue);
  if (typeof subject === 'string') return { kind: 'unusable', why: subject };
  const { divergence, transcript } = yield* transcriptOf(dialogue, subject, scenario);
  yield* dialogue.exchange([{ op: 'bye' }]);
  const { name } = subject;
  if (divergence === undefined) return { kind: 'agrees', name };
  return { kind: 'diverges', name, isAsRecorded: divergence.cause === cause, find: { divergence, transcript } };
}
