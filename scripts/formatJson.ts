// JSON as Biome formats it: objects over lines, lists of plain values on one line where that fits.

const lineWidth = 100

export function formatJson(value: unknown): string {
  return `${format(value, '', 0)}\n`
}

/** `before` is how far the line has come where the value begins. */
function format(value: unknown, indent: string, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    const isPlain = value.every((item) => typeof item !== 'object' || item === null)
    // A comma may follow.
    if (isPlain && before + line.length < lineWidth) return line
    return block(
      '[',
      ']',
      indent,
      value.map((item) => inner + format(item, inner, inner.length)),
    )
  }
  const entries = Object.entries(value).map(([name, held]) => {
    const start = `${inner}${JSON.stringify(name)}: `
    return start + format(held, inner, start.length)
  })
  return entries.length === 0 ? '{}' : block('{', '}', indent, entries)
}

function block(open: string, close: string, indent: string, lines: readonly string[]): string {
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}
