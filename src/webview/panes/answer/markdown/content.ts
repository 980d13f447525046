// The words of a block: its lines without what stands before them, joined, with the place of each in the source.

/** A part of the source. */
export interface Piece {
  readonly from: number
  readonly to: number
}

export interface Content {
  readonly text: string
  /** For each piece, where it begins in the text, and in the source. */
  readonly starts: readonly { readonly at: number; readonly from: number }[]
}

/** White space at either end is left out. */
export function joinPieces(source: string, pieces: readonly Piece[]): Content {
  const starts: { at: number; from: number }[] = []
  const parts: string[] = []
  let at = 0
  for (const { from, to } of trimPieces(source, pieces)) {
    starts.push({ at, from })
    parts.push(source.slice(from, to))
    at += to - from
  }
  return { text: parts.join(''), starts }
}

function trimPieces(source: string, pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map(({ from, to }, index) => {
    const text = source.slice(from, to)
    const before = index === 0 ? text.length - text.trimStart().length : 0
    const behind = index === pieces.length - 1 ? text.length - text.trimEnd().length : 0
    return { from: from + before, to: Math.max(from + before, to - behind) }
  })
}
