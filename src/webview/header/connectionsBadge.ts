// The header's count of a tap's connections: a press shows or hides their list.

import { html, nothing, type TemplateResult } from 'lit'
import type { ConnectionsRead } from '../../shared/session/connections.ts'
import { formatCount } from '../../shared/text/units.ts'

/** Nothing before there is one. */
export function connectionsBadge(
  counts: Pick<ConnectionsRead, 'connections' | 'open'> | null,
  isOpen: boolean,
  toggle: () => void,
): TemplateResult | typeof nothing {
  if (counts === null || counts.connections === 0) return nothing
  const { connections, open } = counts
  const all = `${formatCount(connections)} ${connections === 1 ? 'connection' : 'connections'}`
  return html`<button type="button" class="connections-badge" title="Show or hide the list of connections" aria-pressed=${String(isOpen)} @click=${toggle}>${all}<span class="open"> · ${formatCount(open)} open</span></button>`
}
