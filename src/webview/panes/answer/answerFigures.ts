// The four figures of an answer: how soon it began, how evenly and how quickly it came, and where it stood still.

import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import {
  type ModelMeasures,
  measureAnswer,
  openStallMs,
} from '../../../shared/session/modelMeasures.ts'
import { formatCount, formatRising } from '../../../shared/text/units.ts'
import { spanWords } from './answerBar.ts'

export interface AnswerFigure {
  readonly value: string
  readonly name: string
  readonly look: 'plain' | 'stall'
  readonly title: string
}

/** What is not known yet. */
const unknown = '–'

/** `now`: epoch ms; null: as of its last chunk. */
export function answerFigures(answer: ModelAnswer, now: number | null): readonly AnswerFigure[] {
  const measures = measureAnswer(answer)
  return [firstToken(measures, answer), gaps(answer), stalls(answer, now), rate(measures, answer)]
}

function firstToken({ firstTokenMs }: ModelMeasures, { requestSeq }: ModelAnswer): AnswerFigure {
  return {
    value: firstTokenMs === null ? unknown : spanWords(firstTokenMs),
    name: 'to first token',
    look: 'plain',
    title:
      requestSeq === null
        ? 'No request was seen: nobody knows how long the model took'
        : 'From the request to the first chunk that says something',
  }
}

function gaps({ gaps: found }: ModelAnswer): AnswerFigure {
  return {
    value: found === null ? unknown : formatRising([found.p50, found.p95]).join(' / '),
    name: 'between chunks, half / 95 %',
    look: 'plain',
    title: 'The time from one chunk to the next: a chunk may carry several tokens',
  }
}

function stalls(answer: ModelAnswer, now: number | null): AnswerFigure {
  const { gaps: found, stalls: known, stallCount } = answer
  const soFar = now === null ? null : openStallMs(answer, now)
  if (soFar !== null)
    return {
      ...{ value: spanWords(soFar), name: 'without a chunk so far', look: 'stall' },
      title: 'It has stalled: the last chunk came more than a second and ten median gaps ago',
    }
  if (stallCount === 0)
    return {
      value: found === null ? unknown : spanWords(found.max),
      name: 'longest gap, no stall',
      look: 'plain',
      title: 'A stall is a gap of more than a second and ten times the median',
    }
  return {
    value: spanWords(Math.max(...known.map(({ ms }) => ms))),
    name: `longest stall, ${formatCount(stallCount)} in all`,
    look: 'stall',
    title: 'Gaps of more than a second and ten times the median',
  }
}

/** Tokens only where the API has counted them to the end. */
function rate(
  { tokensPerSecond, charsPerSecond }: ModelMeasures,
  { state, usage }: ModelAnswer,
): AnswerFigure {
  const output = usage?.output ?? null
  if (output !== null && state === 'complete')
    return {
      value: rateWords(tokensPerSecond),
      name: `tokens/s (usage: ${formatCount(output)})`,
      look: 'plain',
      title: 'Output tokens by the usage that the API told, from the first token to the end',
    }
  return {
    value: rateWords(charsPerSecond),
    name: 'characters/s',
    look: 'plain',
    title: 'Of text, reasoning and tool calls, from the first token on; no usage tells tokens',
  }
}

function rateWords(perSecond: number | null): string {
  if (perSecond === null || perSecond === 0) return unknown
  return perSecond < 99.95 ? perSecond.toFixed(1) : formatCount(perSecond)
}
