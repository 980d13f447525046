// The key that selects all.

/** Ctrl+A, on a Mac ⌘A. */
export function selectsAll(event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event
  return isHeld(event) && key.toLowerCase() === 'a' && !shiftKey && !altKey
}

/** Whether the key that goes with letters and clicks is held: Ctrl, on a Mac ⌘, where Ctrl has other meanings. */
export function isHeld({ ctrlKey, metaKey }: Pick<MouseEvent, 'ctrlKey' | 'metaKey'>): boolean {
  return navigator.platform.startsWith('Mac') ? metaKey && !ctrlKey : ctrlKey && !metaKey
}
