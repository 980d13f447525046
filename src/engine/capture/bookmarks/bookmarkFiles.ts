// The file that bookmarks are written into: one that is recorded, or a saved capture.

import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { busyMs, guard } from '../writing/captureFile.ts'
import type { WriteQueue } from '../writing/writeQueue.ts'
import type { BookmarkFile } from './bookmarkStore.ts'

/** Over the connection that writes the frames. */
export function recordedFile(queue: WriteQueue): BookmarkFile {
  return {
    change(write) {
      const lost = queue.lost()
      if (lost !== null) throw new Error(lost)
      queue.mend()
      transaction(queue.database, write)
    },
  }
}

/** Over a connection that is open only for that. `path`: of the file as it has just been opened; null where there is none. */
export function savedFile(path: string | null): BookmarkFile {
  const opened = path && identityOf(path)
  return {
    change(write) {
      if (!path || !opened || identityOf(path) !== opened)
        throw new Error('the file was removed or replaced')
      // The one who writes it would take what others write for damage.
      if (existsSync(`${path}-wal`)) throw new Error('another program is writing the file')
      const database = guard(new DatabaseSync(path, { timeout: busyMs }))
      try {
        transaction(database, write)
      } finally {
        database.close()
      }
    },
  }
}

/** The same while it is the same file; null where there is none. */
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev} ${found.ino}` : null
}

/** What throws in it is undone. */
function transaction(database: DatabaseSync, act: (database: DatabaseSync) => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    act(database)
    database.exec('COMMIT')
  } finally {
    // A full disk rolls back by itself. [sqlite] lang_transaction.html 3
    if (database.isTransaction) database.exec('ROLLBACK')
  }
}
