/**
 * What a conformance run comes to, as data: the vectors, the random campaign, and the one divergence that was reduced.
 */
import type { Divergence } from './judge.ts';
import type { Subject } from './policies.ts';
import type { Rule } from './rules.ts';
import type { StoreScenario } from './scenario.ts';

/** The version of this object; fields may be added within a version, never renamed. */
export const CONFORM_SCHEMA = 1;

/** A vector that was not answered as written. */
export interface FailedVector {
  readonly name: string;
  readonly rule: Rule;
  readonly says: string;
  readonly request: string;
  /** It ended the subject, silenced it, or brought a line that is no reply. */
  readonly broke: boolean;
}

/** One request with the line that came back; no line: see what the divergence says. */
export interface TranscriptLine {
  readonly request: string;
  readonly reply: string | undefined;
}

/** The divergence of a random scenario, as small as it could be made. */
export interface Find {
  readonly profile: string;
  readonly scenario: StoreScenario;
  readonly divergence: Divergence;
  /** `hello`, `reset` and the operations up to the one that diverges; books that agree are left out. */
  readonly transcript: readonly TranscriptLine[];
  /** Scenarios tried while reducing. */
  readonly trials: number;
  /** Tried: without any one of its operations this does not happen. False if reducing was cut short, or the subject is shaky. */
  readonly minimal: boolean;
  /** On its own, in a new subject, the scenario fails again. If not, state outlives `reset`, or the subject is not deterministic. */
  readonly repeatable: boolean;
}

/** How the whole run ended. */
export type Verdict = 'conforms' | 'diverges' | 'inconclusive';

/** A subject that could be talked to. */
export interface ConformReport {
  readonly schema: typeof CONFORM_SCHEMA;
  readonly verdict: Verdict;
  readonly subject: Subject;
  readonly vectors: {
    readonly passed: number;
    /** Left out because the subject broke too often. */
    readonly notAsked: number;
    /** For other policies than those of the subject. */
    readonly notApplicable: number;
    readonly failed: readonly FailedVector[];
  };
  readonly random: {
    readonly seed: number;
    readonly scenarios: number;
    /** Operations judged, questions included. */
    readonly operations: number;
    /** Operations that the subject refused as a definite error. */
    readonly errors: number;
    /** Scenarios that ended in an indefinite error: nothing is known of them. */
    readonly inconclusive: number;
    /** How often each rule decided an answer. */
    readonly reached: Readonly<Record<string, number>>;
    readonly find: Find | undefined;
  };
}

/** What a conformance run comes to: a report, or why there could be none. */
export type ConformResult =
  { readonly kind: 'report'; readonly report: ConformReport } | { readonly kind: 'unusable'; readonly why: string };
