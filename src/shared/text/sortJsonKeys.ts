// JSON with the names of each object in order, so that two texts can be compared line by line.

/** A peer decides how deep brackets go, and each level is a call here. */
const maxDepth = 500

/** Every token stays as it was written; a name that stands twice keeps its order. The text itself where it is nested deeper. */
export function sortJsonKeys(json: string): string {
  let at = 0
  token.lastIndex = 0
  try {
    return value(0)
  } catch (error) {
    if (error instanceof RangeError) return json
    throw error
  }

  function next(): string {
    token.lastIndex = at
    const [found = '', word = ''] = token.exec(json) ?? []
    at += found.length
    return word
  }

  function value(depth: number): string {
    if (depth > maxDepth) throw new RangeError('nested too deeply')
    const word = next()
    if (word === '{') return object(depth)
    return word === '[' ? list(depth) : word
  }

  function object(depth: number): string {
    const entries: { readonly key: string; readonly text: string }[] = []
    for (let word = next(); word !== '}' && word !== ''; word = next()) {
      if (word === ',') continue
      // The colon.
      next()
      entries.push({ key: word, text: `${word}:${value(depth + 1)}` })
    }
    entries.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    return `{${entries.map(({ text }) => text).join(',')}}`
  }

  function list(depth: number): string {
    const items: string[] = []
    for (;;) {
      const before = at
      const word = next()
      if (word === ']' || word === '') return `[${items.join(',')}]`
      if (word === ',') continue
      at = before
      items.push(value(depth + 1))
    }
  }
}

const token = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|$)/y
