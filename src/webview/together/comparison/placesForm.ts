// The boxes that say what an item is and where its time of origin stands.

import { html, type TemplateResult } from 'lit'
import type { ItemPlaces } from '../../../shared/comparison/itemPlaces.ts'
import { parsePath } from '../../../shared/text/jsonPath.ts'

export interface PlacesForm {
  /** What is taken now. */
  readonly places: ItemPlaces | null
  readonly isGuessed: boolean
  /** Null: it is to be guessed. */
  say(places: ItemPlaces | null): void
}

/** On the command line `json:` stands before a path. */
export function readPath(text: string): string {
  return text.trim().replace(/^json:/, '')
}

export function placesForm({ places, isGuessed, say }: PlacesForm): TemplateResult {
  const change = ({ currentTarget: box }: Event) => {
    const form = box instanceof HTMLElement ? box.closest('.places') : null
    const [item, time] = form ? [...form.querySelectorAll('input')] : []
    if (item && time) take(item, time, say)
  }
  const hint = isGuessed
    ? 'Found out from the payloads; a path into JSON names another'
    : 'A path into JSON; empty: it is found out'
  return html`<span class="places" role="group" aria-label="What an item is">
    <label title=${hint}>Item<input type="text" spellcheck="false" autocomplete="off" placeholder="found out" .value=${places?.item ?? ''} @change=${change}></label>
    <label title=${hint}>Time of origin<input type="text" spellcheck="false" autocomplete="off" placeholder="none" .value=${places?.time ?? ''} @change=${change}></label>
  </span>`
}

function take(
  item: HTMLInputElement,
  time: HTMLInputElement,
  say: (places: ItemPlaces | null) => void,
): void {
  const [itemPath, timePath] = [item, time].map(({ value }) => readPath(value))
  if (!itemPath) {
    for (const box of [item, time]) box.ariaInvalid = null
    say(null)
    return
  }
  item.ariaInvalid = parsePath(itemPath) === null ? 'true' : null
  time.ariaInvalid = timePath && parsePath(timePath) === null ? 'true' : null
  if (item.ariaInvalid === null && time.ariaInvalid === null)
    say({ item: itemPath, time: timePath || null })
}
