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
  join(other: ShapeFold): void
  result(): ShapeNode
  /** For `join`. */
  readonly root: Node
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

export function createShape(): ShapeFold {
  const root = newNode()
  /** Places that are kept; more are cut. */
  let places = 1

  function child(): Node | null {
    if (places >= schemaLimits.places) return null
    places++
    return newNode()
  }

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
    if (node.items === null && depth < schemaLimits.depth) node.items = child()
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
      const place = memberOf(node, name)
      if (place) look(place, object[name], path + formatStep(name), depth + 1, drift)
      else node.cut = true
    }
    if (node.members !== null && isMap(node.members, node)) makeMap(node)
  }

  function memberOf(node: Node, name: string): Node | null {
    if (node.mapped !== null) return node.mapped
    node.members ??= new Map()
    const known = node.members.get(name)
    if (known) return known
    const made = child()
    if (made) node.members.set(name, made)
    return made
  }

  function makeMap(node: Node): void {
    const mapped = newNode()
    for (const member of node.members?.values() ?? []) joinNodes(mapped, member, schemaLimits.depth)
    node.members = null
    node.mapped = mapped
    places = countPlaces(root)
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
      joinNodes(root, other.root, schemaLimits.depth)
      places = countPlaces(root)
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

/** `depth`: so many levels are joined. */
function joinNodes(into: Node, from: Node, depth: number): void {
  into.count += from.count
  into.cut ||= from.cut || depth === 0
  for (const [kind, count] of from.kinds) into.kinds.set(kind, (into.kinds.get(kind) ?? 0) + count)
  if (from.texts) {
    into.texts ??= createTextShape()
    into.texts.join(from.texts)
  }
  if (depth === 0) return
  if (from.items) {
    into.items ??= newNode()
    joinNodes(into.items, from.items, depth - 1)
  }
  if (from.mapped || (into.mapped && from.members)) {
    into.mapped ??= newNode()
    for (const one of into.members?.values() ?? []) joinNodes(into.mapped, one, depth - 1)
    into.members = null
    if (from.mapped) joinNodes(into.mapped, from.mapped, depth - 1)
    for (const one of from.members?.values() ?? []) joinNodes(into.mapped, one, depth - 1)
  } else if (from.members) {
    into.members ??= new Map()
    for (const [name, node] of from.members) {
      const known = into.members.get(name) ?? newNode()
      into.members.set(name, known)
      joinNodes(known, node, depth - 1)
    }
    if (isMap(into.members, into)) {
      into.mapped = newNode()
      for (const one of into.members.values()) joinNodes(into.mapped, one, depth - 1)
      into.members = null
    }
  }
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
