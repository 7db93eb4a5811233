/**
 * The end of each help page: what to type, and what comes of it.
 */
export const EXAMPLES = {
  hintlab: `
Start here:
  hintlab list                     the stories that ship with hintlab
  hintlab run single-outage        what became of every hint when one node went away
  hintlab compare late-hint        the same requests under every system, and where they part
  hintlab run --help               how to change a scenario, and how to feed a script

Exit codes: 0 ok, 1 a property was violated, 2 bad input, 3 a bug of hintlab, 130 interrupted.`,
  run: `
Examples:
  hintlab run single-outage
  hintlab run my-cluster.yaml --set hints.ttl=1h --set hints.cap=64MiB
  hintlab run expiry --seed 7 --json | jq .hints
  hintlab run flapping-peer --trace flapping.trace
  hintlab run late-hint --expect I1,I2,I6,C3    ends with 0 if exactly those are violated
  hintlab run late-hint --no-check              ends with 0 whatever is violated

The same scenario and seed give the same digest on every machine. Exit code 1: a property of kind always or eventually
was violated (hintlab list --properties).`,
  compare: `
Examples:
  hintlab compare late-hint
  hintlab compare late-hint --systems dynomite,influxdb,cassandra
  hintlab compare late-hint --with "guarded: hints.on.queued=true" --with "patient: drain.ack=each, drain.concurrency=1"

What the scenario says itself stays; the system says the rest. A ≠ marks what differs.`,
  list: `
Examples:
  hintlab list
  hintlab list --systems
  hintlab list --properties`,
  explain: `
Examples:
  hintlab explain single-outage --hint 0
  hintlab explain expiry --write 120`,
  import: `
Examples:
  hintlab import lanl system-23.csv --system 23 --from 2003-01-01 --to 2004-01-01 --out outages-2003.yaml
  hintlab import twitter 2020Mar.md --cluster 12 --scale 0.001 --out cluster12.yaml`,
  importLanl: `
Example:
  hintlab import lanl system-23.csv --system 23 --from 2003-01-01 --to 2004-01-01 --out outages-2003.yaml
  hintlab run outages-2003.yaml

Overlapping outages of a node are merged, and records that never closed are capped; each is told on stderr.`,
  importTwitter: `
Example:
  hintlab import twitter 2020Mar.md --cluster 12 --scale 0.001 --out cluster12.yaml
  hintlab run cluster12.yaml`,
  segment: `
Examples:
  hintlab segment hints/peer-1.hints
  hintlab segment hints/peer-1.hints --now 2026-11-22T16:05:00Z --json`,
  schema: `
Example, for editors that read YAML by a schema:
  hintlab schema > hintlab.schema.json
  # first line of a scenario:  # yaml-language-server: $schema=hintlab.schema.json`,
} as const;
