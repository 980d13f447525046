// The button that opens the faults of a tap; it stands out while some are on.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineSession } from '../../shared/calls/messages.ts'
import { toolLabel } from '../elements/toolLabel.ts'

export function faultsButton(
  session: Pick<TimelineSession, 'status' | 'readOnly'> | null,
  isOpen: boolean,
  press: () => void,
): TemplateResult | typeof nothing {
  if (session === null || session.readOnly || session.status.method !== 'tap') return nothing
  const on = session.status.faults.length
  if (session.status.state === 'ended' && !isOpen) return nothing
  const name = on === 0 ? 'Faults' : `${on} ${on === 1 ? 'fault' : 'faults'} on`
  return html`<button type="button" class="tool ${on > 0 && !isOpen ? 'offers' : ''}" title="Delay, limit, cut or refuse what passes, on purpose"
    aria-label=${name} aria-pressed=${String(isOpen)} @click=${press}>${toolLabel('zap', name)}</button>`
}
