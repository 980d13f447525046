// A row of the list of connections: what was asked, as what it was recognised, its figures and its state.

import { html, nothing, type TemplateResult } from 'lit'
import { methods } from '../../../shared/endpoint/methods.ts'
import type {
  ConnectionRow,
  ConnectionSort,
  ConnectionsBy,
} from '../../../shared/session/connections.ts'
import {
  figureWords,
  sortWords,
  stateWords,
  targetWords,
} from '../../../shared/session/connectionWords.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'

const icons: Readonly<Record<ConnectionSort, string>> = {
  request: 'arrow-right',
  polling: methods.polling.icon,
  'long-polling': methods['long-polling'].icon,
  sse: methods.sse.icon,
  stream: 'list-flat',
  websocket: methods.websocket.icon,
}

export interface ConnectionLook {
  /** From 0. */
  readonly index: number
  readonly total: number
  readonly by: ConnectionsBy
  /** The rows are filtered by it. */
  readonly chosen: boolean
  /** The keys act on it. */
  readonly active: boolean
}

export const connectionId = (index: number): string => `connection-${index}`

export function connectionView(
  row: ConnectionRow,
  look: ConnectionLook,
  choose: () => void,
): TemplateResult {
  const { sort, state } = row
  const { index, total, by, chosen, active } = look
  const target = visibleLine(targetWords(row))
  const sortName = visibleLine(sortWords(row))
  const figures = visibleLine(figureWords(row).join(' · '))
  const number = by === 'number' ? `#${row.key}` : ''
  const standing = [number, stateWords(row)].filter((part) => part !== '').join(' · ')
  const agent = row.client?.agent ?? row.client?.address
  const title = [target, figures, agent === undefined ? '' : visibleLine(agent)]
  return html`<div class="connection is-${sort} ${state} ${chosen ? 'chosen' : ''} ${active ? 'active' : ''}" role="option" id=${connectionId(index)}
    .style=${`--index: ${index}`} aria-selected=${String(chosen)} aria-setsize=${total} aria-posinset=${index + 1}
    title=${title.filter((part) => part !== '').join('\n')} @click=${choose}>
    <i class="codicon codicon-${state === 'failed' ? 'error' : icons[sort]}" aria-hidden="true"></i>
    <span class="line"><span class="target">${target}</span> <span class="sort">${sortName}</span></span>
    <span class="line"><span class="figures">${figures}</span> ${standing === '' ? nothing : html`<span class="standing">${standing}</span>`}</span>
  </div>`
}
