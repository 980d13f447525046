// The differences between a JSON answer and the one before: a path a line.

import { html, nothing, type TemplateResult } from 'lit'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Difference } from '../../shared/frame/httpDetail.ts'
import { formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'

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
    ...added.map((path) => ({ sign: '+', word: 'added', path, values: '' }) as const),
    ...removed.map((path) => ({ sign: '−', word: 'removed', path, values: '' }) as const),
    ...changed.map(
      (path) => ({ sign: '~', word: 'changed', path, values: valuesAt.get(path) ?? '' }) as const,
    ),
  ]
}

export function differenceView(frame: Frame): TemplateResult | typeof nothing {
  if (frame.kind !== 'response' || !frame.detail.difference) return nothing
  const { difference } = frame.detail
  const lines = differenceLines(difference)
  const { more = 0 } = difference
  if (lines.length + more === 0) return nothing
  return html`<section class="difference" aria-label="Changed since the last answer">
    <p class="sentence">Changed since the last answer</p>
    <ul>${lines.map(
      ({ sign, word, path, values }) =>
        html`<li class=${word}><span class="sign" aria-hidden="true">${sign}</span><span class="sr">${word}</span> ${visibleLine(path)} <span class="values">${visibleLine(values)}</span></li>`,
    )}</ul>
    ${more > 0 ? html`<p class="sentence">And ${formatCount(more)} more.</p>` : nothing}
  </section>`
}
