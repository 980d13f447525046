// Texts that the user has typed or picked in a timeline, in memory for its next page: VS Code keeps those that may be on
// the disk.

import { keepSome, type TypedTexts, type TypingApi, textsIn } from '../../shared/calls/typingApi.ts'
import { sendLimits } from '../../shared/limits.ts'
import type { HostSession } from '../sessions/hostSession.ts'

type Session = Pick<HostSession, 'isKeepable'>

export interface KeptTexts extends TypingApi {
  /** As they were kept last; null where none were. */
  readonly last: TypedTexts | null
  /** The timeline shows another session from now on, to which its filter does not belong. */
  change(): void
  /** The last word of a page that showed another session: what it typed goes on, but for its filter. */
  keepLate(texts: TypedTexts): void
}

export function createTypedTexts(session: () => Session): KeptTexts {
  let last: TypedTexts | null = null

  function keepLate(texts: TypedTexts): void {
    last = { ...texts, filterText: '' }
  }

  return {
    async keepTyped(texts) {
      last = texts
      const of = session()
      const kept = new Set<string>()
      const judge = async (text: string) => {
        if (await mayBeOnDisk(of, text)) kept.add(text)
      }
      await Promise.all([...textsIn(texts)].map(judge))
      return keepSome(texts, (text) => kept.has(text))
    },
    get last() {
      return last
    },
    change() {
      if (last) keepLate(last)
    },
    keepLate,
  }
}

/** A long text is not searched each time that a key is pressed. */
async function mayBeOnDisk(session: Session, text: string): Promise<boolean> {
  return text === '' || (text.length <= sendLimits.savedBytes && (await session.isKeepable(text)))
}
