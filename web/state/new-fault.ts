/**
 * A fault that is to be added to a scenario, and the line that it becomes there: `{ crash: b, at: 1m, for: 30s }`.
 */
import { writeDuration } from '../../sim/scenario/text/quantities.ts';

interface Begins {
  /** Microseconds. */
  readonly at: number;
  /** Microseconds, at least 1; without it the fault never ends (a restart: 2 s). */
  readonly for?: number;
}

/** A fault to be added, nodes by name. */
export type NewFault = Begins &
  (
    | {
        readonly kind: 'crash' | 'restart' | 'stop' | 'loading' | 'stall' | 'diskFull' | 'pauseDrain' | 'replace';
        readonly target: string;
      }
    | { readonly kind: 'collect'; readonly target: string }
    /** `factor` > 0: so many times as long. */
    | { readonly kind: 'slow'; readonly target: string; readonly factor: number }
    /** `step` in microseconds, negative or not. */
    | { readonly kind: 'clock'; readonly target: string; readonly step: number }
    | {
        readonly kind: 'partition';
        readonly sides: readonly [readonly string[], readonly string[]];
        readonly oneWay?: boolean;
      }
    /** `share` 0 … 1; without `from` or `to`: all nodes. */
    | {
        readonly kind: 'loss';
        readonly share: number;
        readonly from?: readonly string[];
        readonly to?: readonly string[];
      }
  );

/** An entry as it is written in a line. */
export function faultText(fault: NewFault): string {
  const parts = [...whatBreaks(fault), `at: ${writeDuration(Math.max(0, Math.round(fault.at)))}`];
  if (fault.for !== undefined) parts.push(`for: ${writeDuration(Math.max(1, Math.round(fault.for)))}`);
  return `{ ${parts.join(', ')} }`;
}

function whatBreaks(fault: NewFault): string[] {
  switch (fault.kind) {
    case 'slow':
      return [`slow: ${nameText(fault.target)}`, `factor: ${fault.factor}`];
    case 'clock': {
      const step = `${fault.step < 0 ? '-' : ''}${writeDuration(Math.abs(fault.step))}`;
      return [`clock: ${nameText(fault.target)}`, `step: ${step}`];
    }
    case 'partition': {
      const sides = fault.sides.map(namesText).join(', ');
      return [`partition: [${sides}]`, ...(fault.oneWay === true ? ['oneWay: true'] : [])];
    }
    case 'loss': {
      const ways = [fault.from && `from: ${namesText(fault.from)}`, fault.to && `to: ${namesText(fault.to)}`];
      return [`loss: ${fault.share}`, ...ways.filter((way) => way !== undefined)];
    }
    default:
      return [`${fault.kind}: ${nameText(fault.target)}`];
  }
}

function namesText(names: readonly string[]): string {
  return `[${names.map(nameText).join(', ')}]`;
}

/** A name as YAML reads it back as that name: in quotes unless it is plainly a word. */
export function nameText(name: string): string {
  const isWord = /^[A-Za-z][\w-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isWord ? name : JSON.stringify(name);
}
