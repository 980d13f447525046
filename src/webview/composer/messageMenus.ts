// The menus beside the send box: the message's type, and what a ping carries.

import type { TemplateResult } from 'lit'
import { maxControlBytes } from '../../shared/frame/webSocketDetail.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import { type DraftType, draftTypeNames, shortTypeNames } from './messageDraft.ts'

/** A file is no choice: only a saved message can name one. */
const choices = ['text', 'json', 'hex', 'base64'] as const

export function typeButton(chosen: DraftType, choose: (type: DraftType) => void): TemplateResult {
  return menuButton({
    name: shortTypeNames[chosen],
    title: 'Type of the message',
    open(button) {
      const items = choices.map((type) => {
        return { label: draftTypeNames[type], checked: type === chosen, run: () => choose(type) }
      })
      openMenu(button, items)
    },
  })
}

/** `message`: the bytes that stand in the box; null where there are none that a ping could carry. */
export function pingButton(
  message: Uint8Array | null,
  disabled: boolean,
  ping: (bytes: Uint8Array) => void,
): TemplateResult {
  const fits = message !== null && message.length <= maxControlBytes
  const carrying = {
    label: `Ping that carries the message (up to ${maxControlBytes} bytes)`,
    disabled: !fits,
    run: () => fits && ping(message),
  }
  return menuButton({
    name: 'Ping',
    icon: 'pulse',
    title: 'Send a WebSocket ping; its pong shows the round-trip time',
    disabled,
    open: (button) =>
      openMenu(button, [{ label: 'Empty ping', run: () => ping(new Uint8Array()) }, carrying]),
  })
}
