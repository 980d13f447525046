// The context that VS Code's own menus know of the place that they open on: `webview/context` asks for it in its `when`s.

/** `timeline`: all that is about none of the others. `plain`: what a box is expected to offer. */
export type MenuSection =
  | 'timeline'
  | 'rows'
  | 'json'
  | 'times'
  | 'heads'
  | 'fold'
  | 'strip'
  | 'plain'

/** The names are shared with those of all extensions. */
export type MenuFacts = Readonly<Record<`lifeline${string}`, string | boolean>>

/** For `data-vscode-context`; what is further in goes before what is around it. */
export function menuContext(section: MenuSection, facts: MenuFacts = {}): string {
  // Without VS Code's Cut and Paste, but in boxes.
  const preventDefaultContextMenuItems = section !== 'plain'
  return JSON.stringify({ webviewSection: section, preventDefaultContextMenuItems, ...facts })
}
