// The values that occur in rows and connections that have been read: what a completion can offer.

import type { Frame } from '../../shared/frame/frame.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import type { ConnectionRow } from '../../shared/session/connections.ts'
import { pathOf, readLeaves } from '../../shared/text/jsonLeaves.ts'
import { formatPath } from '../../shared/text/jsonPath.ts'
import { pathOfTarget } from '../../shared/url/requestTarget.ts'

export interface KnownValues {
  readonly type: readonly string[]
  readonly name: readonly string[]
  readonly key: readonly string[]
  readonly code: readonly string[]
  readonly status: readonly string[]
  readonly conn: readonly string[]
  readonly path: readonly string[]
  readonly method: readonly string[]
  /** Of JSON, as filters write them; an index is `[*]`. */
  readonly paths: readonly string[]
}

/** More would not be looked through. */
const mostPaths = 100

/** Each once, in the order in which they come first. */
export function knownValues(
  rows: readonly Row[],
  connections: readonly ConnectionRow[] = [],
): KnownValues {
  const sets = {
    type: new Set<string>(),
    name: new Set<string>(),
    key: new Set<string>(),
    code: new Set<string>(),
    status: new Set<string>(),
    conn: new Set<string>(),
    path: new Set<string>(),
    method: new Set<string>(),
    paths: new Set<string>(),
  }
  for (const { frame, preview, decoded = [] } of rows) {
    noteFrame(frame)
    for (const { type, name, key } of decoded) {
      sets.type.add(type)
      if (name !== undefined) sets.name.add(name)
      if (key !== undefined) sets.key.add(key)
    }
    if (preview !== null && sets.paths.size < mostPaths) noteJson(preview)
  }
  for (const { path, methods } of connections) {
    sets.path.add(path)
    for (const method of methods) sets.method.add(method)
  }
  return {
    type: [...sets.type],
    name: [...sets.name],
    key: [...sets.key],
    code: [...sets.code],
    status: [...sets.status],
    conn: [...sets.conn],
    path: [...sets.path],
    method: [...sets.method],
    paths: [...sets.paths],
  }

  function noteFrame(frame: Frame): void {
    if (frame.connection > 0) sets.conn.add(String(frame.connection))
    if (frame.code !== null) sets.code.add(frame.code)
    if (frame.kind === 'close') sets.code.add(String(frame.detail.code))
    if (frame.kind === 'request') {
      sets.path.add(pathOfTarget(frame.detail.target))
      sets.method.add(frame.detail.method)
    }
    if (frame.kind === 'response') sets.status.add(String(frame.detail.status))
    if (frame.kind === 'event' || frame.kind === 'message') sets.type.add(frame.detail.type)
  }

  function noteJson(text: string): void {
    const leaves = readLeaves(text, false)?.leaves ?? new Map()
    for (const { place, kind, source, cut } of leaves.values()) {
      // Any element of a list is meant.
      const path = formatPath(pathOf(place).map((step) => (typeof step === 'string' ? step : null)))
      sets.paths.add(path)
      if (path === '$.type' && kind === 'string' && !cut) sets.type.add(source.slice(1, -1))
    }
  }
}
