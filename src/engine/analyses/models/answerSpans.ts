// The spans of answers, in bounded room: of one answer its beginning, of all those that began last.

import type { AnswerPiece, AnswerSpan } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import type { Delta } from '../../protocols/models/modelChunk.ts'

/** What all answers of a session have kept together. */
export interface KeptSpans {
  spans: number
  chars: number
}

export interface AnswerSpans {
  readonly chars: number
  readonly count: number
  add(delta: Delta, seq: number, at: number): void
  piece(id: number, from: number): AnswerPiece
  /** Makes room: none is told any more. */
  forget(): void
}

export function createAnswerSpans(all: KeptSpans): AnswerSpans {
  let parts: ReturnType<typeof createParts> | null = createParts()
  let kept: AnswerSpan[] = []
  let keptChars = 0
  let count = 0
  let chars = 0
  let isFull = false

  return {
    get count() {
      return count
    },
    get chars() {
      return chars
    },
    add(delta, seq, at) {
      const { kind, text, choice = 0 } = delta
      const placed = parts?.of(delta)
      if (placed?.isRepeated) return
      count++
      chars += text.length
      if (placed === undefined) return
      const { part, name } = placed
      // What is kept is the beginning, without holes.
      isFull ||= kept.length >= modelLimits.spans || keptChars + text.length > modelLimits.chars
      if (isFull) return
      const told = { ...(name !== undefined && { name }), ...(choice > 0 && { choice }) }
      kept.push({ seq, at, part, kind, text, ...told })
      keptChars += text.length
      all.spans++
      all.chars += text.length
    },
    piece: (id, from) => ({
      id,
      from,
      spans: kept.slice(from, from + modelLimits.piece),
      left: chars - keptChars,
    }),
    forget() {
      all.spans -= kept.length
      all.chars -= keptChars
      kept = []
      keptChars = 0
      isFull = true
      // What is told no more is only counted.
      parts = null
    },
  }
}

/** Gives parts their numbers. */
function createParts() {
  const byKey = new Map<string, number>()
  /** Parts whose name is known, and those of which text has come. */
  const named = new Set<number>()
  const begun = new Set<number>()
  let next = 0
  /** Of each choice what came last, for deltas without a key. */
  const last = new Map<number, { readonly kind: Delta['kind']; readonly part: number }>()

  function begin(): number {
    const part = Math.min(next, modelLimits.parts - 1)
    next++
    return part
  }

  function partOf({ kind, key, choice = 0, isWhole }: Delta): number {
    if (key === undefined) {
      const before = isWhole ? undefined : last.get(choice)
      return before?.kind === kind ? before.part : begin()
    }
    const known = byKey.get(`${kind} ${key}`)
    if (known !== undefined) return known
    const part = begin()
    if (byKey.size < modelLimits.parts) byKey.set(`${kind} ${key}`, part)
    return part
  }

  return {
    of(delta: Delta) {
      const part = partOf(delta)
      const { kind, choice = 0, isWhole } = delta
      // A peer may count choices as it likes.
      if (last.size < modelLimits.parts || last.has(choice)) last.set(choice, { kind, part })
      const isRepeated = isWhole === true && begun.has(part)
      if (delta.text !== '') begun.add(part)
      const isNamed = delta.name === undefined || named.has(part)
      if (!isNamed) named.add(part)
      return { part, name: isNamed ? undefined : delta.name, isRepeated }
    },
  }
}
