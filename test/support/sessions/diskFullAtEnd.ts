// Loaded before the command line (`--import`): the transaction that holds a session's last frame finds the disk full.

import { DatabaseSync, type StatementSync } from 'node:sqlite'

const prepare = DatabaseSync.prototype.prepare
let isLast = false

DatabaseSync.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql)
  // What is in memory needs no disk.
  if (this.location() === null) return statement
  const run = statement.run.bind(statement) as (
    ...values: unknown[]
  ) => ReturnType<StatementSync['run']>
  statement.run = (...values: unknown[]) => {
    isLast ||= values.some((value) => typeof value === 'string' && value.startsWith('{"by":'))
    if (!isLast || sql !== 'COMMIT') return run(...values)
    // [sqlite] rescode.html: SQLITE_FULL
    throw Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
  }
  return statement
}
