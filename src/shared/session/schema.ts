// The shapes of a session's messages: what JSON values of like messages have in common, by path.

/** Kinds of JSON values; a number is an integer where it has no fraction. */
export const jsonKinds = [
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
] as const

export type JsonKind = (typeof jsonKinds)[number]

/** What was seen at one place of the messages of a type. */
export interface ShapeNode {
  /** Values that were there. */
  readonly count: number
  /** How many were of a kind; none: absent. */
  readonly kinds: Readonly<Partial<Record<JsonKind, number>>>
  /** All texts that were there, sorted, where they are few and were seen often. */
  readonly values?: readonly string[]
  /** What all texts are: `date-time`, `date`, `uuid`, `uri`, `email`, in the words of JSON Schema. */
  readonly format?: string
  /** Of the objects, in the order in which they were first seen. */
  readonly members?: readonly ShapeMember[]
  /** The objects are maps: their keys differ, and all values are like this. */
  readonly mapped?: ShapeNode
  /** Of the arrays. */
  readonly items?: ShapeNode
  /** Something below was left out by a limit. */
  readonly cut?: true
}

export interface ShapeMember {
  readonly name: string
  readonly node: ShapeNode
}

/** Messages that are of one type. */
export interface MessageType {
  /** The same as long as the session is read. */
  readonly id: string
  /** `trade`, `tools/call`; null where nothing tells types apart. */
  readonly name: string | null
  readonly kind: 'message' | 'event' | 'record' | 'request' | 'response'
  readonly direction: 'in' | 'out'
  readonly samples: number
  /** The newest one. */
  readonly seq: number
}

/** Result of the analysis `schema`. */
export interface Schema {
  /** The most frequent first. */
  readonly types: readonly MessageType[]
  /** Of the type that the scope names; null where it names none. */
  readonly shape: ShapeNode | null
  /** Messages that were looked at; with `isFull` later ones are left out. */
  readonly samples: number
  readonly isFull: boolean
  /** Payloads that are no JSON, or too long. */
  readonly unread: number
}

/** How many of the messages' objects have the member: 1 where all have it. */
export function presence(object: ShapeNode, member: ShapeNode): number {
  const objects = object.kinds.object ?? 0
  return objects === 0 ? 0 : member.count / objects
}
