// Findings as text for terminals, or as JSON.

import { type Finding, type Findings, severities } from '../shared/session/findings.ts'
import { namedProof, severityCounts } from '../shared/session/findingWords.ts'
import { countFrames, formatCount } from '../shared/text/units.ts'
import { visibleJson, visibleLine } from '../shared/text/visibleText.ts'
import { wrapText } from './wrapText.ts'

export const doctorFormats = ['text', 'json'] as const

export type DoctorFormat = (typeof doctorFormats)[number]

export interface Examined {
  readonly findings: Findings
  /** Frames that were looked at. */
  readonly frames: number
}

/** `width`: columns of the terminal. */
export function doctorText(examined: Examined, format: DoctorFormat, width: number): string {
  const { findings } = examined.findings
  if (format === 'json') return `${visibleJson(JSON.stringify(findings.map(told), null, 2))}\n`
  return `${[...findings.map((finding) => block(finding, width)), summary(examined)].join('\n\n')}\n`
}

/** In the order of the documentation. */
function told(finding: Finding) {
  const { id, severity, title, sentence, measured, threshold, unit, frames, frameCount, advice } =
    finding
  return { id, severity, title, sentence, measured, threshold, unit, frames, frameCount, advice }
}

const margin = Math.max(...severities.map(({ length }) => length)) + 2

/** What was found stands behind its severity, and all else below it. */
function block(finding: Finding, width: number): string {
  const { id, severity, title, sentence, advice } = finding
  const proof = namedProof(finding)
  const paragraphs = [
    `${title} ${sentence}`,
    ...(proof === '' ? [] : [proof]),
    `→ ${advice}`,
    `docs/doctor.md#${id}`,
  ]
  const [first = '', ...others] = paragraphs.flatMap((text) =>
    wrapText(visibleLine(text), width - margin),
  )
  return [severity.padEnd(margin) + first, ...others.map((line) => ' '.repeat(margin) + line)].join(
    '\n',
  )
}

/** `1 fault, 2 risks. 24 rules looked at 184 frames.` */
function summary({ findings: { findings, rules }, frames }: Examined): string {
  const found = severityCounts(findings) || 'No findings'
  return `${found}. ${formatCount(rules)} ${rules === 1 ? 'rule' : 'rules'} looked at ${countFrames(frames)}.`
}
