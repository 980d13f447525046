// A table in Markdown, padded as Biome does it.

/** The first row is the head. Ends with a line break. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...rows].map(line).join('')
}

/** The text with this in place of the first table below the heading, or at the end of what stands below it. */
export function withTable(text: string, heading: string, table: string): string {
  const place = new RegExp(`(^${heading}\\n(?:(?!#|\\|).*\\n)*)(?:\\|.*\\n)*`, 'm')
  if (!place.test(text)) throw new Error(`nothing has the heading ${heading}`)
  return text.replace(place, (_whole, before: string) => before + table)
}
