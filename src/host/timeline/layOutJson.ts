// Lays out JSON on many lines without changing a token.

import { format } from 'jsonc-parser'

/** VS Code gives no highlighting to larger documents, and setting out their lines takes long. */
const maxChars = 2_000_000
/** Spaces before the lines: a peer decides how deep its brackets go, and each level indents all inside. */
const maxIndent = 8_000_000
const tabSize = 2

/**
 * Sets out the lines and leaves every token as it is: numbers keep all their digits. The text itself where it
 * has lines already, or would become too long.
 */
export function layOutJson(json: string): string {
  if (json.length > maxChars || json.includes('\n') || indentOf(json) > maxIndent) return json
  const edits = format(json, undefined, { tabSize, insertSpaces: true, eol: '\n' })
  const parts: string[] = []
  let end = 0
  for (const { offset, length, content } of edits) {
    parts.push(json.slice(end, offset), content)
    end = offset + length
  }
  return parts.join('') + json.slice(end)
}

/** The spaces that all lines together get. */
function indentOf(json: string): number {
  let depth = 0
  let indent = 0
  for (const [token] of json.matchAll(/"(?:\\.|[^"\\])*"|[[\]{},]/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (token.length === 1) indent += depth * tabSize
  }
  return indent
}
