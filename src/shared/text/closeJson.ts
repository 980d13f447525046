// Makes whole JSON of the beginning of a JSON text: what is not complete at its end is left out.

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
      at = stringEnd(start, at)
      if (at < 0) break
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

/** The offset of the quote that ends the string; -1 where it has none. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return at
    if (text[at] === '\\') at++
  }
  return -1
}
