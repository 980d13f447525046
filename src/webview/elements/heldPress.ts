// Keys of the page on a button: Ctrl+Shift+Space pauses, and does not press what has the focus as well.

/** Buttons of `root` take Enter and Space alone, or with Shift; Ctrl+Enter they keep, with which forms are sent. */
export function keepHeldKeysFromButtons(root: Document): void {
  let pressed: EventTarget | null = null
  root.addEventListener(
    'keydown',
    (event) => {
      pressed = isMeantElsewhere(event) ? event.target : null
      // A native button would take it when the key comes up.
      if (pressed !== null) event.preventDefault()
    },
    true,
  )
  // Those of vscode-elements ask for no modifier, and click themselves.
  root.addEventListener(
    'click',
    (event) => {
      if (pressed !== null && event.target === pressed && !event.isTrusted)
        event.stopImmediatePropagation()
    },
    true,
  )
  root.addEventListener('keyup', () => {
    pressed = null
  })
}

function isMeantElsewhere(event: KeyboardEvent): boolean {
  const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event
  if (!(target instanceof Element) || !target.matches('button, vscode-button')) return false
  const held = ctrlKey || metaKey
  return key === ' ' ? held || altKey : key === 'Enter' && (altKey || (held && shiftKey))
}
