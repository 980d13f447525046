// Every character that does something to a drawn text, is not drawn, or means nothing alone.

/** C0 and C1 controls, separators of lines, halves of pairs, marks of annotations, and what Unicode lets a font ignore. */
export const unseenCharacters: readonly string[] = Array.from({ length: 0x110000 }, (_, code) =>
  String.fromCodePoint(code),
).filter((character) =>
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u.test(character),
)
