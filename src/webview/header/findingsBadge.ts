// The badge in the header: how many findings there are, in the colour of the worst; a press shows or hides them.

import { html, nothing, type TemplateResult } from 'lit'
import { findingCount, severityCounts, worstSeverity } from '../../shared/session/findingWords.ts'
import { withKey } from '../elements/keyHint.ts'
import type { FindingsKeeper } from '../model/findingsKeeper.ts'

/** Nothing where nothing was found. */
export function findingsBadge(
  { all }: Pick<FindingsKeeper, 'all'>,
  isOpen: boolean,
  toggle: () => void,
): TemplateResult | typeof nothing {
  const worst = worstSeverity(all)
  if (worst === null) return nothing
  const title = withKey(`${severityCounts(all)}: show or hide them`, 'timeline.findings')
  return html`<button type="button" class="findings-badge is-${worst}" title=${title} aria-pressed=${String(isOpen)} @click=${toggle}>
    <i class="codicon codicon-flag" aria-hidden="true"></i>${findingCount(all)}</button>`
}
