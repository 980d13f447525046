// Names with a star for anything: `/api/*`.

/** `pieces`: what stands between the stars, in order; a single one is the whole text. Letter case counts. Linear in the text. */
export function isNamed(pieces: readonly string[], text: string): boolean {
  const [first = '', ...others] = pieces
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  // The first place of each piece is as good as any later one.
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - at >= last.length && text.endsWith(last)
}
