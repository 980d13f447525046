// The fields behind the last chunk, held until all have come: one may go on in the next line. [rfc9112] 7.1.2

import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { mendTrailers } from './answerHead.ts'

const lf = 0x0a
const cr = 0x0d
/** More are left to the parser, which refuses them. */
const mostBytes = 64 * 1024

export interface ChunkTrailer {
  /**
   * The byte passes; is held; is the LF that ends all; or cannot be read on. Before the latter two stands what is
   * `given`.
   */
  take(byte: number): 'pass' | 'held' | 'end' | 'broken'
  /** For a strict parser, in place of what was held. */
  given(): Uint8Array
  isFlawed(): boolean
  /** Once they have ended; none where they cannot be read. */
  fields(): NamedValues
}

export function createTrailer(): ChunkTrailer {
  const held: number[] = []
  /** Where the present line begins in it. */
  let lineStart = 0
  let lastWasCr = false
  let given: Uint8Array = new Uint8Array(0)
  let isFlawed = false
  let read: NamedValues = []

  /** The empty line has ended. */
  function end(): 'end' | 'broken' {
    const fields = latin1(Uint8Array.from(held.slice(0, lineStart)))
    const mending = mendTrailers(fields)
    if (mending === null) return giveUp()
    isFlawed = mending.isFlawed || !lastWasCr
    read = mending.fields
    const lineEnd = held.length === 0 && lastWasCr ? '' : '\r'
    given = latin1Bytes(`${mending.text}${lineEnd}`)
    return 'end'
  }

  /** As it came: the parser says what is wrong with it. */
  function giveUp(): 'broken' {
    given = Uint8Array.from(held)
    return 'broken'
  }

  return {
    take(byte) {
      const isFirst = held.length === 0
      const lineBytes = held.length - lineStart
      if (byte === lf && lineBytes === (lastWasCr && !isFirst ? 1 : 0)) return end()
      // Behind most bodies there are no fields: the CR of the empty line has passed.
      if (isFirst && lastWasCr) return 'broken'
      const wasFirstCr = isFirst && byte === cr
      lastWasCr = byte === cr
      if (wasFirstCr) return 'pass'
      if (held.length === mostBytes) return giveUp()
      held.push(byte)
      if (byte === lf) lineStart = held.length
      return 'held'
    },
    given: () => given,
    isFlawed: () => isFlawed,
    fields: () => read,
  }
}
