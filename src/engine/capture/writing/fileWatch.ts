// Notices when the files of a capture that is written are taken from under it: deleted, moved, replaced, cut short.

import {
  type BigIntStats,
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { logLayout, mainLayout, watchPages } from './filePages.ts'

export interface FileWatch {
  /** What has happened to the files, as a sentence without its full stop; null while they are the capture's own. */
  lost(): string | null
  /**
   * Makes the shared memory file as long again as it was, where somebody cut it: to touch what is missing
   * would end the process (SIGBUS). SQLite makes its content anew from the log. To be called before the
   * database is used.
   */
  mend(): void
  /** Removes what is left of the capture's own beside a place where it no longer is. */
  removeRest(): void
  /** Call it when the database is closed: it lets go of SQLite's locks. [sqlite] howtocorrupt.html 2.2 */
  close(): void
}

const suffixes = ['', '-wal', '-shm'] as const
type Suffix = (typeof suffixes)[number]
const partNames: Readonly<Record<Suffix, string>> = { '': '', '-wal': '’s log', '-shm': '’s index' }

/** One transaction makes the shared memory at most this much longer. [sqlite] walformat.html 2.1 */
const sharedStep = 64 * 1024
/** SQLite makes the whole index anew where these first bytes are zero. [sqlite] walformat.html 2.2 */
const sharedHeadBytes = 136

/**
 * The database at `path` is open, with a log and pages of `pageBytes`. `isWhole` tells, when the
 * log has become shorter, whether SQLite still finds everything: another program may have moved the log into the file
 * and cut it, and then nothing is lost.
 */
export function watchFiles(
  path: string,
  pageBytes: number,
  isWhole: (logBytes: number) => boolean,
): FileWatch {
  const pages = {
    '': watchPages(path, mainLayout(pageBytes)),
    '-wal': watchPages(`${path}-wal`, logLayout(pageBytes)),
  }
  const known = new Map(suffixes.map((suffix) => [suffix, statOf(suffix)]))
  const shared = openSync(`${path}-shm`, 'r+')
  let sharedBytes = fstatSync(shared).size

  /** Undefined when it is not there. A file that cannot be looked at counts as unchanged. */
  function statOf(suffix: Suffix): BigIntStats | undefined {
    try {
      return statSync(path + suffix, { bigint: true, throwIfNoEntry: false })
    } catch {
      // No right to look at a folder does not keep an open file from being written.
      return known.get(suffix)
    }
  }

  function lostPart(suffix: Suffix): string | null {
    const before = known.get(suffix)
    const now = statOf(suffix)
    if (now === undefined) return 'was deleted or moved'
    if (before && !isSame(before, now)) return 'was replaced by another file'
    const isCut = before !== undefined && now.size < before.size
    known.set(suffix, now)
    if (suffix === '-shm') return null
    if (pages[suffix].areLost(Number(now.size))) return 'was cut short or overwritten'
    return isCut && (suffix === '' || !isWhole(Number(now.size))) ? 'was cut short' : null
  }

  function mend(): void {
    const { size } = fstatSync(shared)
    if (size >= sharedBytes) {
      sharedBytes = size
      return
    }
    ftruncateSync(shared, sharedBytes + sharedStep)
    writeSync(shared, new Uint8Array(sharedHeadBytes), 0, sharedHeadBytes, 0)
  }

  return {
    lost() {
      mend()
      for (const suffix of suffixes) {
        const what = lostPart(suffix)
        // Without its path, which would leave no room in a row for what has happened.
        if (what !== null)
          return `The capture file${partNames[suffix]} ${what} while it was written`
      }
      return null
    },
    mend,
    removeRest() {
      const [main, there] = [known.get(''), statOf('')]
      if (main && there && isSame(main, there)) return
      for (const suffix of ['-wal', '-shm'] as const) {
        const [own, now] = [known.get(suffix), statOf(suffix)]
        if (own && now && isSame(own, now)) rmSync(path + suffix)
      }
    },
    close() {
      closeSync(shared)
      for (const one of Object.values(pages)) one.close()
    },
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev
}
