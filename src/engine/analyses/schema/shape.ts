// The shape of like JSON values: grows with each value, says what of it was never so before, and is bounded.

import { type JsonKind, jsonKinds, type ShapeNode } from '../../../shared/session/schema.ts'
import { schemaLimits } from '../../../shared/session/schemaLimits.ts'
import { formatStep } from '../../../shared/text/jsonPath.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { createTextShape, type TextShape } from './textShape.ts'

/** A value that does not fit what all before it had in common. */
export interface Drift {
  /** `$.items[*].price`. */
  readonly path: string
  /** What stood there before, in all of so many values. */
  readonly was: readonly JsonKind[]
  readonly samples: number
  /** What stands there now; null: nothing. */
  readonly is: JsonKind | null
}

export interface ShapeFold {
  readonly count: number
  /** Answers the first that drifts, of places that `steady` values had before: infinite, as it is by default, asks for none. */
  add(value: unknown, steady?: number): Drift | null
  /** The other one is left: its places may be made here. */
  join(other: ShapeFold): void
  result(): ShapeNode
  /** For `join`. */
  readonly root: Node
}

/** What shapes that are kept together may still have. */
export interface SharedRoom {
  left: number
}

interface Node {
  count: number
  readonly kinds: Map<JsonKind, number>
  texts: TextShape | null
  members: Map<string, Node> | null
  mapped: Node | null
  items: Node | null
  cut: boolean
}

export function createShape(all: SharedRoom = { left: Number.POSITIVE_INFINITY }): ShapeFold {
  const root = newNode()
  const room: Room = { left: schemaLimits.places - 1, all }

  /** Counts the value at its place; `drift`: null where nobody asks. */
  function look(node: Node, value: unknown, path: string, depth: number, drift: DriftWatch): void {
    const kind = kindOf(value)
    drift.kind(node, kind, path)
    node.count++
    node.kinds.set(kind, (node.kinds.get(kind) ?? 0) + 1)
    if (typeof value === 'string') {
      node.texts ??= createTextShape()
      node.texts.add(value)
    } else if (Array.isArray(value)) lookAtItems(node, value, path, depth, drift)
    else if (isRecord(value)) lookAtMembers(node, value, path, depth, drift)
  }

  function lookAtItems(
    node: Node,
    list: readonly unknown[],
    path: string,
    depth: number,
    drift: DriftWatch,
  ): void {
    if (list.length === 0) return
    if (node.items === null && depth < schemaLimits.depth) node.items = makeIn(room)
    if (node.items === null) node.cut = true
    else
      for (const item of list.slice(0, schemaLimits.items))
        look(node.items, item, `${path}[*]`, depth + 1, drift)
  }

  function lookAtMembers(
    node: Node,
    object: Readonly<Record<string, unknown>>,
    path: string,
    depth: number,
    drift: DriftWatch,
  ): void {
    if (depth >= schemaLimits.depth) {
      node.cut = true
      return
    }
    drift.members(node, object, path)
    let looked = 0
    for (const name in object) {
      if (++looked > schemaLimits.members || name.length > schemaLimits.nameChars) {
        node.cut = true
        continue
      }
      const place = memberOf(node, name, room)
      if (place) look(place, object[name], path + formatStep(name), depth + 1, drift)
      else node.cut = true
    }
    if (node.members !== null && isMap(node.members, node)) collapse(node, schemaLimits.depth, room)
  }

  return {
    root,
    get count() {
      return root.count
    },
    add(value, steady = Number.POSITIVE_INFINITY) {
      const drift = root.count >= steady ? watchDrift(steady) : noDrift
      look(root, value, '$', 0, drift)
      return drift.first()
    },
    join(other) {
      // It has a root, too, which took none.
      all.left += countPlaces(other.root) - 1
      joinNodes(root, other.root, schemaLimits.depth, room)
    },
    result: () => resultOf(root),
  }
}

function newNode(): Node {
  return {
    ...{ count: 0, kinds: new Map(), texts: null },
    ...{ members: null, mapped: null, items: null, cut: false },
  }
}

function kindOf(value: unknown): JsonKind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as JsonKind
  return 'object'
}

/** Many keys that look as if they were made, or of which each is rarely there. */
function isMap(members: ReadonlyMap<string, Node>, { kinds }: Node): boolean {
  if (members.size <= schemaLimits.mapKeys) return false
  if (members.size >= schemaLimits.members) return true
  let made = 0
  let there = 0
  for (const [name, { count }] of members) {
    if (/^[\da-f-]{6,}$|\d/i.test(name)) made++
    there += count
  }
  const rarely = there < 0.2 * members.size * (kinds.get('object') ?? 1)
  return made >= 0.8 * members.size || rarely
}

