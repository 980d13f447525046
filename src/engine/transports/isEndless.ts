// Files that a profile names and that are none on a disk.

import type { Stats } from 'node:fs'

/** A device or a pipe: it may have no end, or keep its reader waiting for ever. */
export function isEndless(facts: Stats): boolean {
  return !facts.isFile() && !facts.isDirectory()
}
