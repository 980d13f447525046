// One answer of a language model, from its request to its end, by what its chunks say.

import type {
  AnswerPiece,
  AnswerUsage,
  ModelAnswer,
  ModelApi,
} from '../../../shared/session/modelAnswers.ts'
import { type ChunkSays, isLengthStop } from '../../protocols/models/modelChunk.ts'
import type { ModelRequest } from '../../protocols/models/modelRequest.ts'
import { createAnswerSpans, type KeptSpans } from './answerSpans.ts'
import { createChunkGaps } from './chunkGaps.ts'

/** A frame and its time, in epoch ms. */
export interface Moment {
  readonly seq: number
  readonly at: number
}

/** A request that asks a model, and when it was sent. */
export type AskedModel = Moment & Omit<ModelRequest, 'api'>

export interface AnswerFold {
  readonly id: number
  /** As the API numbers it; null while it has told none. */
  readonly answerId: string | null
  readonly hasChunks: boolean
  readonly hasFinish: boolean
  readonly isOpen: boolean
  /** What comes says that it is of another API than its request looked like. */
  speaks(api: ModelApi): void
  add(says: ChunkSays, moment: Moment): void
  /** The connection ended. */
  end(moment: Moment): void
  fail(message: string, moment: Moment): void
  result(): ModelAnswer
  piece(from: number): AnswerPiece
  forgetSpans(): void
}

/** Begins with its request where that is known, else with its first chunk, which is to be added. */
export function createAnswer(
  assumed: ModelApi,
  asked: AskedModel | null,
  { seq, at }: Moment,
  kept: KeptSpans,
): AnswerFold {
  const id = asked?.seq ?? seq
  const startedAt = asked?.at ?? at
  const spans = createAnswerSpans(kept)
  const gaps = createChunkGaps()
  let api = assumed
  let answerId: string | null = null
  let model = asked?.model ?? null
  let firstSeq = 0
  let lastSeq = id
  let firstChunkAt: number | null = null
  let firstTokenAt: number | null = null
  let lastAt = startedAt
  /** Null while it goes on. */
  let ended: Moment | null = null
  let chunks = 0
  let finish: ModelAnswer['finish'] = null
  let error: ModelAnswer['error'] = null
  let usage: AnswerUsage | null = null
  /** It said that nothing follows. */
  let isDone = false

  function addChunk(says: ChunkSays, moment: Moment): void {
    if (chunks === 0) firstSeq = moment.seq
    chunks++
    firstChunkAt ??= moment.at
    lastSeq = moment.seq
    lastAt = moment.at
    gaps.add(moment.seq, moment.at)
    // A tool's name alone is none yet.
    if (says.deltas.some(({ text }) => text !== '')) firstTokenAt ??= moment.at
    for (const delta of says.deltas) spans.add(delta, moment.seq, moment.at)
  }

  function learn(says: ChunkSays, { seq: from }: Moment): void {
    answerId = says.answerId ?? answerId
    // What answered is more exact than what was asked for.
    model = says.model ?? model
    if (says.finish !== undefined)
      finish = { reason: says.finish, isLength: isLengthStop(says.finish), seq: from }
    if (says.usage) {
      const { input, output, reasoning } = says.usage
      usage = {
        input: input ?? usage?.input ?? null,
        output: output ?? usage?.output ?? null,
        reasoning: reasoning ?? usage?.reasoning ?? null,
        seq: from,
      }
    }
  }

  function stateOf(): ModelAnswer['state'] {
    if (error !== null) return 'failed'
    if (ended === null) return 'open'
    return isDone || finish !== null ? 'complete' : 'cut'
  }

  return {
    id,
    get answerId() {
      return answerId
    },
    get hasChunks() {
      return chunks > 0
    },
    get hasFinish() {
      return finish !== null
    },
    get isOpen() {
      return ended === null
    },
    speaks(other) {
      api = other
    },
    add(says, moment) {
      if (says.error !== undefined) error ??= { message: says.error, seq: moment.seq }
      else if (!says.keepsAlive && !isBareEnd(says)) addChunk(says, moment)
      learn(says, moment)
      if (says.ends || says.error !== undefined) {
        isDone ||= says.ends === true
        ended ??= moment
      } else if (ended !== null) {
        // The end was none, or not the last thing.
        ended = isDone || error !== null ? moment : null
      }
    },
    end(moment) {
      ended ??= moment
    },
    fail(message, moment) {
      error ??= { message, seq: moment.seq }
      ended ??= moment
    },
    result: () => ({
      ...{ id, api, model, state: stateOf(), firstSeq: firstSeq || id, lastSeq },
      prompt: asked?.prompt ?? null,
      requestSeq: asked?.seq ?? null,
      ...{ startedAt, firstChunkAt, firstTokenAt, lastAt, finish, error, usage, chunks },
      ...{ endedAt: ended?.at ?? null, endSeq: ended?.seq ?? null },
      usageAsked: asked?.usageAsked ?? null,
      chars: spans.chars,
      spans: spans.count,
      ...gaps.result(),
    }),
    piece: (from) => spans.piece(id, from),
    forgetSpans: spans.forget,
  }
}

/** `[DONE]` is no chunk. */
function isBareEnd(says: ChunkSays): boolean {
  return says.ends === true && says.finish === undefined && says.deltas.length === 0
}
