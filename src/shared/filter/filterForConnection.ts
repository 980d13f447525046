// The filter for the frames of a row in the list of connections.

import type { NameTest } from './filterNode.ts'
import { formatFilter } from './formatFilter.ts'

export interface FilteredConnection {
  /** As `ConnectionRow` has it. */
  readonly sort: string
  readonly path: string
  readonly methods: readonly string[]
  /** Of its connections, the first ones. */
  readonly numbers: readonly number[]
  readonly connections: number
  /** Another row has the same path and method: a WebSocket, and requests beside it. */
  readonly isShared: boolean
}

/** Of a row of its own its number, of a sum by path path and method. */
export function filterForConnection(row: FilteredConnection, by: 'path' | 'number'): string {
  const { sort, path, methods, numbers, connections, isShared } = row
  const isKnown = path !== '' && !isCut(path)
  if (by === 'number' || !isKnown) return numbered(numbers)
  const method = methods.length === 0 ? '' : ` ${named('method', methods)}`
  if (isShared && numbers.length === connections)
    return `${numbered(numbers)}${sort === 'websocket' ? '' : method}`
  return `${named('path', [path])}${method}`
}

/** What was too long to be kept ends so. */
function isCut(path: string): boolean {
  return path.endsWith('…')
}

function named(field: NameTest['field'], names: readonly string[]): string {
  return formatFilter({ kind: 'name', field, names: names.map((name) => [name]) })
}

function numbered(numbers: readonly number[]): string {
  return formatFilter({
    kind: 'number',
    field: 'conn',
    written: `:${numbers.join(',')}`,
    ranges: [],
  })
}
