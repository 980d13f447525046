// One line of a JSON tree, drawn: key, value, what has changed in it, and what can be done with it.

import { html, nothing, type TemplateResult } from 'lit'
import { visibleText } from '../../shared/text/visibleText.ts'
import { drawnPart, splitAtHits } from './drawnPart.ts'
import type { JsonLine } from './jsonLines.ts'
import type { TreeAction } from './treeAction.ts'

/** What one line is drawn with beside itself. */
export interface LineLook {
  readonly id: string
  readonly active: boolean
  /** Is marked in it; empty where nothing is sought. */
  readonly sought: string
  /** Those that fit; empty where neither the pointer nor the focus is on the line. */
  readonly actions: readonly TreeAction[]
  /** It has changed: a word about that, or an empty one; null where it has not. */
  readonly change: string | null
  readonly run: (action: TreeAction) => void
}

/** `data-path` tells which line a pointer is on. */
export function jsonLineView(line: JsonLine, look: LineLook): TemplateResult {
  const { depth, path, kind, expanded } = line
  return html`<div class=${look.active ? 'json-line active' : 'json-line'} id=${look.id} data-path=${path}
    role=${kind === 'end' ? 'presentation' : 'treeitem'} aria-level=${kind === 'end' ? nothing : depth + 1}
    aria-expanded=${expanded === null ? nothing : String(expanded)} .style=${`--hang: ${hangOf(line)}ch`}
    >${'  '.repeat(depth)}<span class="twistie" aria-hidden="true">${
      expanded === null ? '' : expanded ? '▾' : '▸'
    }</span><span class=${line.isItem ? 'key item' : 'key'}>${marked(line.key, look)}</span><span class=${valueClass(
      line,
      look.change !== null,
    )}>${marked(line.text, look)}</span>${look.change === null ? nothing : changeView(look.change)}${actionsView(look)}</div>`
}

/** What is sought, in elements of its own. */
function marked(
  text: string,
  { sought, active }: Pick<LineLook, 'sought' | 'active'>,
): readonly (TemplateResult | string)[] {
  const name = active ? 'found current' : 'found'
  return splitAtHits(drawnPart(text, sought), sought).map((part, index) =>
    index % 2 === 0 ? visibleText(part) : html`<span class=${name}>${visibleText(part)}</span>`,
  )
}

function valueClass({ kind, expanded }: JsonLine, changed: boolean): string {
  return `value ${kind}${expanded === false ? ' collapsed' : ''}${changed ? ' changed' : ''}`
}

function changeView(words: string): TemplateResult {
  const title = 'Changed since the frame before of its kind'
  return html`<span class="sr">changed</span>${words === '' ? nothing : html`<span class="growth" title=${title}>${words}</span>`}`
}

function actionsView({ actions, run }: LineLook): TemplateResult | typeof nothing {
  if (actions.length === 0) return nothing
  return html`<span class="line-actions">${actions.map(
    (action) =>
      html`<button type="button" tabindex="-1" title=${action.title} @click=${(event: Event) => {
        // The line would fold.
        event.stopPropagation()
        run(action)
      }}>${action.name}</button>`,
  )}</span>`
}

/** Puts the actions of a line behind its value, or where that ends too far right at the edge: nothing moves for them. */
export function placeActions(root: ParentNode): void {
  const actions = root.querySelector<HTMLElement>('.line-actions')
  const line = actions?.parentElement
  const value = line?.querySelector('.growth') ?? line?.querySelector('.value')
  if (!actions || !line || !value) return
  const box = line.getBoundingClientRect()
  const end = [...value.getClientRects()].at(-1) ?? box
  const left = Math.min(end.right - box.left + gapPx, box.width - actions.offsetWidth)
  actions.style.left = `${Math.max(0, left)}px`
  actions.style.top = `${end.top - box.top}px`
}

const gapPx = 16

/** Characters before the value: where a long one goes on in the next line, it goes on under itself. */
function hangOf({ depth, key }: JsonLine): number {
  return 2 * depth + 2 + Math.min(key.length, longestHangChars)
}

/** Under a longer name there would be little room. */
const longestHangChars = 24
