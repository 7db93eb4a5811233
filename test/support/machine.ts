/**
 * A machine with a disk and two clocks, on which a durable hint store is opened, for tests. Its monotonic clock starts
 * again at 0 with each boot; the wall clock goes on, and can be set; the disk keeps what it has.
 */
import { bytes, DurableHintStore, later, VirtualClock } from '../../core/index.ts';
import type { Duration, OpenResult, SegmentReplay, WallClock } from '../../core/index.ts';
import { MemoryDisk } from './memory-disk.ts';

/** The wall clock at the first boot, in microseconds; not a whole millisecond, as real ones never are. */
export const FIRST_BOOT_MICROS = 1_700_000_000_000_250;

export class Machine implements WallClock {
  readonly disk = new MemoryDisk();
  clock = new VirtualClock();
  #wallAtBoot = FIRST_BOOT_MICROS;

  nowMicros(): number {
    return this.#wallAtBoot + this.clock.now();
  }

  /** Lets time pass on both clocks. */
  pass(by: Duration): void {
    this.clock.advanceTo(later(this.clock.now(), by));
  }

  /** Sets the wall clock forward by so many microseconds, or back. */
  setWallBy(micros: number): void {
    this.#wallAtBoot += micros;
  }

  /** Starts the machine again: no time passes, the monotonic clock stands at 0, and open stores are history. */
  reboot(): void {
    this.#wallAtBoot = this.nowMicros();
    this.clock = new VirtualClock();
  }

  tryOpen(maxBytes: number): OpenResult {
    return DurableHintStore.open(
      { clock: this.clock, wallClock: this, disk: this.disk },
      { maxBytes: bytes(maxBytes) },
    );
  }

  /** A store on the disk, and what its replay came to. Throws if it cannot be opened. */
  open(maxBytes: number): { readonly store: DurableHintStore; readonly replays: readonly SegmentReplay[] } {
    const opened = this.tryOpen(maxBytes);
    if (opened.kind !== 'opened') throw new Error(`the store was not opened: ${opened.kind}`);
    return opened;
  }

  /** Boots and opens. */
  restart(maxBytes: number): { readonly store: DurableHintStore; readonly replays: readonly SegmentReplay[] } {
    this.reboot();
    return this.open(maxBytes);
  }
}
