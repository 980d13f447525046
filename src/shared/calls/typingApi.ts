// The calls about the texts of a timeline that may hold a secret: the host has them in memory, and says what of them may
// be on the disk.

import type { ValuePlace } from '../session/values.ts'

/** What the user has typed, and the names in payloads that he has picked. */
export interface TypedTexts {
  readonly filterText: string
  /** What stands in the send box. */
  readonly draft: string
  /** Sent messages, oldest first. */
  readonly sent: readonly string[]
  /** The fields that rows show, as paths into JSON; null where the user has chosen none. */
  readonly show: readonly string[] | null
  /** The numbers that are drawn over time. */
  readonly plots: readonly ValuePlace[]
}

export interface TypedBefore {
  /** As the page before of this timeline had them; null where it has told none. */
  readonly typed: TypedTexts | null
}

export interface TypingApi {
  /**
   * Keeps them for the next page of this timeline. Answers with those that may be kept on the disk: others are empty, or
   * left out.
   */
  keepTyped(texts: TypedTexts): Promise<TypedTexts>
}

/** What is left of them where only some texts may be kept: the one place that says where such texts stand. */
export function keepSome(
  { filterText, draft, sent, show, plots }: TypedTexts,
  isKept: (text: string) => boolean,
): TypedTexts {
  return {
    filterText: isKept(filterText) ? filterText : '',
    draft: isKept(draft) ? draft : '',
    sent: sent.filter(isKept),
    show: show?.filter(isKept) ?? null,
    plots: plots.filter(({ path, type }) => isKept(path) && (type === null || isKept(type))),
  }
}

/** All of them, each once. */
export function textsIn(texts: TypedTexts): ReadonlySet<string> {
  const found = new Set<string>()
  keepSome(texts, (text) => {
    found.add(text)
    return true
  })
  return found
}
