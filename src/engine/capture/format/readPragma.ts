// Reads a number that SQLite keeps about a database.

import type { DatabaseSync } from 'node:sqlite'

/** Value of a pragma that is one number, such as `page_size`. [sqlite] pragma.html */
export function readPragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0])
}
