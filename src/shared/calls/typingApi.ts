// The calls about what the user types in a timeline: the host has it in memory, and says what of it may be on the disk.

export interface TypedTexts {
  readonly filterText: string
  /** What stands in the send box. */
  readonly draft: string
  /** Sent messages, oldest first. */
  readonly sent: readonly string[]
}

export interface TypedBefore {
  /** As the page before of this timeline had them; null where nothing was typed. */
  readonly typed: TypedTexts | null
}

export interface TypingApi {
  /**
   * Keeps them for the next page of this timeline. Answers with those that may be kept on the disk: others are empty, or
   * left out.
   */
  keepTyped(texts: TypedTexts): Promise<TypedTexts>
}
