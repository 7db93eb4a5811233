/**
 * Finds the hazards of handoff-systems §9 again, without being told where they are: `npm run hazards`.
 *
 * A hunt over the two dynomite presets, which §9 is about, and designs near them; what it found is told apart by hazard
 * afterwards. The smallest scenarios of each are reduced, and written to test/corpus with a table of what it took.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { HAZARDS } from '../../sim/explore/hazards/catalogue.ts';
import { PROFILE_NAMES } from '../../sim/explore/profiles.ts';
import { EMPTY_TALLY, mergeTallies } from '../../sim/explore/tally.ts';
import { Pool } from '../../sim/cli/explore-pool.ts';
import { shrinkAll } from '../../sim/cli/explore-run.ts';
import { packageVersion } from '../../sim/cli/version.ts';
import { asked, nothing } from '../support/arguments.ts';
import { fileOf, hazardTable } from './table.ts';

const RUNS = 24_000;
const PIECE_RUNS = 200;
const SHRINK_RUNS = 600;
const PLAN = { seed: 1, systems: ['dynomite', 'dynomite-durable'], profiles: PROFILE_NAMES } as const;
const FOLDER = fileURLToPath(new URL('../corpus/', import.meta.url));

asked('npm run hazards: finds the hazards of handoff-systems §9 again, and writes them to test/corpus', nothing);

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  errIsTerminal: false,
  colour: false,
  debug: false,
  runtime: '',
  seconds: () => performance.now() / 1_000,
  watchInterrupt: () => ({ interrupted: () => false, stop: () => undefined }),
};

const pool = new Pool(availableParallelism());
try {
  const started = io.seconds();
  const foundAfter = new Map<string, number>();
  let tally = EMPTY_TALLY;
  let at = 0;
  await pool.work(
    () => (at < RUNS ? { kind: 'hunt', plan: PLAN, from: at, to: (at += PIECE_RUNS) } : undefined),
    (answer) => {
      if (answer.kind === 'tally') tally = mergeTallies(tally, answer.tally);
      for (const { id } of tally.hazards) {
        if (foundAfter.has(id)) continue;
        foundAfter.set(id, io.seconds() - started);
        io.err(`${id} after ${tally.runs} runs\n`);
      }
    },
  );
  const hunted = io.seconds() - started;
  io.err(`${tally.runs} runs in ${Math.round(hunted)} s: ${tally.hazards.length} of ${HAZARDS.length} hazards\n`);
  const caught = await shrinkAll(
    pool,
    tally.hazards,
    ({ id }) => ({ maxRuns: SHRINK_RUNS, hazard: id, seed: PLAN.seed, version: packageVersion() }),
    io,
    { isOver: () => false, keep: () => undefined },
  );
  for (const file of readdirSync(FOLDER)) if (/^h\d\d-/.test(file)) rmSync(FOLDER + file);
  for (const each of caught) writeFileSync(FOLDER + fileOf(each.id), each.text);
  writeFileSync(`${FOLDER}HAZARDS.md`, hazardTable({ tally, caught, foundAfter, seconds: io.seconds() - started }));
  io.out(`wrote ${caught.length} scenarios and HAZARDS.md to test/corpus in ${Math.round(io.seconds() - started)} s\n`);
} finally {
  await pool.close();
}
