// The menus beside the send box: the message's type, and what a ping carries.

import type { TemplateResult } from 'lit'
import { maxControlBytes } from '../../shared/frame/webSocketDetail.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import { type DraftType, draftTypeNames, shortTypeNames } from './messageDraft.ts'

/** A file is no choice: only a saved message can name one. */
const choices = ['text', 'json', 'hex', 'base64'] as const

export function typeButton(chosen: DraftType, choose: (type: DraftType) => void): TemplateResult {
  return menuButton(shortTypeNames[chosen], 'Type of the message', (button) =>
    openMenu(
      button,
      choices.map((type) => ({
        label: draftTypeNames[type],
        checked: type === chosen,
        run: () => choose(type),
      })),
    ),
  )
}

/** `message`: the bytes that stand in the box; null where there are none that a ping could carry. */
export function openPingMenu(
  button: HTMLElement,
  message: Uint8Array | null,
  ping: (bytes: Uint8Array) => void,
): void {
  const fits = message !== null && message.length <= maxControlBytes
  openMenu(button, [
    { label: 'Empty ping', run: () => ping(new Uint8Array()) },
    {
      label: `Ping that carries the message (up to ${maxControlBytes} bytes)`,
      disabled: !fits,
      run: () => fits && ping(message),
    },
  ])
}
