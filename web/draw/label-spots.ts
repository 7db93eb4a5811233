/**
 * Where the letters of lines go: each beside its own line, at the column where that line is farthest from all others, so
 * that a letter can only mean one line. Letters never cover each other while there is room.
 */

/** The picture that the lines are in, and the size of a letter; CSS pixels. */
export interface LabelRoom {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly labelWidth: number;
  readonly labelHeight: number;
}

/** The upper left corner of a letter. */
export interface LabelSpot {
  readonly x: number;
  readonly y: number;
}

/** Columns between two places that are tried. */
const PITCH = 8;

/**
 * A spot for each line, in their order.
 *
 * @param heights per line, the y of every column
 */
export function labelSpots(heights: readonly Float64Array[], room: LabelRoom): readonly LabelSpot[] {
  const spots: LabelSpot[] = [];
  heights.forEach((line, index) => {
    const others = heights.filter((_, other) => other !== index);
    spots.push(bestSpot(line, others, spots, room));
  });
  return spots;
}

function bestSpot(
  line: Float64Array,
  others: readonly Float64Array[],
  taken: readonly LabelSpot[],
  room: LabelRoom,
): LabelSpot {
  let best: LabelSpot = { x: room.x + room.width - room.labelWidth, y: room.y };
  let bestApart = -1;
  for (let column = PITCH; column + room.labelWidth <= room.width; column += PITCH) {
    const y = line[column] ?? 0;
    const apart = others.reduce((least, other) => Math.min(least, Math.abs((other[column] ?? 0) - y)), Infinity);
    if (apart < bestApart) continue;
    const spot = {
      x: room.x + column,
      y: Math.max(room.y, Math.min(room.y + room.height - room.labelHeight, y - room.labelHeight / 2)),
    };
    if (taken.some((other) => overlap(spot, other, room))) continue;
    // Of columns that are as good as each other the last: there the line has told its story.
    best = spot;
    bestApart = apart;
  }
  return best;
}

function overlap(a: LabelSpot, b: LabelSpot, { labelWidth, labelHeight }: LabelRoom): boolean {
  return Math.abs(a.x - b.x) < labelWidth + 1 && Math.abs(a.y - b.y) < labelHeight + 1;
}
