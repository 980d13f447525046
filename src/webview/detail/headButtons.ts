// The buttons of the detail's head: a word, with a chevron where a menu opens.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import type { Method } from '../../shared/endpoint/endpoint.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { withKey } from '../elements/keyHint.ts'
import { type MenuItem, openMenu } from '../elements/menu.ts'
import { actsOf } from '../model/rowActs.ts'
import { formNames } from './payload/payloadForms.ts'
import type { PayloadView } from './payload/payloadView.ts'

export function wordButton(name: string, title: string, run: () => void): TemplateResult {
  return html`<button type="button" class="text" title=${title} @click=${run}>${name}</button>`
}

/** `name`: the word on it, which may tell what is chosen; `label`: what it is called in any case. */
export function wordMenu(
  { name, label, title }: { readonly name: string; readonly label: string; readonly title: string },
  items: () => readonly MenuItem[],
): TemplateResult {
  return html`<button type="button" class="text" title=${title} aria-haspopup="menu" aria-label=${label}
    @click=${(event: Event) => openMenu(event.currentTarget as HTMLElement, items())}>${name}<i class="codicon codicon-chevron-down" aria-hidden="true"></i></button>`
}

/** The form in which the payload is shown; nothing while none can be chosen. */
export function formMenu(payload: PayloadView | null): TemplateResult | typeof nothing {
  if (!payload || payload.forms.length === 0) return nothing
  const { form, forms, wraps } = payload
  const name = formNames[form]
  const items = () => [
    ...forms.map((one) => ({
      label: formNames[one],
      checked: one === form,
      run: () => payload.choose(one),
    })),
    ...(form === 'text' || form === 'raw'
      ? [
          {
            label: wraps ? 'Do not wrap lines' : 'Wrap lines',
            run: () => payload.setWraps(!wraps),
          },
        ]
      : []),
  ]
  const label = `Show the payload as: ${name}`
  return wordMenu({ name, label, title: 'Show the payload in another form' }, items)
}

/** What can be sent or kept of the row; nothing where there is nothing of it. */
export function sendMenu(
  row: Row,
  method: Method | undefined,
  perform: (act: TimelineAction) => void,
): TemplateResult | typeof nothing {
  const { again, edit, keep } = actsOf(row, method)
  if (!again && !edit) return nothing
  const items = [
    again && { label: 'Send again', run: () => perform('send-again') },
    edit && { label: 'Edit and send', run: () => perform('edit-and-send') },
    keep && { label: 'Save to the profile’s messages…', run: () => perform('keep-message') },
  ].filter((item) => typeof item === 'object')
  return wordMenu(
    { name: 'Send', label: 'Send', title: 'Send it again, or change it first' },
    () => items,
  )
}

/** Its event is `perform`. */
export function bookmarkButton(detail: EventTarget, isMarked: boolean): TemplateResult {
  const name = isMarked ? 'Remove the bookmark' : 'Bookmark this frame'
  return html`<button type="button" class="icon ${isMarked ? 'marked' : ''}" title=${withKey(name, 'timeline.bookmark')} aria-label=${name}
    @click=${() => detail.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail: 'bookmark' }))}><i class="codicon codicon-bookmark" aria-hidden="true"></i></button>`
}

/** Its events are `move-detail` and `close-detail`. `stacked`: null where the place cannot be chosen. */
export function placeButtons(detail: EventTarget, stacked: boolean | null): TemplateResult {
  const move = stacked ? 'Move the detail to the right' : 'Move the detail below the rows'
  const icon = stacked ? 'layout-sidebar-right' : 'layout-panel'
  return html`${
    stacked === null
      ? nothing
      : html`<button type="button" class="icon" title=${move} aria-label=${move}
    @click=${() => detail.dispatchEvent(new CustomEvent('move-detail'))}><i class="codicon codicon-${icon}" aria-hidden="true"></i></button>`
  }<button type="button" class="icon" title="Close the detail (Escape)" aria-label="Close the detail"
    @click=${() => detail.dispatchEvent(new CustomEvent('close-detail'))}><i class="codicon codicon-close" aria-hidden="true"></i></button>`
}
