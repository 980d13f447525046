// Learns what the JSON of frames of one kind has in common: the values of the first one, and which of them vary.
//
// What is learnt of a frame depends on it and on those before it, and is never taken back: a row says the same
// whenever it is read.

import type { JsonLeaf } from '../text/jsonLeaves.ts'

/** Of each kind its first frames tell what varies; what differs later is seen where it does. */
const learntFrames = 500
const maxKinds = 300
/** The first frames of a kind tell all that they have: a value that two had by chance is not yet common. */
const toldFrames = 3
const maxValues = 256
/** Longer values are told apart by these characters at both ends, and their length. */
const keptChars = 80

interface Known {
  readonly value: string
  /** The frame in which it was another one; Infinity while there is none. */
  variesFrom: number
}

interface Kind {
  readonly firstSeq: number
  /** The last of the frames that tell all; Infinity before there were as many. */
  toldTo: number
  lastSeq: number
  learnt: number
  readonly values: Map<string, Known>
}

export interface CommonValues {
  /** To be called in the order of the frames; one that lies before others of its kind teaches nothing. */
  learn(kind: string, seq: number, leaves: ReadonlyMap<string, JsonLeaf>): void
  /** Whether the value at this place is what all frames of the kind before this one had there; of the first one none is. */
  isCommon(kind: string, seq: number, leaf: JsonLeaf): boolean
  /** Whether the frame is one of the first of its kind, which tell what is common, too. */
  tellsAll(kind: string, seq: number): boolean
}

export function createCommonValues(): CommonValues {
  const kinds = new Map<string, Kind>()

  function kindOf(name: string, seq: number): Kind | undefined {
    const known = kinds.get(name)
    if (known || kinds.size >= maxKinds) return known
    const made = {
      firstSeq: seq,
      toldTo: Number.POSITIVE_INFINITY,
      lastSeq: seq - 1,
      learnt: 0,
      values: new Map(),
    }
    kinds.set(name, made)
    return made
  }

  return {
    learn(name, seq, leaves) {
      const kind = kindOf(name, seq)
      if (!kind || seq <= kind.lastSeq || kind.learnt >= learntFrames) return
      kind.lastSeq = seq
      kind.learnt++
      if (kind.learnt === toldFrames) kind.toldTo = seq
      for (const leaf of leaves.values()) if (!leaf.cut) learnValue(kind, seq, leaf)
    },
    isCommon(name, seq, leaf) {
      const kind = kinds.get(name)
      const known = kind?.values.get(leaf.place.id)
      if (!kind || !known || leaf.cut || seq === kind.firstSeq) return false
      return known.variesFrom > seq && known.value === valueIn(leaf)
    },
    tellsAll(name, seq) {
      const kind = kinds.get(name)
      return kind === undefined || seq <= kind.toldTo
    },
  }
}

function learnValue({ firstSeq, values }: Kind, seq: number, leaf: JsonLeaf): void {
  const known = values.get(leaf.place.id)
  const value = valueIn(leaf)
  if (known) {
    if (known.value !== value && known.variesFrom > seq) known.variesFrom = seq
  } else if (seq === firstSeq && values.size < maxValues) {
    // What the first one does not have is news wherever it is.
    values.set(leaf.place.id, { value, variesFrom: Number.POSITIVE_INFINITY })
  }
}

function valueIn({ source }: JsonLeaf): string {
  if (source.length <= keptChars) return source
  const half = keptChars / 2
  return `${source.slice(0, half)}${source.length}${source.slice(-half)}`
}
