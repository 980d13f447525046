// Parts beside the send box: buttons that open its panel, the repetition that runs, the reason why nothing can be sent.

import { html, nothing, type TemplateResult } from 'lit'
import { formatDelay } from '../../shared/text/units.ts'
import { toolLabel } from '../elements/toolLabel.ts'
import type { SendPanelKind } from './sendPanel.ts'

export interface PanelButton {
  readonly kind: SendPanelKind
  readonly open: boolean
  readonly disabled: boolean
  readonly toggle: () => void
}

const panels = {
  repeat: { name: 'Every…', icon: 'history', title: 'Repeat the message at an interval' },
  close: { name: 'Close…', icon: 'debug-disconnect', title: 'Close with a code and a reason' },
} as const satisfies Record<SendPanelKind, object>

export function panelButton({ kind, open, disabled, toggle }: PanelButton): TemplateResult {
  const { name, icon, title } = panels[kind]
  return html`<button type="button" class="tool" aria-label=${name} title=${title} aria-expanded=${String(open)}
    ?disabled=${disabled} @click=${toggle}>${toolLabel(icon, name)}</button>`
}

/** Nothing where no message is repeated. */
export function repeating(
  everyMs: number | null,
  stop: () => unknown,
): TemplateResult | typeof nothing {
  if (everyMs === null) return nothing
  return html`<span class="repeating"><i class="codicon codicon-sync" aria-hidden="true"></i>Every ${formatDelay(everyMs)}</span>
    <button type="button" class="tool stop" title="Stop repeating" aria-label="Stop repeating" @click=${stop}>Stop</button>`
}

export function closedReason(over: boolean): string {
  return over
    ? 'The session has ended. Reconnect to send.'
    : 'Messages can be sent once the connection is open.'
}
