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
  explore: `
Examples:
  hintlab explore --minutes 10 --out finds        one file of each kind of violation, as small as it gets
  hintlab explore --system cassandra --runs 20000
  hintlab explore --profile capPressure --seed 7
  hintlab explore --runs 100000 --shard 1/4 --json > 1.json    a quarter of it, and then, with all four:
  hintlab explore --merge 1.json 2.json 3.json 4.json --out finds

Runs depend on the seed alone. Ctrl-C ends the hunt, and with --out saves what was met as small as it has become. Exit code 1:
something was found, a property was hardly exercised, or a merge misses a part.`,
  sweep: `
Examples:
  hintlab sweep over-capacity --x hints.cap=64KiB..4MiB:7log --y hints.ttl=2m,10m,1h
  hintlab sweep my-cluster.yaml --x drain.interval=10s..60s:6 --y channel.slots=64,256,1024 --metric caughtUp --seeds 9
  hintlab sweep flapping-peer --x system=dynomite,cassandra,riak --y workload.rate=20/s,50/s --json | jq .answer

All cells have the same seeds, so they differ by their values and not by their luck. Where theory has a closed form for what
a cell measures, it stands below, with the bound on what it leaves out.`,
  list: `
Examples:
  hintlab list
  hintlab list --systems
  hintlab list --properties
  hintlab list --profiles`,
  explain: `
Examples:
  hintlab explain single-outage --hint 0
  hintlab explain expiry --write 120
  hintlab explain majority-reversal --read 0`,
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
  shrink: `
Examples:
  hintlab shrink failing.yaml --out smallest.yaml
  hintlab shrink single-outage --property I1 --explain
  hintlab shrink failing.yaml --property I2 --cause expired > smallest.yaml

The same property fails for the same cause, by the same kind of event, in every scenario on the way; other failures met are
told on stderr. Ctrl-C ends it with the smallest so far, and shrinking that goes on from there.`,
  replay: `
Examples:
  hintlab replay i1-overwritten.yaml            the report of the failure; code 1 while a property is violated
  hintlab replay test/corpus --as-recorded      code 0 if every file still shows what it recorded
  hintlab replay found.yaml --page https://example.org/hintlab/
  hintlab replay store-take-all.yaml --exec "./my-store --shim"    a find of hintlab conform, asked again`,
  conform: `
Examples:
  hintlab conform --exec "node sim/conform/example/subject.mjs"
  hintlab conform --exec "./my-store --shim" --runs 100000 --profile cap-pressure
  hintlab conform --exec "python3 shim.py" --vectors-only --json

The store reads {"id":2,"op":"enqueue","now":0,"peer":7,"bytes":3,"fill":1,"ttl":60} and writes {"id":2,"result":"accepted"};
the README has the whole protocol. Exit code 1: it does not conform, and a transcript says where.`,
  schema: `
Example, for editors that read YAML by a schema:
  hintlab schema > hintlab.schema.json
  # first line of a scenario:  # yaml-language-server: $schema=hintlab.schema.json`,
} as const;
