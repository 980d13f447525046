// Rules about the answers of language models: how they end, and when their chunks come.

import type { ModelAnswer } from '../../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../../shared/session/modelLimits.ts'
import { formatCount, formatDelay } from '../../../../shared/text/units.ts'
import { occurrences } from '../shapes/evidence.ts'
import { type Rule, rule, type SeenOf } from '../shapes/rule.ts'
import { manual, ours } from '../shapes/sources.ts'
import { modelThresholds } from '../shapes/thresholds.ts'
import { plural, quoted, spanWords } from '../shapes/words.ts'
import { createAnswerFold } from './answerFold.ts'

const { stallRiskMs, oneBurst } = modelThresholds

const openai = manual(
  'OpenAI, streaming',
  'https://platform.openai.com/docs/api-reference/chat-streaming',
)
const anthropic = manual(
  'Anthropic, streaming',
  'https://docs.anthropic.com/en/docs/build-with-claude/streaming',
)

/** Frames that tell of an exchange that failed; the newest of them. */
function createFailures() {
  const seqs = new Set<number>()
  return {
    add(seq: number): void {
      seqs.add(seq)
      const [oldest] = seqs
      if (seqs.size > mostFailures && oldest !== undefined) seqs.delete(oldest)
    },
    has: (seq: number) => seqs.has(seq),
  }
}

const mostFailures = 1000

/** A close frame of ours: from which frame on its connection is, which frame it is, and its time in epoch ms. */
interface OwnClose {
  readonly from: number
  readonly seq: number
  readonly at: number
}

/** WebSockets that this side began to close; the newest of them. */
function createOwnCloses() {
  let closes: readonly OwnClose[] = []
  let closing = 0
  return {
    add({ frame, seq, connection }: SeenOf<'close'>): void {
      // What follows the first one answers it.
      if (frame.connection === closing) return
      closing = frame.connection
      if (frame.detail.by === 'server') return
      const close = { from: connection.request?.seq ?? 0, seq, at: frame.at }
      closes = [...closes.slice(1 - modelLimits.connections), close]
    },
    /** Whether the answer ended by one, or by what came after it. */
    ended: ({ id, endedAt }: ModelAnswer) =>
      endedAt !== null &&
      closes.some(({ from, seq, at }) => from <= id && id < seq && at <= endedAt),
  }
}

