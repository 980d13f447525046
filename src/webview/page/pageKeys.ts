// The keys of the page as a whole: find, filter, the next region, close one thing, select all of a text box.

import type { TimelineAction } from '../../shared/calls/messages.ts'
import { selectsAll } from '../elements/selectsAll.ts'
import type { PageActions } from './pageActions.ts'

/** A part of the page that F6 leads to; `element` is null while it is not there. */
export interface Region {
  readonly element: Element | null
  readonly focus: () => void
}

export interface PageKeysOptions {
  readonly actions: PageActions
  /** Closes what Escape closes; false where nothing is open. */
  readonly closeOne: () => boolean
  /** In the order of F6. */
  readonly regions: () => readonly Region[]
}

/** For the document's `keydown`. */
export function createPageKeys(options: PageKeysOptions): (event: KeyboardEvent) => void {
  /** Whether the key was for the page. */
  function handle(event: KeyboardEvent): boolean {
    const { key, target, shiftKey } = event
    const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    // VS Code would do it once more a moment later, and the letters typed meanwhile would be replaced by the next one.
    if (typing && selectsAll(event)) {
      target.select()
      return true
    }
    const action = actionOf(event, typing)
    if (action !== null) {
      options.actions[action]()
      return true
    }
    if (key === 'F6') return goToRegion(shiftKey ? -1 : 1)
    return key === 'Escape' && !typing && options.closeOne()
  }

  /** False beyond the first and the last region: there VS Code's own F6 leads on. */
  function goToRegion(step: 1 | -1): boolean {
    const there = options.regions().filter(({ element }) => element !== null)
    const at = there.findIndex(({ element }) => element?.contains(document.activeElement))
    const next = there[at < 0 && step < 0 ? there.length - 1 : at + step]
    next?.focus()
    return next !== undefined
  }

  return (event) => {
    if (!handle(event)) return
    // VS Code listens on the window: what was done here must not be done there as well.
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Alone, and with Shift. */
const stepKeys: ReadonlyMap<string, readonly [TimelineAction, TimelineAction]> = new Map([
  ['F3', ['find-next', 'find-previous']],
  ['F7', ['next-gap', 'previous-gap']],
  ['F8', ['next-error', 'previous-error']],
  ['F12', ['go-to-pair', 'go-to-pair']],
])

/** With Ctrl and Alt, on a Mac as well: there Command and Alt with them are other acts. */
const heldKeys: ReadonlyMap<string, TimelineAction> = new Map([
  ['KeyK', 'bookmark'],
  ['KeyL', 'next-bookmark'],
  ['KeyJ', 'previous-bookmark'],
])

/** The act that the key stands for wherever the focus is. */
function actionOf(event: KeyboardEvent, typing: boolean): TimelineAction | null {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event
  if (key === '/' && !typing) return 'filter'
  const step = ctrlKey || metaKey || altKey ? undefined : stepKeys.get(key)
  if (step !== undefined) return step[shiftKey ? 1 : 0]
  if (!(ctrlKey || metaKey)) return null
  // AltGr is Ctrl and Alt on Windows, and types letters.
  if (event.getModifierState('AltGraph')) return null
  // VS Code leaves every key with C to the browser that it runs in.
  if (code === 'KeyC' && shiftKey !== altKey) return shiftKey ? 'copy' : 'copy-diagram'
  if (shiftKey) return null
  // By its place: with Alt a Mac types another letter.
  if (altKey && code === 'KeyF') return 'filter'
  if (altKey) return ctrlKey ? (heldKeys.get(code) ?? null) : null
  return key === 'f' ? 'find' : key === 'g' && ctrlKey ? 'go-to' : null
}
