// Text for VS Code's notifications and input boxes, which make links of what looks like one.

/**
 * In them `[text](command:…)` runs any command when it is clicked; a profile's name, a URL or a server's
 * words could hold one. With a space it is text.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (')
}
