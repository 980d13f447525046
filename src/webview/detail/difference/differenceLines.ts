// The differences between two JSON payloads: a path a line.

import { html, type TemplateResult } from 'lit'
import type { Difference } from '../../../shared/frame/httpDetail.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'

export interface DifferenceLine {
  readonly sign: '+' | '−' | '~'
  readonly word: 'added' | 'removed' | 'changed'
  readonly path: string
  /** `62 → 63`; empty where a value is long. */
  readonly values: string
}

export function differenceLines({
  added,
  removed,
  changed,
  values = [],
}: Difference): readonly DifferenceLine[] {
  const valuesAt = new Map(values.map(({ path, from, to }) => [path, `${from} → ${to}`]))
  return [
    ...changed.map(
      (path) => ({ sign: '~', word: 'changed', path, values: valuesAt.get(path) ?? '' }) as const,
    ),
    ...added.map((path) => ({ sign: '+', word: 'added', path, values: '' }) as const),
    ...removed.map((path) => ({ sign: '−', word: 'removed', path, values: '' }) as const),
  ]
}

export function linesView(lines: readonly DifferenceLine[]): TemplateResult {
  return html`<ul class="differences">${lines.map(
    ({ sign, word, path, values }) =>
      html`<li class=${word}><span class="sign" aria-hidden="true">${sign}</span><span class="sr">${word}</span> ${visibleLine(path)} <span class="values">${visibleLine(values)}</span></li>`,
  )}</ul>`
}
