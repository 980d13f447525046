// Makes whole JSON of the beginning of a JSON text: what is not complete at its end is left out.

import { jsonStringEnd } from './jsonStringEnd.ts'

/** Null where nothing in it is complete. Whether the rest is JSON is not looked at. */
export function closeJson(start: string): string | null {
  let open = ''
  let end = 0
  let closers = ''
  const keep = (until: number) => {
    end = until
    closers = open
  }
  for (let at = 0; at < start.length; at++) {
    const char = start[at]
    if (char === '"') {
      at = jsonStringEnd(start, at)
    } else if (char === '{' || char === '[') {
      open = `${char === '{' ? '}' : ']'}${open}`
      if (open.length > maxDepth) break
      keep(at + 1)
    } else if (char === '}' || char === ']') {
      open = open.slice(1)
      keep(at + 1)
    } else if (char === ',') keep(at)
  }
  return end === 0 ? null : start.slice(0, end) + closers
}

/** What is deeper is left out. */
const maxDepth = 200
