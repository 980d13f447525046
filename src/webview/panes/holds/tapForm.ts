// Boxes that the forms of a tap's panes are made of.

import { html, type TemplateResult } from 'lit'
import type { FaultWay } from '../../../shared/session/tapFaults.ts'

export interface FormBox {
  readonly name: string
  readonly label: string
  readonly hint: string
  /** What an empty box stands for. */
  readonly empty: string
}

/** `wrong`: names of boxes that cannot be read. */
export function formBox(
  wrong: ReadonlySet<string>,
  { name, label, hint, empty }: FormBox,
  value: string,
  change: (text: string) => void,
): TemplateResult {
  const input = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) change(target.value)
  }
  return html`<label>${label} <input type="text" name=${name} spellcheck="false" autocomplete="off" title=${hint}
    placeholder=${empty} aria-invalid=${String(wrong.has(name))} .value=${value} @input=${input}></label>`
}

export const wayNames: Readonly<Record<FaultWay, string>> = {
  both: 'both ways',
  client: 'to my program',
  server: 'to the server',
}

const ways = Object.keys(wayNames) as readonly FaultWay[]

export function wayChoice(chosen: FaultWay, change: (way: FaultWay) => void): TemplateResult {
  const choose = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) change(ways[target.selectedIndex] ?? 'both')
  }
  return html`<label>On what goes <select @change=${choose}>${ways.map(
    (way) => html`<option .selected=${way === chosen}>${wayNames[way]}</option>`,
  )}</select></label>`
}
