// Messages made safe for VS Code's notifications, which turn Markdown links into commands.

import { visibleLine } from '../../shared/text/visibleText.ts'

/**
 * In them `[text](command:…)` runs any command when it is clicked; a profile's name, a URL or a server's
 * words could hold one. With a space it is text. Each line is visible and cut.
 */
export function plainMessage(text: string): string {
  return text
    .split('\n')
    .map((line) => visibleLine(line))
    .join('\n')
    .replaceAll('](', '] (')
}
