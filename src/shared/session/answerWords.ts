// Words for the answers of models: how each began, came and ended, and what it says, as Markdown.

import { modelNames } from '../frame/modelApis.ts'
import { escapeMarkdown, markdownBlock } from '../text/markdownText.ts'
import { formatCount, formatDelay, formatRising } from '../text/units.ts'
import type { ModelAnswer } from './modelAnswers.ts'
import { measureAnswer } from './modelMeasures.ts'

/** An answer and what it says, without reasoning, at most `modelLimits.reportChars` characters. */
export interface SaidAnswer {
  readonly answer: ModelAnswer
  readonly text: string
  /** There is more of it. */
  readonly isCut: boolean
}

/** A paragraph and a block for each of them. Empty where there is none. */
export function answersMarkdown(said: readonly SaidAnswer[]): string {
  return said.map(answerMarkdown).join('')
}

function answerMarkdown({ answer, text, isCut }: SaidAnswer): string {
  const { id, api, model, prompt } = answer
  const about = [modelNames[api], model ?? '', prompt === null ? '' : `“${prompt}”`]
  const head = [`**Answer #${id}**`, ...about.filter(Boolean).map(escapeMarkdown)].join(' · ')
  const words = [endWords(answer), ...timeWords(answer), usageWords(answer)].filter(Boolean)
  const more = isCut ? '\nThe rest is left out.\n' : ''
  const block = text === '' ? '' : `\n${markdownBlock(text, 'markdown')}${more}`
  // Two spaces end a line within a paragraph.
  return `${head}  \n${escapeMarkdown(`${words.join('. ')}.`)}\n${block}\n`
}

/** `Finished: stop`, `Failed: 503: Busy`, `Cut: it ended without its finish sign`. */
function endWords({ state, finish, error }: ModelAnswer): string {
  if (error !== null) return `Failed: ${error.message.replace(/\.$/, '')}`
  if (state === 'cut') return 'Cut: it ended without its finish sign'
  if (finish === null) return state === 'open' ? 'Still open' : 'Finished'
  return `${finish.isLength ? 'Stopped by a limit of length' : 'Finished'}: ${finish.reason}`
}

function timeWords(answer: ModelAnswer): readonly string[] {
  const { durationMs, firstTokenMs } = measureAnswer(answer)
  const { gaps, stalls, stallCount } = answer
  const longest = Math.max(0, ...stalls.map(({ ms }) => ms))
  return [
    `${formatDelay(durationMs)} in all`,
    firstTokenMs === null ? '' : `First token after ${formatDelay(firstTokenMs)}`,
    gaps === null
      ? ''
      : `Between chunks ${formatRising([gaps.p50, gaps.p95]).join(' / ')} (half / 95 %)`,
    stallCount === 0 ? '' : `${formatCount(stallCount)} × stalled, for ${formatDelay(longest)}`,
  ]
}

/** Tokens only where the API has counted them. */
function usageWords(answer: ModelAnswer): string {
  const { tokensPerSecond, charsPerSecond } = measureAnswer(answer)
  const { usage } = answer
  const rate = tokensPerSecond ?? charsPerSecond
  const unit = tokensPerSecond === null ? 'characters/s' : 'tokens/s'
  const parts = [
    usage?.input == null ? '' : `${formatCount(usage.input)} tokens in`,
    usage?.output == null ? '' : `${formatCount(usage.output)} out`,
    rate === null ? '' : `${rate.toFixed(1)} ${unit}`,
  ]
  return parts.filter(Boolean).join(', ')
}
