// Pulls the answers of models that a session has streamed, and the texts of those that are looked at.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { isModelApi } from '../../shared/frame/modelApis.ts'
import type { AnswersRead, ModelAnswer } from '../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../shared/session/modelLimits.ts'
import { toError } from '../../shared/unknown.ts'
import { AnswerText } from './answerText.ts'
import { createPulled } from './pulled.ts'

/** What comes is drawn four times a second at the most. */
const everyMs = 250

/** Who looks at the texts of answers. */
export type AnswerReader = 'pane' | 'rows'

export interface AnswerFeed {
  /** Oldest first. */
  readonly answers: readonly ModelAnswer[]
  /** Older ones that are not told any more. */
  readonly forgotten: number
  /** Older frames are still being read, or none was yet. */
  readonly partial: boolean
  /** Why they could not be read, when they were asked for last. */
  readonly problem: string | null
  /** Another number once any of it is another. */
  readonly version: number
  /** What is here of an answer that is looked at. */
  textOf(id: number): AnswerText | null
  /** From now on these are looked at; null by nobody, not even which there are. */
  look(reader: AnswerReader, ids: readonly number[] | null): void
  /** The session may have gone on. */
  refresh(): void
}

/** As it is now. */
export interface WatchedSession {
  readonly api: Pick<TimelineApi, 'analysis'>
  /** Null before it is known. */
  readonly session: {
    readonly sessionId: string
    readonly status: { readonly frames: number }
  } | null
  /** What its messages are decoded as. */
  readonly protocol: string | null
  redraw(): void
}

export function createAnswerFeed(model: WatchedSession): AnswerFeed {
  let read: Pick<AnswersRead, 'answers' | 'forgotten'> = { answers: [], forgotten: 0 }
  let partial = true
  let problem: string | null = null
  let version = 0
  let sessionId = ''
  const texts = new Map<number, AnswerText>()
  const looked = new Map<AnswerReader, readonly number[]>()
  const pulled = createPulled({
    wanted,
    ask,
    everyMs,
    // Others want answers, too, and recording has its time.
    restMs: (tookMs) => tookMs,
    onChange: () => {
      version++
      model.redraw()
    },
    onProblem: (found) => {
      problem = toError(found).message
    },
  })

  const lookedAt = () => new Set([...looked.values()].flat())

  function wanted(): string | null {
    const { session, protocol } = model
    if (session === null || !(looked.has('pane') || isModelApi(protocol ?? ''))) return null
    return JSON.stringify([session.sessionId, session.status.frames, ...lookedAt()])
  }

  /** Answers whether that was all. */
  async function ask(): Promise<boolean> {
    const asked = model.session?.sessionId ?? ''
    if (asked !== sessionId) texts.clear()
    sessionId = asked
    const ids = [...lookedAt()]
    for (const id of texts.keys()) if (!ids.includes(id)) texts.delete(id)
    const [first, ...others] = ids
    let isWhole = await askOne(first)
    for (const id of others) isWhole = (await askOne(id)) && isWhole
    problem = null
    return isWhole && !partial
  }

  /** Which there are, and what is new of the text of one. */
  async function askOne(id: number | undefined): Promise<boolean> {
    const text = id === undefined ? null : (texts.get(id) ?? new AnswerText())
    const wish =
      id === undefined || text === null ? {} : { answer: { id, from: text.spans.length } }
    const { result, complete } = await model.api.analysis('answers', { afterSeq: 0, ...wish })
    partial = !complete
    read = result
    const { piece } = result
    if (id === undefined || text === null || piece === null) return true
    text.left = piece.left
    text.add(piece.spans)
    texts.set(id, text)
    return piece.spans.length < modelLimits.piece
  }

  return {
    get answers() {
      return read.answers
    },
    get forgotten() {
      return read.forgotten
    },
    get partial() {
      return partial
    },
    get problem() {
      return problem
    },
    get version() {
      return version
    },
    textOf: (id) => texts.get(id) ?? null,
    look(reader, ids) {
      if (ids === null) looked.delete(reader)
      else looked.set(reader, ids)
      pulled.refresh()
    },
    refresh: pulled.refresh,
  }
}
