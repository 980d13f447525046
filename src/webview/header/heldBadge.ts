// The badge in the header: how many wait for the user's decision, so that none is forgotten; a press leads to them.

import { html, nothing, type TemplateResult } from 'lit'
import type { HoldStatus } from '../../shared/session/tapHolds.ts'
import { formatCount } from '../../shared/text/units.ts'

/** Nothing where nothing waits. */
export function heldBadge(
  { count }: Pick<HoldStatus, 'count'>,
  show: () => void,
): TemplateResult | typeof nothing {
  if (count === 0) return nothing
  const title = `${count === 1 ? 'One waits' : `${formatCount(count)} wait`} for your decision: go there`
  return html`<button type="button" class="held-badge" title=${title} @click=${show}>
    <i class="codicon codicon-debug-pause" aria-hidden="true"></i>${formatCount(count)} held</button>`
}
