// Lets the user choose one of several things.

import { type QuickPickItem, window } from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'

/**
 * A copy of the item that the user chooses, its words visible and cut; undefined after Escape. The question stays
 * while the focus is elsewhere: VS Code gives it back to a webview after the palette has closed, which may be when
 * the question is already there.
 */
export function pick<T extends QuickPickItem>(
  items: readonly T[],
  question: string,
  options: { readonly title?: string; readonly matchOnDetail?: boolean } = {},
): Thenable<T | undefined> {
  return window.showQuickPick(items.map(visibleItem), {
    ...options,
    placeHolder: question,
    ignoreFocusOut: true,
  })
}

/** A copy whose words come from a file, a capture or a URL, and are safe to show. */
export function visibleItem<T extends QuickPickItem>(item: T): T {
  const { label, description, detail } = item
  return {
    ...item,
    label: visibleLine(label),
    ...(description !== undefined && { description: visibleLine(description) }),
    ...(detail !== undefined && { detail: visibleLine(detail) }),
  }
}
