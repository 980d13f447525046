// The file in which something grows that is to replace another when it is whole.

import { randomBytes } from 'node:crypto'
import { openSync } from 'node:fs'
import { lstat, opendir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface PartFile {
  readonly path: string
  /** Open for writing; the caller closes it. */
  readonly fd: number
}

const partBytes = 8
/** With those that SQLite has beside its own. */
const shape = new RegExp(`^\\.lifeline-[0-9a-f]{${2 * partBytes}}\\.part(?:-(?:journal|wal|shm))?$`)
/** Nothing grows for so long without a byte: whoever wrote it was killed. */
const leftMs = 24 * 3600 * 1000

/**
 * Makes a file that nobody else has, beside `target`, so that it can be renamed to it; those that were left there are
 * removed. Rejects with what the system throws.
 */
export async function openPart(target: string, mode?: number): Promise<PartFile> {
  const folder = dirname(target)
  await removeLeft(folder, Date.now() - leftMs)
  // Its length does not hang on the target's, whose name may be as long as names can be.
  const path = join(folder, `.lifeline-${randomBytes(partBytes).toString('hex')}.part`)
  return { path, fd: openSync(path, 'wx', mode) }
}

/** Of the names that only `openPart` gives, what is a file and was not written since `before`, in epoch ms. */
async function removeLeft(folder: string, before: number): Promise<void> {
  try {
    for await (const { name } of await opendir(folder)) {
      if (shape.test(name)) await removeOld(join(folder, name), before)
    }
  } catch {
    // A folder that cannot be read may be written into.
  }
}

async function removeOld(path: string, before: number): Promise<void> {
  try {
    const found = await lstat(path)
    if (found.isFile() && found.mtimeMs < before) await rm(path, { force: true })
  } catch {
    // Somebody else's, or gone.
  }
}
