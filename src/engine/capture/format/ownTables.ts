// Tables and views that came to captures later: in a capture of before they are missing, in one of others they may be anything.

import type { DatabaseSync } from 'node:sqlite'

/** Whether the capture has the tables and views of `schema` as they stand there, and nothing else under their names. */
export function hasTables(database: DatabaseSync, schema: string): boolean {
  const wanted = schema
    .split(';\n')
    .map((sql) => bare(sql.replace(/CREATE (TABLE|VIEW) main\./, 'CREATE $1 ')))
    .filter((sql) => sql !== '')
  const found = database
    .prepare(
      `SELECT sql FROM main.sqlite_schema WHERE type IN ('table', 'view') AND octet_length(sql) < 65536`,
    )
    .all()
    .map(({ sql }) => bare(String(sql)))
  return wanted.every((sql) => found.includes(sql))
}

/** A definition without its remarks and white space. */
function bare(sql: string): string {
  return sql.replace(/--[^\n]*/g, '').replace(/\s+/g, '')
}
