// Bytes as a hex dump: offset, sixteen or eight bytes, their ASCII.

export interface HexRow {
  /** `00000010` */
  readonly offset: string
  /** `a2 64 74 79 70 65 65 74  72 61 64 65` with a gap in the middle. */
  readonly hex: string
  /** Printable ASCII; a point for the rest. */
  readonly text: string
}

/** Sixteen bytes and the gap between their halves. */
const fullRowChars = 16 * 3

/** `offset` is where `bytes` begin in the payload; `perRow` is 16, or less where there is little room. */
export function hexRows(
  bytes: Uint8Array,
  offset: number,
  perRow: 4 | 8 | 16 = 16,
): readonly HexRow[] {
  const rows: HexRow[] = []
  for (let start = 0; start < bytes.length; start += perRow) {
    const row = bytes.subarray(start, start + perRow)
    rows.push({
      offset: (offset + start).toString(16).padStart(8, '0'),
      hex: [hexOf(row.subarray(0, 8)), hexOf(row.subarray(8))].filter(Boolean).join('  '),
      text: Array.from(row, printable).join(''),
    })
  }
  return rows
}

/** The rows of a whole payload as text. */
export function hexDump(bytes: Uint8Array): string {
  return hexRows(bytes, 0)
    .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(fullRowChars)}  ${text}`)
    .join('\n')
}

/** `a2 64 74` */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
}
