/**
 * Presets by name: what a system does unless a scenario says otherwise, one value per policy axis, each with its source.
 */
import type { SystemName } from '../model/scenario.ts';
import { CASSANDRA } from './cassandra.ts';
import { DYNOMITE, DYNOMITE_DURABLE } from './dynomite.ts';
import { INFLUXDB } from './influxdb.ts';
import type { Preset } from './preset.ts';
import { RIAK } from './riak.ts';
import { SCYLLA, SCYLLA_OLD } from './scylla.ts';
import { VOLDEMORT } from './voldemort.ts';

/** Every preset by its name. */
export const PRESETS: Readonly<Record<SystemName, Preset>> = {
  dynomite: DYNOMITE,
  'dynomite-durable': DYNOMITE_DURABLE,
  cassandra: CASSANDRA,
  scylla: SCYLLA,
  'scylla-old': SCYLLA_OLD,
  influxdb: INFLUXDB,
  riak: RIAK,
  voldemort: VOLDEMORT,
};
