// Every character that does something to a drawn text, is not drawn, or means nothing alone.

const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u

let found: readonly string[] | undefined

/**
 * C0 and C1 controls, separators of lines, halves of pairs, marks of annotations, and what Unicode lets a font ignore.
 * All of Unicode is looked through when they are first asked for: a quarter of a second that not every page has to spend.
 */
export function unseenCharacters(): readonly string[] {
  found ??= Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter(
    (character) => unseen.test(character),
  )
  return found
}
