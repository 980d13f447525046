// The file in which something grows that is to replace another when it is whole.

import { randomBytes } from 'node:crypto'
import { openSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface PartFile {
  readonly path: string
  /** Open for writing; the caller closes it. */
  readonly fd: number
}

/** Makes a file that nobody else has, beside `target`, so that it can be renamed to it. Throws what the system does. */
export function openPart(target: string, mode?: number): PartFile {
  // Its length does not hang on the target's, whose name may be as long as names can be.
  const path = join(dirname(target), `.lifeline-${randomBytes(8).toString('hex')}.part`)
  return { path, fd: openSync(path, 'wx', mode) }
}
