/**
 * `hintlab list --profiles`: the ways in which `explore` draws scenarios, and the systems that each has something to say about.
 */
import { PROFILE_NAMES, PROFILES } from '../explore/profiles.ts';
import type { Profile } from '../explore/profiles.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { left, tableLines } from './table.ts';

const NOTE =
  'Where systems stand behind a profile, it draws from these alone, unless --system names one. policySwarm is left out then.';

/** Prints all profiles; with `json`, as [{ name, about, systems }], where no systems are all of them. */
export function listProfiles({ json }: { readonly json: boolean }, io: Io): ExitCode {
  const profiles = PROFILE_NAMES.map((name) => {
    const { about, systems = [] }: Profile = PROFILES[name];
    return { name, about, systems };
  });
  if (json) {
    io.out(`${JSON.stringify(profiles, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const [head = '', ...rows] = tableLines(
    [left('profile'), left('what it goes looking for')],
    profiles.map(({ name, about, systems }) => [
      name,
      systems.length === 0 ? about : `${about} (${systems.join(', ')})`,
    ]),
  );
  io.out(`${[paintFor(io.colour).strong(head), ...rows, '', NOTE].join('\n')}\n`);
  return EXIT.ok;
}
