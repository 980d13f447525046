// Copies of an answer: its text, a report in Markdown, and all that is known of it as JSON.

import { protocolName } from '../../../shared/frame/protocolName.ts'
import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { measureAnswer } from '../../../shared/session/modelMeasures.ts'
import { escapeMarkdown, markdownBlock } from '../../../shared/text/markdownText.ts'
import type { AnswerPart, AnswerText } from '../../model/answerText.ts'
import { answerEnds } from './answerEnds.ts'
import { answerFigures } from './answerFigures.ts'

/** What the model said, as it came: without reasoning. */
export function answerAsText({ parts }: AnswerText): string {
  return parts
    .filter(({ kind }) => kind !== 'reasoning')
    .map((part) => (part.kind === 'tool' ? `${part.name ?? ''}(${part.text})` : part.text))
    .join('\n\n')
}

export function answerAsMarkdown(session: string, answer: ModelAnswer, text: AnswerText): string {
  const { api, model, prompt } = answer
  const about = [protocolName(api), model, prompt === null ? null : `“${prompt}”`]
  const figures = answerFigures(answer, null).map(
    ({ value, name }) => `- **${escapeMarkdown(value)}** ${escapeMarkdown(name)}`,
  )
  const ends = answerEnds(answer).map((end) => `- ${escapeMarkdown(end.text)}`)
  return [
    `### ${escapeMarkdown(session)}: answer #${answer.id}\n`,
    `${about
      .filter((part) => part !== null)
      .map(escapeMarkdown)
      .join(' · ')}\n`,
    `${[...figures, ...ends].join('\n')}\n`,
    ...text.parts.map(partMarkdown),
  ].join('\n')
}

/** What a model wrote stands in blocks, where nothing of it is a link or a mention. */
function partMarkdown({ kind, name, text }: AnswerPart): string {
  if (kind === 'tool')
    return `**Tool call** ${escapeMarkdown(name ?? '')}\n\n${markdownBlock(text, 'json')}`
  const title = kind === 'text' ? '' : `**${kind === 'refusal' ? 'Refusal' : 'Reasoning'}**\n\n`
  return `${title}${markdownBlock(text, 'markdown')}`
}

export function answerAsJson(answer: ModelAnswer, { parts, spans, left }: AnswerText): string {
  const told = parts.map(({ part, kind, name, choice, text }) => ({
    kind,
    ...(name !== null && { name }),
    ...(choice > 0 && { choice }),
    text,
    chunks: spans
      .filter((span) => span.part === part)
      .map(({ seq, at, from, to }) => ({ seq, at, text: text.slice(from, to) })),
  }))
  return JSON.stringify(
    { ...answer, measures: measureAnswer(answer), parts: told, ...(left > 0 && { left }) },
    null,
    2,
  )
}
