/**
 * A row of the matrix: one bug, and everything that was found of it.
 */
import type { SeededBug } from '../bugs/bug.ts';

/** What the hunts of one profile came to. */
export interface ProfileFinds {
  readonly profile: string;
  /** Seeds that were hunted with, and those of them that found the bug. */
  readonly seeds: number;
  readonly found: number;
}

/** The smallest scenario that shows a bug. */
export interface Shrunk {
  readonly property: string;
  /** As `judge` tells violations apart; undefined for a store. */
  readonly cause: string | undefined;
  /** Operations of a store; requests and faults of a cluster. */
  readonly size: number;
  /** Nodes of a cluster; undefined for a store. */
  readonly nodes: number | undefined;
  /** As text, on one line. */
  readonly scenario: string;
}

/** What was found of one bug. */
export interface MatrixRow {
  readonly bug: SeededBug;
  /** Hunts over the whole portfolio, and how many runs each took that found the bug, from 1. */
  readonly hunts: number;
  readonly runs: readonly number[];
  /** By property: in how many of the detecting runs it was violated, the most frequent first. */
  readonly properties: readonly (readonly [string, number])[];
  readonly profiles: readonly ProfileFinds[];
  readonly shrunk: Shrunk | undefined;
}
