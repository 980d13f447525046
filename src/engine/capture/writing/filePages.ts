// Notices when pages of a capture's file, or of its log, have lost what they held, though the file is as long as it was.

import { closeSync, openSync, readSync } from 'node:fs'
import { rootPages } from '../format/schema.ts'

export interface FilePages {
  /**
   * Whether the file no longer begins as it did, or pages have lost what they held. Not all pages are looked at: those
   * at the beginning, which lead to all others, and some at equal distances. A file that was cut loses its end, and
   * becomes long again when more is written.
   */
  areLost(sizeBytes: number): boolean
  /** Call it when the database is closed: it lets go of SQLite's locks. [sqlite] howtocorrupt.html 2.2 */
  close(): void
}

/** How a file is made of pages, in bytes. */
export interface PageLayout {
  /** Where the first page begins. */
  readonly start: number
  readonly step: number
  /** Pages at the beginning that hold what leads to all others. */
  readonly roots: number
  /** Whether a page, by its first bytes, is of a kind that stays the same while the file is whole. */
  isSettled(head: Buffer): boolean
  /** What stands at the file's beginning for as long as it is the same. */
  readonly marks: readonly (readonly [from: number, to: number])[]
}

/** The first byte of a page of a tree. [sqlite] fileformat2.html 1.6 */
const treePages: readonly number[] = [2, 5, 10, 13]

/** [sqlite] fileformat2.html 1.3: the name of the format, and the application's number. */
export const mainLayout = (pageBytes: number): PageLayout => ({
  start: 0,
  step: pageBytes,
  roots: rootPages,
  // The pages in which a long row continues change with it, and may hold only zeros.
  isSettled: ([type = 0]) => treePages.includes(type),
  marks: [
    [0, 16],
    [68, 72],
  ],
})

/** [sqlite] fileformat2.html 4.1: the log's header, then pages, each behind a header of its own. */
export const logLayout = (pageBytes: number): PageLayout => ({
  start: 32,
  step: 24 + pageBytes,
  roots: 0,
  isSettled: (head) => head.some((byte) => byte !== 0),
  marks: [[0, 4]],
})

/** Pages that are looked at, at equal distances. */
const samples = 8
/** Where such a page is not settled, the one before it is looked at, up to so many. */
const reach = 8
/** Read of each page. */
const sampleBytes = 64

/** The file at `path` is a capture's own. */
export function watchPages(
  path: string,
  { start, step, roots, isSettled, marks }: PageLayout,
): FilePages {
  const file = openSync(path, 'r')
  let head = readHead()
  /** Where the settled pages begin that the last look found. */
  let known: readonly number[] = []

  function readHead(): Buffer {
    return read(0, Math.max(...marks.map(([, to]) => to)))
  }

  function read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
  }

  /** Where the last settled page up to `page` begins; empty where none is near. */
  function settledNear(page: number): number[] {
    for (let near = page; near >= Math.max(0, page - reach); near--) {
      const offset = start + near * step
      if (isSettled(read(offset, sampleBytes))) return [offset]
    }
    return []
  }

  /** False past the end of the file: its length tells that it was cut. */
  function isGone(offset: number): boolean {
    const bytes = read(offset, sampleBytes)
    return bytes.length > 0 && !isSettled(bytes)
  }

  function beginsElse(now: Buffer): boolean {
    if (now.length < head.length || head.length === 0) return false
    return marks.some(([from, to]) => !now.subarray(from, to).equals(head.subarray(from, to)))
  }

  return {
    areLost(sizeBytes) {
      const now = readHead()
      if (beginsElse(now) || known.some(isGone)) return true
      head = now
      const pages = Math.floor((sizeBytes - start) / step)
      const spread = Array.from({ length: samples }, (_, i) => {
        return Math.max(0, Math.ceil((pages * (i + 1)) / samples) - 1)
      })
      const looked = [...Array.from({ length: roots }, (_, page) => page), ...spread]
      known = [...new Set(looked.flatMap(settledNear))]
      return false
    },
    close: () => closeSync(file),
  }
}
