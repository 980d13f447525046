// The heads over the merged list: what times count from, the names of the columns, copying, and the way to the newest.

import { formatCount } from '../../../shared/text/units.ts'
import { codicon } from '../../elements/codicon.ts'
import { makeElement } from '../../elements/makeElement.ts'
import { openMenu } from '../../elements/menu.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { createTimeHead } from '../../rows/timeHead.ts'
import { type CopyFormat, copyFormats } from './mergedText.ts'

export interface HeadsState {
  /** Of the lane with the keyboard. */
  readonly model: TimelineModel
  /** Rows that are selected where they are several; or else 0. */
  readonly selected: number
  /** The newest row is out of view. */
  readonly isAway: boolean
  /** Nothing will come any more. */
  readonly isOver: boolean
  readonly newRows: number
}

export interface MergedHeads {
  readonly root: HTMLElement
  paint(state: HeadsState): void
}

export interface HeadsActs {
  copy(format: CopyFormat): void
  jump(): void
}

export function createMergedHeads({ copy, jump }: HeadsActs): MergedHeads {
  const root = makeElement('div', 'merged-heads')
  const times = createTimeHead()
  const session = makeElement('span', 'sessions')
  session.textContent = 'Session'
  const frames = makeElement('span', 'frames')
  frames.textContent = 'Frame'
  const copying = makeElement('button', 'tool copy-merged')
  copying.type = 'button'
  copying.ariaHasPopup = 'menu'
  const word = makeElement('span', 'word')
  copying.append(codicon('copy'), word, codicon('chevron-down'))
  copying.addEventListener('click', () =>
    openMenu(
      copying,
      copyFormats.map(({ format, label }) => ({ label, run: () => copy(format) })),
    ),
  )
  const jumping = makeElement('button', 'jump')
  jumping.type = 'button'
  jumping.addEventListener('click', jump)
  const spoken = makeElement('span', 'sr')
  spoken.role = 'status'
  root.append(times.root, session, frames, jumping, copying, spoken)

  return {
    root,
    paint({ model, selected, isAway, isOver, newRows }) {
      times.paint(model)
      const rows = `${formatCount(selected)} rows`
      setText(word, selected > 0 ? `Copy ${rows}` : 'Copy all')
      copying.title = selected > 0 ? 'Copy the selected rows' : 'Copy all rows'
      setText(spoken, selected > 0 ? `${rows} selected` : '')
      jumping.hidden = !isAway
      const added = newRows > 0 ? ` (${formatCount(newRows)} new)` : ''
      setText(jumping, `${isOver ? 'Jump to the end' : 'Jump to newest'}${added}`)
      jumping.title = isOver ? 'Show the last row' : 'Follow the newest row'
    },
  }
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text
}
