// Lets the user choose one of several things.

import { type QuickPickItem, window } from 'vscode'

/**
 * The item that the user chooses; undefined after Escape. Stays while the focus is elsewhere: VS Code gives
 * it back to a webview after the palette has closed, which may be when the question is already there.
 */
export function pick<T extends QuickPickItem>(
  items: readonly T[],
  question: string,
  options: { readonly title?: string; readonly matchOnDetail?: boolean } = {},
): Thenable<T | undefined> {
  return window.showQuickPick(items, { ...options, placeHolder: question, ignoreFocusOut: true })
}
