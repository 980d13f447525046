// Texts that the user has typed in a timeline, in memory for its next page: VS Code keeps those that may be on the disk.

import type { TypedTexts, TypingApi } from '../../shared/calls/typingApi.ts'
import { sendLimits } from '../../shared/limits.ts'
import type { HostSession } from '../sessions/hostSession.ts'

type Session = Pick<HostSession, 'isKeepable'>

export interface KeptTexts extends TypingApi {
  /** As they were kept last; null where none were. */
  readonly last: TypedTexts | null
  /** The timeline shows another session from now on, to which its filter does not belong. */
  change(): void
}

export function createTypedTexts(session: () => Session): KeptTexts {
  let last: TypedTexts | null = null
  return {
    async keepTyped(texts) {
      last = texts
      const of = session()
      const verdicts = await Promise.all(texts.sent.map((text) => mayBeOnDisk(of, text)))
      return {
        filterText: (await mayBeOnDisk(of, texts.filterText)) ? texts.filterText : '',
        draft: (await mayBeOnDisk(of, texts.draft)) ? texts.draft : '',
        sent: texts.sent.filter((_, i) => verdicts[i]),
      }
    },
    get last() {
      return last
    },
    change() {
      last &&= { ...last, filterText: '' }
    },
  }
}

/** A long text is not searched each time that a key is pressed. */
async function mayBeOnDisk(session: Session, text: string): Promise<boolean> {
  return text === '' || (text.length <= sendLimits.savedBytes && (await session.isKeepable(text)))
}
