// The keys over the rows that are about all that are selected: Ctrl+A, and Ctrl+C where several are.

import { isHeld, selectsAll } from '../elements/selectsAll.ts'
import { copyRows } from '../model/copyRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** Whether the key means something here. */
export function pressManyKey(model: TimelineModel, event: KeyboardEvent): boolean {
  if (selectsAll(event)) {
    model.selection.selectAll()
    return true
  }
  const { key, shiftKey, altKey } = event
  return isHeld(event) && key.toLowerCase() === 'c' && !shiftKey && !altKey && copyMany(model)
}

/** On a Mac the key of the menu _Edit_ comes as nothing else. */
export function handleCopy(model: TimelineModel | null, event: ClipboardEvent): void {
  if (model && copyMany(model)) event.preventDefault()
}

/** Copies the rows as a diagram where several are selected and no text is. */
function copyMany(model: TimelineModel): boolean {
  if (model.selection.many.spans === null || getSelection()?.isCollapsed === false) return false
  copyRows(model, 'ascii')
  return true
}
