// Lays out JSON on many lines without changing a token.

import { jsonStringEnd } from './jsonStringEnd.ts'

/** VS Code hands no document of more than 50 MB to extensions; a peer decides how deep its brackets go. */
const documentChars = 48_000_000
const tabSize = 2

/**
 * Sets out the lines and leaves every token as it is: numbers keep all their digits. The text itself where it
 * has lines already, or would become longer than `maxChars`. `json` must be JSON.
 */
export function layOutJson(json: string, maxChars = documentChars): string {
  if (json.includes('\n')) return json
  const parts: string[] = []
  let chars = 0
  let depth = 0
  const write = (text: string) => {
    parts.push(text)
    chars += text.length
  }
  const newLine = () => write(`\n${' '.repeat(tabSize * depth)}`)
  for (let at = spaceEnd(json, 0); at < json.length && chars <= maxChars; ) {
    const end = tokenEnd(json, at)
    const token = json.slice(at, end)
    const closes = isClosing(token)
    at = spaceEnd(json, end)
    if (closes) {
      depth--
      newLine()
    }
    write(token === ':' ? ': ' : token)
    if (token === ',') newLine()
    if (token !== '{' && token !== '[') continue
    if (isClosing(json[at])) {
      // Nothing stands between the brackets of what is empty.
      write(json.slice(at, at + 1))
      at = spaceEnd(json, at + 1)
    } else {
      depth++
      newLine()
    }
  }
  return chars > maxChars ? json : parts.join('')
}

function isClosing(token: string | undefined): boolean {
  return token === '}' || token === ']'
}

const space = /\s*/y
const word = /[^\s{}[\],:"]+/y

function spaceEnd(text: string, at: number): number {
  space.lastIndex = at
  space.test(text)
  return space.lastIndex
}

function tokenEnd(text: string, at: number): number {
  if (text[at] === '"') return Math.min(jsonStringEnd(text, at) + 1, text.length)
  word.lastIndex = at
  return word.test(text) ? word.lastIndex : at + 1
}
