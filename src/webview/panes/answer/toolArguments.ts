// The arguments of a tool call, JSON that may still grow, in lines: each value on its own where it is long.

import type { Run } from './markdown/block.ts'

/** On one line where they are no longer. */
const shortChars = 60
/** What follows so many lines stands in the last one: each is an element of the page. */
export const mostLines = 2000
/** Deeper lines stand no further in. */
const mostIndent = 12
/** An empty list or object with more white space in it is one like others. */
const emptyChars = 16

/** A line: how far in it stands, and its text with its place in the source. */
export interface ArgumentLine {
  readonly indent: number
  readonly run: Pick<Run, 'text' | 'at'>
}

/** All characters of `json` in order, white space between values left out where lines break. Never throws. */
export function layOutArguments(json: string, most: number = mostLines): readonly ArgumentLine[] {
  if (json.length <= shortChars && !json.includes('\n')) return [line(0, json, 0, json.length)]
  const lines: ArgumentLine[] = []
  let [depth, from, isString] = [0, 0, false]
  const end = (to: number, next: number) => {
    const text = json.slice(from, to)
    const [before, behind] = [text.length - text.trimStart().length, text.trimEnd().length]
    if (before < behind) lines.push(line(depth, json, from + before, from + behind))
    from = to
    depth = Math.max(0, next)
  }
  for (let at = 0; at < json.length && lines.length < most; at++) {
    const letter = json.charAt(at)
    if (isString) {
      if (letter === '\\') at++
      else if (letter === '"') isString = false
    } else if (letter === '"') isString = true
    else if (letter === '{' || letter === '[') {
      const empty = /^(?:\{\s*\}|\[\s*\])/.exec(json.slice(at, at + emptyChars))?.[0]
      // What is empty stays whole.
      if (empty === undefined) end(at + 1, depth + 1)
      else at += empty.length - 1
    } else if (letter === '}' || letter === ']') end(at, depth - 1)
    else if (letter === ',') end(at + 1, depth)
  }
  end(json.length, depth)
  return lines
}

function line(depth: number, json: string, from: number, to: number): ArgumentLine {
  return { indent: Math.min(depth, mostIndent), run: { text: json.slice(from, to), at: from } }
}
