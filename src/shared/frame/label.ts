// A label: the words of a row in parts, so that what matters less can be drawn paler.

export interface LabelPart {
  readonly text: string
  /** A name, or what all rows of its kind have in common. */
  readonly quiet?: true
  /** What comes behind it stands in a column: it is as wide as `columnsOf` says, whatever its font. */
  readonly fixed?: true
}

/** In order; the spaces between them are theirs. */
export type Label = readonly LabelPart[]

export function labelText(label: Label): string {
  return label.map(({ text }) => text).join('')
}

/** At most so many characters, the last of them `…` where something was cut. */
export function cutLabel(label: Label, chars: number): Label {
  let room = chars
  const parts: LabelPart[] = []
  for (const part of label) {
    if (part.text.length > room) {
      // Pairs stay whole.
      const text = part.text.slice(0, Math.max(0, room - 1)).replace(/[\ud800-\udbff]$/, '')
      return [...parts, { ...part, text: `${text}…` }]
    }
    parts.push(part)
    room -= part.text.length
  }
  return parts
}
