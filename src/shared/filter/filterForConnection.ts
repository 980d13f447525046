// The filter for the frames of a row in the list of connections.

import type { NameTest } from './filterNode.ts'
import { formatFilter } from './formatFilter.ts'

export interface FilteredConnection {
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
  const { path, methods, numbers, connections, isShared } = row
  if (by === 'number' || path === '' || (isShared && numbers.length === connections))
    return numbered(numbers)
  const found = named('path', [isCut(path) ? path.slice(0, -1) : path], isCut(path))
  const method = methods.length === 0 ? '' : ` ${named('method', methods)}`
  return `${found}${method}`
}

/** What was too long to be kept ends so. */
function isCut(path: string): boolean {
  return path.endsWith('…')
}

function named(field: NameTest['field'], names: readonly string[], andMore = false): string {
  // A star in the name itself stands for anything, which finds it, too.
  const patterns = names.map((name) => (andMore ? [name, ''] : name.split('*')))
  return formatFilter({ kind: 'name', field, names: patterns })
}

function numbered(numbers: readonly number[]): string {
  return formatFilter({
    kind: 'number',
    field: 'conn',
    written: `:${numbers.join(',')}`,
    ranges: [],
  })
}
