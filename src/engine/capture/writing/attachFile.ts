// Makes a second capture file part of a connection, for statements that copy from one to the other.

import type { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

/** The tables of the file at `path`, which must be there, get the name `name`. `DETACH` ends it. Throws what SQLite says. */
export function attachFile(database: DatabaseSync, path: string, name: string): void {
  const url = pathToFileURL(path)
  // Where it is gone by now, none is made.
  url.search = 'mode=rw'
  database.prepare(`ATTACH ? AS ${name}`).run(url.href)
  database.exec(`PRAGMA ${name}.synchronous = NORMAL`)
}
