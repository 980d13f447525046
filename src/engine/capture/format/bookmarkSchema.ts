// The table of bookmarks, which came to captures later: docs/capture-format.md describes it for people.

import type { DatabaseSync } from 'node:sqlite'
import { hasTables } from './ownTables.ts'

/** In a capture of before it is missing; in one of others it may be anything. */
export const bookmarkSchema = `
CREATE TABLE bookmark (
  seq INTEGER PRIMARY KEY,        -- of the frame
  note TEXT NOT NULL              -- one line; empty where there is none
);
`

const name = 'bookmark'

/** Whether the capture has this table as it is made here, and no index on it, which would be computed when it is written. */
export function hasBookmarkTable(database: DatabaseSync): boolean {
  const found = database
    .prepare('SELECT count(*) AS count FROM main.sqlite_schema WHERE tbl_name = ? COLLATE NOCASE')
    .get(name)
  return found?.count === 1 && hasTables(database, bookmarkSchema)
}

/** Makes the table where nothing has its name. Answers whether it is there, as it is made here. */
export function makeBookmarkTable(database: DatabaseSync): boolean {
  const found = database.prepare('SELECT 1 FROM main.sqlite_schema WHERE name = ?').get(name)
  if (!found) database.exec(bookmarkSchema)
  return hasBookmarkTable(database)
}
