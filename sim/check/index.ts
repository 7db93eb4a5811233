/** The public names of sim/check: what a run did to the writes it acknowledged, and which properties it has shown. */
export { audit } from './audit/audit.ts';
export { AUDIT_RULES } from './audit/catalogue.ts';
export type { AuditRule } from './audit/rule.ts';
export { NOT_APPLICABLE, PROPERTIES } from './catalogue.ts';
export type { NotApplicable } from './catalogue.ts';
export { checkProperties, examine, isViolated } from './check.ts';
export type { Examination } from './check.ts';
export {
  compareOutcomes,
  HINT_REASON_NAMES,
  LOSS_CAUSE_NAMES,
  OUTCOME_GROUPS,
  outcomesOf,
  plainOutcome,
} from './comparison.ts';
export type { ComparisonRow, Outcome, OutcomeGroup, OutcomeValue } from './comparison.ts';
export { ledger, standingOf } from './ledger.ts';
export type { Ledger, LedgerTotals } from './ledger.ts';
export { isUnderWay, MISSING_CAUSE_NAMES, MISSING_CAUSES } from './missing-causes.ts';
export type { MissingCause } from './missing-causes.ts';
export { VERDICTS } from './finding.ts';
export { isFailure, PROPERTY_KINDS } from './property.ts';
export type { Finding, Verdict, Violation } from './finding.ts';
export type { Property, PropertyKind, PropertyResult } from './property.ts';
export { COPY_STANDINGS } from './standing.ts';
export type { CopyStanding, LedgerRow } from './standing.ts';
export { isTwin, TWIN } from './twin.ts';
