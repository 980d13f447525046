// The grid that the rows are drawn in, with what stands around it: heads, the way to the newest, the empty sentence.

import { lifelinesOf } from '../../shared/endpoint/lifelines.ts'
import { plainMethod } from '../../shared/endpoint/methods.ts'
import { formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { codicon } from '../elements/codicon.ts'
import { makeElement } from '../elements/makeElement.ts'
import { menuContext } from '../elements/menuContext.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { emptySentence } from './emptySentence.ts'
import { createFieldsHead } from './fieldsHead.ts'
import { createSelectedBar } from './selectedBar.ts'
import { createTapExample } from './tapExample.ts'
import { createTimeHead } from './timeHead.ts'

export interface RowsGrid {
  /** All that is drawn, in order. */
  readonly parts: readonly HTMLElement[]
  /** The element that has the focus and is as high as the visible part of the rows. */
  readonly viewport: HTMLElement
  /** Rows are put into it. */
  readonly layer: HTMLElement
  /** The heads of the lifelines. */
  readonly client: HTMLElement
  readonly server: HTMLElement
  /** Leads to the newest row. */
  readonly jump: HTMLElement
  /**
   * `active`: the id of the selected row's element, or ''. `away`: the newest row is out of view. `names`: those over
   * the columns of shown fields, empty where rows show none.
   */
  paint(model: TimelineModel, active: string, away: boolean, names: string): void
  /** The lifelines end so far below the viewport's top, or for null go on. */
  endLines(endPx: number | null): void
}

export function createRowsGrid(): RowsGrid {
  const heads = makeElement('div', 'heads')
  const client = makeElement('span', 'head client')
  const server = makeElement('span', 'head server')
  const times = createTimeHead()
  const fields = createFieldsHead()
  // Between the heads, where it covers no row.
  const jump = makeElement('button', 'jump')
  jump.type = 'button'
  jump.hidden = true
  const added = makeElement('span', 'added')
  const where = makeElement('span', 'where')
  jump.append(codicon('arrow-down'), where, added)
  heads.dataset.vscodeContext = menuContext('heads')
  const bar = createSelectedBar()
  const between = makeElement('div', 'between-heads')
  between.append(bar.root, jump)
  heads.append(times.root, client, fields.root, between, server, bar.spoken)
  // Each row tells its fields with their names.
  const fieldHeads = makeElement('div', 'field-heads')
  fieldHeads.ariaHidden = 'true'
  fieldHeads.hidden = true
  const lines = makeElement('div', 'lines')
  lines.ariaHidden = 'true'
  const ending = [makeElement('i', 'client'), makeElement('i', 'server')]
  lines.append(...ending)
  const layer = makeElement('div', 'layer')
  layer.setAttribute('role', 'rowgroup')
  const viewport = makeElement('div', 'viewport')
  viewport.setAttribute('role', 'grid')
  viewport.tabIndex = 0
  viewport.ariaLabel = 'Frames'
  viewport.ariaMultiSelectable = 'true'
  viewport.append(lines, layer)
  const empty = makeElement('p', 'empty')
  const example = createTapExample()

  return {
    parts: [heads, fieldHeads, viewport, empty, example.root],
    viewport,
    layer,
    client,
    server,
    jump,
    endLines: (endPx) => {
      for (const one of ending) one.style.height = endPx === null ? '' : `${Math.max(0, endPx)}px`
    },
    paint: (model, active, away, names) => {
      bar.paint(model)
      viewport.classList.toggle('many', model.selection.many.spans !== null)
      fieldHeads.hidden = names === ''
      if (fieldHeads.textContent !== names) fieldHeads.textContent = names
      viewport.ariaRowCount = String(model.shown.total)
      if (active === '') viewport.removeAttribute('aria-activedescendant')
      else viewport.setAttribute('aria-activedescendant', active)
      times.paint(model)
      fields.paint(model)
      const { method = plainMethod } = model.status ?? {}
      const ends = lifelinesOf({ method, url: model.session?.url ?? '' })
      client.textContent = ends.client
      heads.classList.toggle('programs', method === 'tap')
      server.textContent = visibleLine(ends.server)
      jump.hidden = model.shown.follow || model.shown.pausedSeq !== null || !away
      const { newRows } = model.shown
      const over = model.session?.readOnly || model.status?.state === 'ended'
      where.textContent = over ? 'Jump to the end' : 'Jump to newest'
      added.textContent = newRows > 0 ? ` (${formatCount(newRows)} new)` : ''
      jump.ariaLabel = where.textContent + added.textContent
      const count = newRows > 0 ? `, ${formatCount(newRows)} new` : ''
      jump.title = `${over ? 'Show the last row' : 'Follow the newest row'}${count}`
      const sentence = emptySentence(model, model.shown)
      empty.textContent = sentence
      empty.hidden = sentence === ''
      example.paint(model)
    },
  }
}
