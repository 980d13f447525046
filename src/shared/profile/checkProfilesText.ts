// Checks that the text of a profiles file can be parsed: by its size and depth, in one pass without recursion.

import { profilesLimits } from '../limits.ts'
import { formatLimit } from '../text/units.ts'

export interface TextProblem {
  /** Where in the text, as JavaScript counts characters. */
  readonly offset: number
  readonly message: string
}

/** A file is too large or of a kind that has no end; the sentence says what to change. */
export const tooLarge = `Make this file smaller: it is read up to ${formatLimit(profilesLimits.fileBytes)}. Bodies and messages can be in files of their own.`
export const noRegularFile =
  'Replace this by a regular file: a device, a pipe or a folder holds no profiles.'

/**
 * Null when the text may be parsed, whether or not it is JSON. Counts at least the levels that `jsonc-parser`
 * goes down in broken text, where a bracket that closes another one closes nothing.
 */
export function checkProfilesText(text: string): TextProblem | null {
  if (text.length > profilesLimits.fileBytes) return { offset: 0, message: tooLarge }
  const open: string[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') at = stringEnd(text, at)
    else if (character === '/') at = commentEnd(text, at)
    else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']')
      if (open.length > profilesLimits.depth) return { offset: at, message: tooDeep }
    } else if (character === open.at(-1)) open.pop()
  }
  return null
}

const tooDeep = `Nest less deeply here: ${profilesLimits.depth} levels of brackets are read. A deeper body can be text in quotes.`

/** The last character of the string that begins there; it ends at the line's end at the latest. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && !/["\r\n]/.test(text.charAt(at))) {
    at += text.charAt(at) === '\\' ? 2 : 1
  }
  return at
}

/** The last character of the comment that begins there; the slash itself where none does. */
function commentEnd(text: string, start: number): number {
  const kind = text.charAt(start + 1)
  if (kind !== '/' && kind !== '*') return start
  const pattern = kind === '/' ? /[\r\n]/g : /\*\//g
  pattern.lastIndex = start + 2
  const end = pattern.exec(text)
  return end === null ? text.length : end.index + end[0].length - 1
}
