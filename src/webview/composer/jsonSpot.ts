// The spot in JSON that is being typed: where the caret stands in it, and which text a completion would replace.

export interface JsonSpot {
  /** Names from the root to the object or list around it; null for an item of a list. For a value its own name, too. */
  readonly path: readonly (string | null)[]
  readonly kind: 'key' | 'value'
  /** What is typed of it, without quotes, and what would be replaced. */
  readonly typed: string
  readonly from: number
  readonly to: number
  /** It begins with a quote. */
  readonly quoted: boolean
  /** Names that the object has before it. */
  readonly keys: readonly string[]
  /** A colon follows already. */
  readonly followed: boolean
}

interface Open {
  readonly list: boolean
  readonly keys: string[]
  key: string | null
  wants: 'key' | 'colon' | 'value' | 'comma'
}

const token = /\s+|"(?:[^"\\\n]|\\.)*(?:"|$)?|[\w.+-]+|[\s\S]/gy

/** What stands behind the caret is looked at only for the end of a word. Null where neither a name nor a value can stand. */
export function jsonSpot(text: string, caret: number): JsonSpot | null {
  const root: Open = { list: true, keys: [], key: null, wants: 'value' }
  const open = [root]
  let begun: { readonly typed: string; readonly from: number; readonly quoted: boolean } | null =
    null
  for (const { 0: found, index } of text.slice(0, caret).matchAll(token)) {
    const isLast = index + found.length === caret
    if (isLast && isBegun(found)) {
      const quoted = found.startsWith('"')
      begun = { typed: quoted ? found.slice(1) : found, from: index, quoted }
    } else take(found, open)
  }
  const inner = open.at(-1) ?? root
  if (open.length === 1 || inner.wants === 'colon' || inner.wants === 'comma') return null
  const { typed, from, quoted } = begun ?? { typed: '', from: caret, quoted: false }
  const to = caret + restOf(text.slice(caret), quoted)
  const kind = inner.wants
  const around = open.slice(1, -1).map(({ list, key }) => (list ? null : key))
  const own = inner.list ? [null] : kind === 'value' ? [inner.key] : []
  const followed = /^\s*:/.test(text.slice(to))
  return { path: [...around, ...own], kind, typed, from, to, quoted, keys: inner.keys, followed }
}

/** A word, or a string that has no end yet. */
function isBegun(found: string): boolean {
  if (found.startsWith('"')) return !/^"(?:[^"\\]|\\.)*"$/.test(found)
  return /^[\w.+-]/.test(found)
}

function take(found: string, open: Open[]): void {
  const inner = open.at(-1)
  if (!inner || /^\s/.test(found)) return
  if (found === '{' || found === '[') {
    const list = found === '['
    open.push({ list, keys: [], key: null, wants: list ? 'value' : 'key' })
  } else if (found === '}' || found === ']') {
    if (open.length > 1) open.pop()
    const outer = open.at(-1)
    if (outer) outer.wants = 'comma'
  } else if (found === ',') inner.wants = inner.list ? 'value' : 'key'
  else if (found === ':') inner.wants = 'value'
  else if (inner.wants === 'key') {
    inner.key = nameOf(found)
    inner.keys.push(inner.key)
    inner.wants = 'colon'
  } else inner.wants = 'comma'
}

function nameOf(source: string): string {
  try {
    return String(JSON.parse(source))
  } catch {
    // Its end or an escape is missing.
    return source.replace(/^"|"$/g, '')
  }
}

/** How much of what follows belongs to the word: up to its quote, unless other JSON stands before that. */
function restOf(after: string, quoted: boolean): number {
  if (!quoted) return /^[\w.+-]*"?/.exec(after)?.[0].replace(/"$/, '').length ?? 0
  // A quote ends the word where JSON goes on behind it; otherwise it begins the next one.
  return /^[^"\\\n:,{}[\]]*"(?=\s*(?:[:,}\]]|$))/.exec(after)?.[0].length ?? 0
}
