// Writes once what many frames have in common, and finds it again for every frame that shares it.

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Direction, FrameKind, NewFrame } from '../../../shared/frame/frame.ts'
import { isShared } from '../../../shared/frame/share.ts'

interface Shape {
  readonly id: number
  readonly direction: Direction
  readonly code: string | null
  /** The shared object itself; null when each frame has its own detail. */
  readonly detail: NewFrame['detail'] | null
}

/** Shapes kept per kind. Beyond that a shape is written again, which costs a row and changes nothing. */
const kept = 64

/** The shapes that are kept, newest first, and the highest id so far. No id is given twice, even when a batch fails. */
export interface KnownShapes {
  readonly byKind: Map<FrameKind, Shape[]>
  lastId: number
}

export const noShapes = (): KnownShapes => ({ byKind: new Map(), lastId: 0 })

export interface ShapeWriter {
  /** The shape's id and whether the frame's detail is in it. */
  find(frame: NewFrame): { readonly id: number; readonly detail: object | null }
}

/**
 * A detail that frames share is recognised by identity and written once.
 * Call only inside a transaction that is not rolled back to go on. The `shapes` are in the database already.
 */
export function createShapeWriter(database: DatabaseSync, shapes: KnownShapes): ShapeWriter {
  const insert = prepareInsert(database)
  const { last } = database.prepare('SELECT coalesce(max(id), 0) AS last FROM shape').get() as {
    last: number
  }
  shapes.lastId = Math.max(shapes.lastId, last)

  function find(frame: NewFrame): Shape {
    const ofKind = shapes.byKind.get(frame.kind)
    if (ofKind !== undefined) {
      for (const shape of ofKind) if (fits(shape, frame, frame.detail)) return shape
      if (!isShared(frame.detail)) {
        for (const shape of ofKind) if (fits(shape, frame, null)) return shape
      }
    }
    return add(frame)
  }

  function add(frame: NewFrame): Shape {
    const { kind, direction, code } = frame
    const detail = isShared(frame.detail) ? frame.detail : null
    const shape = { id: ++shapes.lastId, direction, code, detail }
    insert.run(shape.id, kind, direction, code, jsonOf(detail))
    const ofKind = shapes.byKind.get(kind)
    if (ofKind === undefined) shapes.byKind.set(kind, [shape])
    else {
      if (ofKind.length === kept) ofKind.pop()
      ofKind.unshift(shape)
    }
    return shape
  }

  return { find }
}

/** Into a database that has none, under the same ids. */
export function writeShapes(database: DatabaseSync, { byKind }: KnownShapes): void {
  const insert = prepareInsert(database)
  for (const [kind, ofKind] of byKind) {
    for (const { id, direction, code, detail } of ofKind) {
      insert.run(id, kind, direction, code, jsonOf(detail))
    }
  }
}

function prepareInsert(database: DatabaseSync): StatementSync {
  return database.prepare('INSERT INTO shape VALUES (?, ?, ?, ?, ?)')
}

function jsonOf(detail: Shape['detail']): string | null {
  return detail === null ? null : JSON.stringify(detail)
}

function fits(shape: Shape, frame: NewFrame, detail: NewFrame['detail'] | null): boolean {
  return shape.detail === detail && shape.direction === frame.direction && shape.code === frame.code
}
