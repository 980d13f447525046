// The rows of the list of connections: the filter that each stands for, and where keys lead.

import { filterForConnection } from '../../../shared/filter/filterForConnection.ts'
import type { ConnectionRow, ConnectionsBy } from '../../../shared/session/connections.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'

type Listed = Pick<TimelineModel, 'connections' | 'shown'>

function* readRows({ connections }: Listed): Iterable<ConnectionRow> {
  for (let index = 0; index < connections.total; index++) {
    const row = connections.row(index)
    if (row) yield row
  }
}

export function filterOf(model: Listed, row: ConnectionRow, by: ConnectionsBy): string {
  return filterForConnection({ ...row, isShared: isShared(model, row) }, by)
}

/** Another row has the same path and method: a WebSocket is asked for as anything else is. */
function isShared(model: Listed, { key, path, methods }: ConnectionRow): boolean {
  for (const other of readRows(model)) {
    if (other.key === key || other.path !== path) continue
    if (other.methods.some((method) => methods.includes(method))) return true
  }
  return false
}

/** Whether one of the rows is what the timeline is filtered by. */
export function isFiltered(model: Listed, by: ConnectionsBy): boolean {
  const { text } = model.shown.filter
  if (text === '') return false
  for (const row of readRows(model)) if (filterOf(model, row, by) === text) return true
  return false
}

export interface ListPlace {
  /** From 0. */
  readonly at: number
  readonly total: number
  /** Rows in view. */
  readonly page: number
}

/** Where the key leads; null where it is none that leads anywhere. */
export function indexAfter(key: string, { at, total, page }: ListPlace): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + Math.max(1, page),
    PageUp: at - Math.max(1, page),
    Home: 0,
    End: total - 1,
  }
  const next = to[key]
  return next === undefined ? null : Math.max(0, Math.min(next, total - 1))
}
