// Notices when pages of a capture's file, or of its log, have lost what they held, though the file is as long as it was.

import { closeSync, openSync, readSync } from 'node:fs'
import { rootPages } from '../format/schema.ts'

export interface FilePages {
  /**
   * Whether the file begins like another, or what a page held is gone. Those at the beginning, without which nothing
   * is read, and some more stand for all: whoever cuts a file takes its end away, and what writes on behind it makes
   * it long again.
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
  /** Whether a page begins so that it stays what it is for as long as the file is whole. */
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
  // What goes on from a tree's page is written anew where a row is, and may hold zeros only.
  isSettled: ([type = 0]) => treePages.includes(type),
  marks: [
    [0, 16],
    [68, 72],
  ],
})

/** [sqlite] fileformat2.html 4.1: a header, then a header and a page, again and again. */
export const logLayout = (pageBytes: number): PageLayout => ({
  start: 32,
  step: 24 + pageBytes,
  roots: 0,
  isSettled: (head) => head.some((byte) => byte !== 0),
  marks: [[0, 4]],
})

/** So many of them, at equal distances. */
const samples = 8
/** So many more before each are looked at for one that is settled. */
const reach = 8
/** What is read of each. */
const sampleBytes = 64

/** The file at `path` is a capture's own. */
export function watchPages(
  path: string,
  { start, step, roots, isSettled, marks }: PageLayout,
): FilePages {
  const file = openSync(path, 'r')
  let head = readHead()
  /** Where settled pages begin, as they were looked at last. */
  let known: readonly number[] = []

  function readHead(): Buffer {
    return read(0, Math.max(...marks.map(([, to]) => to)))
  }

  function read(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
  }

  /** Where a settled page begins, the last one up to a page; none where there is none near. */
  function settledNear(page: number): number[] {
    for (let near = page; near >= Math.max(0, page - reach); near--) {
      const offset = start + near * step
      if (isSettled(read(offset, sampleBytes))) return [offset]
    }
    return []
  }

  /** Where the file ends before, its length tells more. */
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
