// Rules about the answers of language models: how they end, and when their chunks come.

import type { ModelAnswer } from '../../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../../shared/session/modelLimits.ts'
import { formatCount, formatDelay } from '../../../../shared/text/units.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule, type SeenOf } from '../shapes/rule.ts'
import { manual, ours } from '../shapes/sources.ts'
import { modelThresholds } from '../shapes/thresholds.ts'
import { plural, quoted, spanWords } from '../shapes/words.ts'

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
      closes = [...closes.slice(1 - modelLimits.answers), close]
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
    return {
      add(one) {
        const { frame, seq } = one
        if (frame.kind === 'close') closes.add({ ...one, frame })
        else failures.add(seq)
      },
      finding({ answers, stoppedAt }) {
        const seen = createEvidence()
        let left = ''
        for (const answer of answers) {
          const { state, chunks, chars, error, endedAt, finish, lastSeq } = answer
          const isLost = state === 'failed' && error !== null && failures.has(error.seq)
          if (state !== 'cut' && !(isLost && chunks > 0 && finish === null)) continue
          if (stoppedAt !== null && endedAt !== null && endedAt >= stoppedAt) continue
          if (closes.ended(answer)) continue
          seen.add(lastSeq)
          left = `the last one after ${plural(chunks, 'chunk', 'chunks')} with ${plural(chars, 'character', 'characters')}`
        }
        if (seen.count === 0) return null
        return {
          severity: 'fault',
          sentence: `${plural(seen.count, 'answer', 'answers')} ended without a finish reason, ${left}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
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
    return {
      add({ frame, seq }) {
        if (frame.kind === 'error' || frame.detail.status >= 400) failures.add(seq)
      },
      finding({ answers }) {
        const seen = createEvidence()
        let message = ''
        for (const { error } of answers) {
          if (error === null || failures.has(error.seq)) continue
          seen.add(error.seq)
          message = error.message
        }
        if (seen.count === 0) return null
        return {
          severity: 'fault',
          sentence: `An error in the stream, ${quoted(message)}, broke off ${plural(seen.count, 'answer', 'answers')}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
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
  create: () => ({
    finding({ answers }) {
      const seen = createEvidence()
      let reason = ''
      for (const { finish } of answers) {
        if (!finish?.isLength) continue
        seen.add(finish.seq)
        reason = finish.reason
      }
      if (seen.count === 0) return null
      return {
        severity: 'risk',
        sentence: `${plural(seen.count, 'answer', 'answers')} finished by ${quoted(reason)}.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }
    },
  }),
})

const stall = rule({
  id: 'llm-stall',
  title: 'The answer stood still.',
  speaks: `A gap between two chunks is longer than a second and than ten times the usual one: a hint, from ${spanWords(stallRiskMs)} on a risk.`,
  why: 'Readers see it hang, and clients with a short time limit give up.',
  source: ours,
  advice:
    'No chunk crossed in that time: look at the model, its queue or a tool that it waits for, and at what stands between, before this machine.',
  kinds: [],
  create: () => ({
    finding({ answers }) {
      const seen = createEvidence()
      let [longest, usual, count] = [0, 0, 0]
      for (const { stalls, stallCount, gaps } of answers) {
        count += stallCount
        for (const { fromSeq, untilSeq, ms } of stalls) {
          seen.add(fromSeq, untilSeq)
          if (ms <= longest) continue
          longest = ms
          usual = gaps?.p50 ?? 0
        }
      }
      if (count === 0) return null
      const times = usual > 0 ? `, ${formatCount(longest / usual)} times the usual gap` : ''
      const more = count > 1 ? `; there were ${formatCount(count)} such gaps` : ''
      return {
        severity: longest >= stallRiskMs ? 'risk' : 'hint',
        sentence: `Nothing came for ${formatDelay(longest)}${times}${more}.`,
        proof: seen.proof(),
        figure: { measured: longest, threshold: stallRiskMs, unit: 'ms' },
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
  create: () => ({
    finding({ answers }) {
      const seen = createEvidence()
      let afterMs = 0
      for (const {
        chunks,
        firstChunkAt,
        lastAt,
        startedAt,
        firstSeq,
        lastSeq,
        endedAt,
      } of answers) {
        if (chunks < oneBurst.chunks || firstChunkAt === null || endedAt === null) continue
        if (lastAt - firstChunkAt >= oneBurst.withinMs) continue
        if (firstChunkAt - startedAt <= oneBurst.afterMs) continue
        seen.add(firstSeq, lastSeq)
        afterMs = firstChunkAt - startedAt
      }
      if (seen.count === 0) return null
      return {
        severity: 'risk',
        sentence: `${plural(seen.count, 'answer', 'answers')} came within ${oneBurst.withinMs} ms, ${formatDelay(afterMs)} after the request.`,
        proof: seen.proof(),
        figure: { measured: afterMs, threshold: oneBurst.afterMs, unit: 'ms' },
      }
    },
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
  create: () => ({
    finding({ answers }) {
      const seen = createEvidence()
      for (const { state, usage, usageAsked, id } of answers)
        if (state === 'complete' && usage === null && usageAsked === false) seen.add(id)
      if (seen.count === 0) return null
      return {
        severity: 'hint',
        sentence: `${plural(seen.count, 'answer tells', 'answers tell')} no usage, and none was asked for.`,
        proof: seen.proof(),
        figure: occurrences(seen.count),
      }
    },
  }),
})

export const answerRules: readonly Rule[] = [cut, errorInside, length, stall, burst, noUsage]
