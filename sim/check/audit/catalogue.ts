/**
 * The book: every rule of the audit, in the order of their numbers.
 */
import type { AuditRule } from './rule.ts';
import { B28, B29, B30, B31 } from './rules/admission.ts';
import { B19, B20, B21, B22 } from './rules/beliefs.ts';
import { B38, B4, B5 } from './rules/deadlines.ts';
import { B32, B33 } from './rules/ends.ts';
import { B1, B2, B3 } from './rules/hint-life.ts';
import { B13, B14, B15, B16 } from './rules/looks.ts';
import { B17, B18 } from './rules/processes.ts';
import { B6, B7 } from './rules/queue-order.ts';
import { B12, B8, B9 } from './rules/session-conduct.ts';
import { B10, B11 } from './rules/session-idleness.ts';
import { B36, B37, B39 } from './rules/replicas.ts';
import { B35 } from './rules/throttle.ts';
import { B34 } from './rules/votes.ts';
import { B23, B24, B25, B26, B27 } from './rules/wire.ts';

/** Every rule that a run is held against. */
export const AUDIT_RULES: readonly AuditRule[] = [
  ...[B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12],
  ...[B13, B14, B15, B16, B17, B18, B19, B20, B21, B22, B23, B24, B25, B26, B27],
  ...[B28, B29, B30, B31, B32, B33, B34, B35, B36, B37, B38, B39],
];
