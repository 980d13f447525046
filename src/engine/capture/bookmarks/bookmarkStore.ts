// The bookmarks of a capture: held in memory, and written into the file as far as that can be.

import type { DatabaseSync } from 'node:sqlite'
import { bookmarkLimits } from '../../../shared/limits.ts'
import { formatCount } from '../../../shared/text/units.ts'
import type { BookmarkedFrames, NotedFrame } from '../format/bookmarkedFrames.ts'
import { hasBookmarkTable, makeBookmarkTable } from '../format/bookmarkSchema.ts'
import { CaptureError, isOutOfRange, isSqliteError, reasonOf } from '../format/captureError.ts'
import { numberIn, valueWithin } from '../format/room.ts'

export interface BookmarkStore extends BookmarkedFrames {
  /**
   * Marks the frame, with a note of one line that may be empty; null takes the mark away. Answers why that is not in the
   * file, as words that stand after a colon; null where it is. Throws `too-many-bookmarks`.
   */
  set(seq: number, note: string | null): string | null
  /** Writes what could not be written before, such as into a file that has taken the place of another. */
  writeAgain(): void
  /** Writes all of them into a copy of the capture. */
  copyInto(database: DatabaseSync): void
}

/** The file, which may be another one after a while. */
export interface BookmarkFile {
  /** Has `write` called with a database that can be written, in a transaction. Throws what SQLite or the system says. */
  change(write: (database: DatabaseSync) => void): void
}

/** `database`: to read those that there are already. */
export function createBookmarkStore(database: DatabaseSync, file: BookmarkFile): BookmarkStore {
  const notes = new Map(readBookmarks(database))
  let inOrder = sorted()
  /** Frames whose bookmark is another one in the file. */
  const unwritten = new Set<number>()

  function sorted(): readonly NotedFrame[] {
    return [...notes].map(([seq, note]) => ({ seq, note })).toSorted((a, b) => a.seq - b.seq)
  }

  function writeInto(database: DatabaseSync, seqs: Iterable<number>): void {
    if (!makeBookmarkTable(database))
      throw new Error('something else has the place of bookmarks in it')
    const put = database.prepare('INSERT OR REPLACE INTO main.bookmark (seq, note) VALUES (?, ?)')
    const remove = database.prepare('DELETE FROM main.bookmark WHERE seq = ?')
    for (const seq of seqs) {
      const note = notes.get(seq)
      if (note === undefined) remove.run(seq)
      else put.run(seq, note)
    }
  }

  function write(): string | null {
    if (unwritten.size === 0) return null
    try {
      file.change((database) => writeInto(database, unwritten))
      unwritten.clear()
      return null
    } catch (error) {
      return reasonOf(error)
    }
  }

  return {
    get inOrder() {
      return inOrder
    },
    note: (seq) => notes.get(seq),
    set(seq, note) {
      if (note === null) notes.delete(seq)
      else {
        if (!notes.has(seq) && notes.size >= bookmarkLimits.count) throw tooMany()
        notes.set(seq, oneLine(note))
      }
      inOrder = sorted()
      unwritten.add(seq)
      return write()
    },
    writeAgain() {
      for (const seq of notes.keys()) unwritten.add(seq)
      write()
    },
    copyInto(database) {
      const seqs = new Set([...notes.keys(), ...unwritten])
      if (seqs.size > 0) writeInto(database, seqs)
    },
  }
}

function tooMany(): CaptureError {
  const most = formatCount(bookmarkLimits.count)
  const message = `The capture has ${most} bookmarks, which is the most. Remove one first.`
  return new CaptureError('too-many-bookmarks', message)
}

function oneLine(note: string): string {
  return note.replace(/\s+/g, ' ').trim().slice(0, bookmarkLimits.noteChars)
}

/** Of a table that is not as it is made here, or cannot be read, none. A note that is too long is left out. */
function readBookmarks(database: DatabaseSync): readonly (readonly [number, string])[] {
  try {
    if (!hasBookmarkTable(database)) return []
    const rows = database
      .prepare(
        `SELECT ${numberIn('seq')} AS seq, ${valueWithin('note', 4 * bookmarkLimits.noteChars)} AS note
         FROM main.bookmark WHERE seq BETWEEN 1 AND (SELECT max(seq) FROM main.frame) ORDER BY seq LIMIT ?`,
      )
      .all(bookmarkLimits.count)
    return rows.map(({ seq, note }) => [Number(seq), typeof note === 'string' ? oneLine(note) : ''])
  } catch (error) {
    if (!isSqliteError(error) && !isOutOfRange(error)) throw error
    return []
  }
}
