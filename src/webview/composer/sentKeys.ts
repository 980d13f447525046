// The arrow keys that lead through the sent messages.

import type { SentHistory } from './sentHistory.ts'

/**
 * Lets an arrow key on the first or last line put another message into the box. Returns its text, or null where
 * the key moves the caret as usual.
 */
export function showSent(
  event: KeyboardEvent,
  box: HTMLTextAreaElement,
  history: SentHistory,
): string | null {
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return null
  const older = event.key === 'ArrowUp' && isOnFirstLine(box)
  const newer = event.key === 'ArrowDown' && isOnLastLine(box)
  if (!older && !newer) return null
  const text = older ? history.older(box.value) : history.newer()
  if (text === null) return null
  event.preventDefault()
  box.value = text
  // The caret goes where the next press of the same key leads on through the history.
  const caret = older ? 0 : text.length
  box.setSelectionRange(caret, caret)
  return text
}

function isOnFirstLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(0, box.selectionStart).includes('\n')
}

function isOnLastLine(box: HTMLTextAreaElement): boolean {
  return !box.value.slice(box.selectionEnd).includes('\n')
}
