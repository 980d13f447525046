// Words for findings: how many there are, the frames that prove one, and all of them as Markdown.

import { escapeMarkdown, markdownCode } from '../text/markdownText.ts'
import { countFrames, formatCount } from '../text/units.ts'
import { visibleLine } from '../text/visibleText.ts'
import { type Finding, type Severity, severities } from './findings.ts'

const plurals: Readonly<Record<Severity, string>> = {
  fault: 'faults',
  risk: 'risks',
  hint: 'hints',
}

/** `1 fault, 2 risks, 1 hint`; empty where there is none. */
export function severityCounts(findings: readonly Finding[]): string {
  return severities
    .map((severity) => ({ severity, count: countOf(findings, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity, plurals[severity]))
    .join(', ')
}

/** `3 findings`: those that are more than a hint, or else `2 hints`; empty where there is none. */
export function findingCount(findings: readonly Finding[]): string {
  const hints = countOf(findings, 'hint')
  const others = findings.length - hints
  if (others > 0) return counted(others, 'finding', 'findings')
  return hints > 0 ? counted(hints, 'hint', plurals.hint) : ''
}

function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length
}

function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** The worst of them; null where there is none. */
export function worstSeverity(findings: readonly Finding[]): Severity | null {
  return severities.find((severity) => countOf(findings, severity) > 0) ?? null
}

/** `#184`, `#97, #98`, `171 frames`; empty where no frame proves it. */
export function provingFrames({ frames, frameCount }: Finding): string {
  if (frameCount > 2 || frames.length < frameCount) return countFrames(frameCount)
  return frames.map((seq) => `#${formatCount(seq)}`).join(', ')
}

/** Frames that a text names where nothing leads to them. */
const namedFrames = 5

/** `#97, #98`, `#4, #28, #52, #76, #101 and 166 more`: for texts, in which no button goes to them. */
export function namedProof({ frames, frameCount }: Finding): string {
  const named = frames.slice(0, namedFrames).map((seq) => `#${formatCount(seq)}`)
  const left = frameCount - named.length
  if (named.length === 0) return left > 0 ? countFrames(left) : ''
  return `${named.join(', ')}${left > 0 ? ` and ${formatCount(left)} more` : ''}`
}

export interface SaidPart {
  readonly text: string
  /** It stands between backticks: a header, a field, a setting. */
  readonly code: boolean
}

/** A rule's sentence in its parts. A backtick without a second one is a letter like others. */
export function saidParts(text: string): readonly SaidPart[] {
  const pieces = text.split('`')
  const paired = pieces.length - 1 - ((pieces.length - 1) % 2)
  const rest = pieces.slice(paired).join('`')
  return [
    ...pieces.slice(0, paired).map((piece, index) => ({ text: piece, code: index % 2 === 1 })),
    { text: rest, code: false },
  ].filter((part) => part.text !== '')
}

/** A rule's sentence where nothing is set off: in one line, what is invisible in it drawn. */
export function saidLine(text: string): string {
  return visibleLine(
    saidParts(text)
      .map((part) => part.text)
      .join(''),
  )
}

/** A list, the worst first; what proves it stands with each, and what to do on a line of its own. Ends with a line break. */
export function findingsMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No findings.\n'
  return `${findings.map(findingMarkdown).join('\n')}\n`
}

function findingMarkdown(finding: Finding): string {
  const { severity, title, sentence, advice } = finding
  const proof = namedProof(finding)
  const said = `**${severity}** · **${saidMarkdown(title)}** ${saidMarkdown(sentence)}`
  return `- ${said}${proof === '' ? '' : ` (${escapeMarkdown(proof)})`}  \n  ${saidMarkdown(advice)}`
}

function saidMarkdown(text: string): string {
  return saidParts(text)
    .map((part) => (part.code ? markdownCode(part.text) : escapeMarkdown(part.text)))
    .join('')
}