/** Places that may still be made, of one shape and of all beside it. */
interface Room {
  left: number
  readonly all: SharedRoom
}

/** `depth`: so many levels are joined. What there is no room for is cut. */
function joinNodes(into: Node, from: Node, depth: number, room: Room): void {
  into.count += from.count
  into.cut ||= from.cut || depth === 0
  for (const [kind, count] of from.kinds) into.kinds.set(kind, (into.kinds.get(kind) ?? 0) + count)
  if (from.texts) {
    into.texts ??= createTextShape()
    into.texts.join(from.texts)
  }
  if (depth === 0) return
  if (from.items) joinAt('items', into, from.items, depth, room)
  if (from.mapped && into.members) collapse(into, depth, room)
  if (from.mapped) joinAt('mapped', into, from.mapped, depth, room)
  for (const [name, node] of from.members ?? []) joinMember(into, name, node, depth, room)
  if (into.members !== null && isMap(into.members, into)) collapse(into, depth, room)
}

function joinAt(at: 'items' | 'mapped', into: Node, from: Node, depth: number, room: Room): void {
  into[at] ??= makeIn(room)
  const known = into[at]
  if (known) joinNodes(known, from, depth - 1, room)
  else into.cut = true
}

function joinMember(into: Node, name: string, from: Node, depth: number, room: Room): void {
  const place = memberOf(into, name, room)
  if (place) joinNodes(place, from, depth - 1, room)
  else into.cut = true
}

/** Null where there is no room for another. */
function memberOf(node: Node, name: string, room: Room): Node | null {
  if (node.mapped !== null) return node.mapped
  node.members ??= new Map()
  const known = node.members.get(name)
  if (known) return known
  const made = makeIn(room)
  if (made) node.members.set(name, made)
  return made
}

/** Makes one of all members, which takes no more places than they do. */
function collapse(node: Node, depth: number, room: Room): void {
  const members = [...(node.members?.values() ?? [])]
  node.members = null
  if (members.length === 0) return
  const mapped = newNode()
  add(-1, room)
  for (const member of members) {
    add(countPlaces(member), room)
    joinNodes(mapped, member, depth - 1, room)
  }
  node.mapped = mapped
}

function makeIn(room: Room): Node | null {
  if (room.left <= 0 || room.all.left <= 0) return null
  add(-1, room)
  return newNode()
}

function add(places: number, room: Room): void {
  room.left += places
  room.all.left += places
}

function countPlaces({ members, mapped, items }: Node): number {
  let count = 1
  for (const one of [...(members?.values() ?? []), mapped, items])
    if (one) count += countPlaces(one)
  return count
}

function resultOf({ count, kinds, texts, members, mapped, items, cut }: Node): ShapeNode {
  const values = texts?.values() ?? null
  const format = texts?.format() ?? null
  return {
    count,
    kinds: Object.fromEntries(
      jsonKinds.flatMap((kind) => (kinds.has(kind) ? [[kind, kinds.get(kind)]] : [])),
    ),
    ...(values && { values }),
    ...(format !== null && { format }),
    ...(members && {
      members: [...members].map(([name, node]) => ({ name, node: resultOf(node) })),
    }),
    ...(mapped && { mapped: resultOf(mapped) }),
    ...(items && { items: resultOf(items) }),
    ...(cut && { cut }),
  }
}

interface DriftWatch {
  kind(node: Node, kind: JsonKind, path: string): void
  members(node: Node, object: Readonly<Record<string, unknown>>, path: string): void
  first(): Drift | null
}

const noDrift: DriftWatch = { kind() {}, members() {}, first: () => null }

/** Of one message. */
function watchDrift(steady: number): DriftWatch {
  let found: Drift | null = null
  return {
    kind(node, kind, path) {
      if (found || node.kinds.has(kind)) return
      // What stands where null is allowed is known by those that are not null.
      const nulls = kind === 'null' ? 0 : (node.kinds.get('null') ?? 0)
      if (node.count - nulls < steady) return
      // A number without a fraction is one, too.
      if (kind === 'integer' && node.kinds.has('number')) return
      if (kind === 'number' && node.kinds.has('integer')) return
      found = { path, was: [...node.kinds.keys()], samples: node.count, is: kind }
    },
    members({ kinds, members }, object, path) {
      const objects = kinds.get('object') ?? 0
      // The object itself has been counted.
      if (found || members === null || objects - 1 < steady) return
      for (const [name, node] of members) {
        if (node.count < objects - 1 || Object.hasOwn(object, name)) continue
        found = {
          path: path + formatStep(name),
          ...{ was: [...node.kinds.keys()], samples: node.count, is: null },
        }
        return
      }
    },
    first: () => found,
  }
}
