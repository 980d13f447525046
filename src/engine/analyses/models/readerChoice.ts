// The choice of an API's reader for one connection: assumed by its request, known by a header or by chunks, or none.

import type { ModelApi } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { modelReaders, readerOf } from '../../protocols/models/modelApis.ts'
import type { ModelChunk, ModelReader } from '../../protocols/models/modelChunk.ts'
import type { Moment } from './answer.ts'

/** A chunk that no reader knew, and when it came. */
interface Untold {
  readonly chunk: ModelChunk
  readonly moment: Moment
}

export interface ReaderChoice {
  readonly reader: ModelReader | null
  /** None is known yet, or by the request alone: chunks decide. */
  readonly isUnknown: boolean
  /** So much came that no API knows that it is looked at no more. */
  readonly isLeftAlone: boolean
  /** Something came that no API knows. */
  readonly hasOther: boolean
  /** Its request looks like one of this API. */
  assume(api: ModelApi): void
  choose(reader: ModelReader): void
  /** The reader that knows this chunk, where none was known, and the chunk before it, which it may know by now. */
  find(chunk: ModelChunk): { readonly reader: ModelReader; readonly before: Untold | null } | null
  /** Nobody knows it, while none is known. One of `size` bytes may be kept until the next tells what it was. */
  tried(untold: Untold | null, size: number): void
}

export function createReaderChoice(): ReaderChoice {
  let reader: ModelReader | null = null
  let isAssumed = false
  let tried = 0
  let last: Untold | null = null
  const isUnknown = () => reader === null || isAssumed
  const isLeftAlone = () => isUnknown() && tried >= modelLimits.firstChunks

  return {
    get reader() {
      return reader
    },
    get isUnknown() {
      return isUnknown()
    },
    get isLeftAlone() {
      return isLeftAlone()
    },
    get hasOther() {
      return tried > 0
    },
    assume(api) {
      if (!isUnknown()) return
      reader = readerOf(api)
      isAssumed = true
    },
    choose(found) {
      reader = found
      isAssumed = false
      last = null
    },
    find(chunk) {
      if (!isUnknown()) return null
      const before = last
      last = null
      const found = modelReaders.find((one) => one.knows(chunk, () => before?.chunk ?? null))
      return found ? { reader: found, before } : null
    },
    tried(untold, size) {
      if (!isUnknown()) return
      tried++
      last = size <= modelLimits.untoldBytes && !isLeftAlone() ? untold : null
    },
  }
}
