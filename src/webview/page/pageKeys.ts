// The keys of the page as a whole: find, the next region, close the detail.

/** A part of the page that F6 leads to; `element` is null while it is not there. */
export interface Region {
  readonly element: Element | null
  readonly focus: () => void
}

export interface PageKeysOptions {
  readonly find: () => void
  /** False where there is no detail to close. */
  readonly closeDetail: () => boolean
  /** In the order of F6. */
  readonly regions: () => readonly Region[]
}

/** For the document's `keydown`. */
export function createPageKeys(options: PageKeysOptions): (event: KeyboardEvent) => void {
  /** Whether the key was for the page. */
  function handle({ key, target, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    if ((key === 'f' && (ctrlKey || metaKey)) || (key === '/' && !typing)) {
      options.find()
      return true
    }
    if (key === 'F6') return goToRegion(shiftKey ? -1 : 1)
    return key === 'Escape' && !typing && options.closeDetail()
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
