/**
 * Axes that designs are sized by, each with values to begin with. The form offers them; any other path of a scenario file
 * can be typed.
 */

/** An axis to pick. */
export interface KnownAxis {
  readonly path: string;
  readonly values: string;
}

/** In the order of the list. */
export const KNOWN_AXES: readonly KnownAxis[] = [
  { path: 'hints.cap', values: '64KiB..64MiB:6log' },
  { path: 'hints.ttl', values: '5m,1h,3h' },
  { path: 'drain.interval', values: '5s,10s,30s,60s' },
  { path: 'channel.slots', values: '64,256,1024,4096' },
  { path: 'hints.window', values: '1m,10m,3h' },
  { path: 'drain.concurrency', values: '1,8,128' },
  { path: 'drain.throttle', values: '64KiB/s,1MiB/s,16MiB/s' },
  { path: 'workload.rate', values: '10/s..100/s:4' },
  { path: 'workload.payload', values: '100B,1KiB,10KiB' },
  { path: 'network.timeout', values: '500ms,2s,5s' },
  { path: 'system', values: 'dynomite,cassandra,riak' },
];

/** `path=values` in two parts; what has no `=` is all path. */
export function partsOf(axis: string): { readonly path: string; readonly values: string } {
  const at = axis.indexOf('=');
  return at < 0 ? { path: axis, values: '' } : { path: axis.slice(0, at), values: axis.slice(at + 1) };
}

/** The axis after its path was changed: with values that suit it, where some are known. */
export function withPath(axis: string, path: string): string {
  const known = KNOWN_AXES.find((each) => each.path === path);
  return `${path}=${known?.values ?? partsOf(axis).values}`;
}