const cut = rule({
  id: 'llm-cut',
  title: 'The answer ended without its finish sign.',
  speaks:
    'The stream of a model ended, or was cut, before the finish reason or the last event of its API: a fault. What the user stopped, or this side closed, is none.',
  why: 'What stands there is not the whole answer, though it may look like one.',
  source: `${openai}; ${anthropic}`,
  advice:
    'Do not take the answer for complete; ask again, and look at the time limits of what stands between.',
  kinds: ['error', 'close'],
  create() {
    const failures = createFailures()
    const closes = createOwnCloses()
    return createAnswerFold({
      add(one: SeenOf<'error' | 'close'>) {
        const { frame, seq } = one
        if (frame.kind === 'close') closes.add({ ...one, frame })
        else failures.add(seq)
      },
      judge(answer, _, stoppedAt) {
        const { state, chunks, chars, error, endedAt, finish, lastSeq } = answer
        const isLost = state === 'failed' && error !== null && failures.has(error.seq)
        if (state !== 'cut' && !(isLost && chunks > 0 && finish === null)) return null
        if (stoppedAt !== null && endedAt !== null && endedAt >= stoppedAt) return null
        return closes.ended(answer) ? null : { frames: [lastSeq], said: { chunks, chars } }
      },
      tell: ({ chunks, chars }, seen) => ({
        severity: 'fault',
        sentence: `${plural(seen.count, 'answer', 'answers')} ended without a finish reason, the last one after ${plural(chunks, 'chunk', 'chunks')} with ${plural(chars, 'character', 'characters')}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    })
  },
})

const errorInside = rule({
  id: 'llm-error-in-200',
  title: 'An error came inside of an answer with status 200.',
  speaks: 'A chunk of a model’s stream tells an error: a fault.',
  why: 'Clients that look at the status alone take the answer for a good one.',
  source: `${openai}; ${anthropic}`,
  advice:
    'Look at each chunk for an error, and end the answer by it; the message says what to change.',
  kinds: ['error', 'response'],
  create() {
    const failures = createFailures()
    return createAnswerFold({
      add({ frame, seq }: SeenOf<'error' | 'response'>) {
        if (frame.kind === 'error' || frame.detail.status >= 400) failures.add(seq)
      },
      judge: ({ error }) =>
        error === null || failures.has(error.seq)
          ? null
          : { frames: [error.seq], said: error.message },
      tell: (message, seen) => ({
        severity: 'fault',
        sentence: `An error in the stream, ${quoted(message)}, broke off ${plural(seen.count, 'answer', 'answers')}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    })
  },
})

const length = rule({
  id: 'llm-length',
  title: 'The answer was cut at a limit of tokens.',
  speaks: 'The finish reason of an answer is a limit of its length: a risk.',
  why: 'It ends in the middle of a sentence, of JSON or of a tool’s arguments.',
  source: `${openai}; ${anthropic}`,
  advice: 'Raise the limit of output tokens, ask for less, or have the model go on.',
  kinds: [],
  create: () =>
    createAnswerFold({
      judge: ({ finish }) =>
        finish?.isLength ? { frames: [finish.seq], said: finish.reason } : null,
      tell: (reason, seen) => ({
        severity: 'risk',
        sentence: `${plural(seen.count, 'answer', 'answers')} finished by ${quoted(reason)}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    }),
})

/** The gaps of all answers: how many, the longest, and the usual one of the answer that it is in. */
interface Stalls {
  readonly longestMs: number
  readonly usualMs: number
  readonly count: number
}

const stall = rule({
  id: 'llm-stall',
  title: 'The answer stood still.',
  speaks: `A gap between two chunks is longer than a second and than ten times the usual one: a hint, from ${spanWords(stallRiskMs)} on a risk.`,
  why: 'Readers see it hang, and clients with a short time limit give up.',
  source: ours,
  advice:
    'No chunk crossed in that time: look at the model, its queue or a tool that it waits for, and at what stands between, before this machine.',
  kinds: [],
  create: () =>
    createAnswerFold({
      judge({ stalls, stallCount, gaps }, before: Stalls | null) {
        if (stallCount === 0) return null
        const own = Math.max(...stalls.map(({ ms }) => ms))
        const isLonger = before === null || own > before.longestMs
        const { longestMs, usualMs } = isLonger
          ? { longestMs: own, usualMs: gaps?.p50 ?? 0 }
          : before
        const count = (before?.count ?? 0) + stallCount
        const frames = stalls.flatMap(({ fromSeq, untilSeq }) => [fromSeq, untilSeq])
        return { frames, said: { longestMs, usualMs, count } }
      },
      tell({ longestMs, usualMs, count }, seen) {
        const times = usualMs > 0 ? `, ${formatCount(longestMs / usualMs)} times the usual gap` : ''
        const more = count > 1 ? `; there were ${formatCount(count)} such gaps` : ''
        return {
          severity: longestMs >= stallRiskMs ? 'risk' : 'hint',
          sentence: `Nothing came for ${formatDelay(longestMs)}${times}${more}.`,
          proof: seen.proof(),
          figure: { measured: longestMs, threshold: stallRiskMs, unit: 'ms' },
        }
      },
    }),
})

const burst = rule({
  id: 'llm-one-burst',
  title: 'The whole answer came at once.',
  speaks: `${oneBurst.chunks} or more chunks, all of the answer, came within ${oneBurst.withinMs} ms, later than ${spanWords(oneBurst.afterMs)} after the request: a risk.`,
  why: 'It was streamed and then held back: whoever reads waits for all of it, as without a stream.',
  source: ours,
  advice:
    'Look for what buffers or compresses between the model and here: proxy_buffering off, no gzip, flush each chunk.',
  kinds: [],
  create: () =>
    createAnswerFold({
      judge({ chunks, firstChunkAt, lastAt, startedAt, firstSeq, lastSeq, endedAt }) {
        if (chunks < oneBurst.chunks || firstChunkAt === null || endedAt === null) return null
        if (lastAt - firstChunkAt >= oneBurst.withinMs) return null
        const afterMs = firstChunkAt - startedAt
        return afterMs <= oneBurst.afterMs ? null : { frames: [firstSeq, lastSeq], said: afterMs }
      },
      tell: (afterMs, seen) => ({
        severity: 'risk',
        sentence: `${plural(seen.count, 'answer', 'answers')} came within ${oneBurst.withinMs} ms, ${formatDelay(afterMs)} after the request.`,
        proof: seen.proof(),
        figure: { measured: afterMs, threshold: oneBurst.afterMs, unit: 'ms' },
      }),
    }),
})

const noUsage = rule({
  id: 'llm-no-usage',
  title: 'Nobody asked for the number of tokens.',
  speaks:
    'An answer is complete and tells no usage, and its request did not ask for it though the API would tell: a hint.',
  why: 'Without it neither cost nor tokens per second are known; they cannot be counted from chunks.',
  source: openai,
  advice: 'Set "stream_options": {"include_usage": true} in the request.',
  kinds: [],
  create: () =>
    createAnswerFold({
      judge: ({ state, usage, usageAsked, id }) =>
        state === 'complete' && usage === null && usageAsked === false
          ? { frames: [id], said: true }
          : null,
      tell: (_, seen) => ({
        severity: 'hint',
        sentence: `${plural(seen.count, 'answer tells', 'answers tell')} no usage, and none was asked for.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }),
    }),
})

export const answerRules: readonly Rule[] = [cut, errorInside, length, stall, burst, noUsage]
