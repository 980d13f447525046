// The width of what is printed: the terminal's within reason, or the default where there is none.

import { defaultWidth, minWidth } from '../engine/exports/exporter.ts'

const widest = 120

/** Columns. A pipe or a file gets the default. */
export function terminalWidth(): number {
  const { isTTY, columns } = process.stdout
  if (!isTTY || !columns) return defaultWidth
  return Math.min(widest, Math.max(minWidth, columns))
}
