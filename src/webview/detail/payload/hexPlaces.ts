// Places of bytes in a line of hex, in characters, and the keys that lead from one to another.

/** Bytes in a line. */
export type PerRow = 4 | 8 | 16

/** Characters of offset, bytes and ASCII with the room between them. */
const neededChars: readonly (readonly [PerRow, number])[] = [
  [16, 8 + 2 + 48 + 2 + 16],
  [8, 8 + 1 + 23 + 1 + 8],
]

/** As many as fit. */
export function perRowOf(chars: number): PerRow {
  return neededChars.find(([, needed]) => needed <= chars)?.[0] ?? 4
}

/** The number in its line of the byte whose two digits stand at a column, or nearest to it. */
export function byteAtColumn(column: number, perRow: PerRow): number {
  // Between the halves of a long line is a gap.
  const byte = Math.floor(column > 23.5 ? (column - 1) / 3 : column / 3)
  return Math.min(Math.max(0, byte), perRow - 1)
}

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** The byte that a key leads to from `at`; null for other keys. */
export function byteAfterKey(
  { key, ctrlKey, metaKey }: PressedKey,
  at: number,
  {
    perRow,
    pageRows,
    size,
  }: { readonly perRow: PerRow; readonly pageRows: number; readonly size: number },
): number | null {
  const whole = ctrlKey || metaKey
  const rowStart = at - (at % perRow)
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at >= perRow ? at - perRow : at,
    ArrowDown: at + perRow < size ? at + perRow : at,
    PageUp: Math.max(at % perRow, at - perRow * pageRows),
    PageDown: at + perRow * pageRows,
    Home: whole ? 0 : rowStart,
    End: whole ? size - 1 : rowStart + perRow - 1,
  }
  const target = targets[key]
  return target === undefined ? null : Math.min(Math.max(0, target), size - 1)
}
