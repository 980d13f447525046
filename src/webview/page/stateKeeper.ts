// Hands the page's state to VS Code, which writes it to the disk: without what was typed or picked that holds a secret.

import { keepSome, type TypedTexts, type TypingApi, textsIn } from '../../shared/calls/typingApi.ts'
import type { ViewState } from './viewState.ts'

/** `saved`: what is on the disk already. The host, who knows the secrets, has all texts, and says which may go there. */
export function createStateKeeper(
  saved: ViewState,
  api: Pick<TypingApi, 'keepTyped'>,
  write: (view: ViewState) => void,
): (view: ViewState) => void {
  let latest = saved
  // What an earlier session has left there is judged, too.
  let asked: TypedTexts = keepSome(saved, () => false)
  let kept = textsIn(saved)

  function writeKept(): void {
    write({ ...latest, ...keepSome(latest, (text) => kept.has(text)) })
  }

  return (view) => {
    latest = view
    writeKept()
    if (isSame(view, asked)) return
    asked = view
    const { filterText, draft, sent, show, plots } = view
    api.keepTyped({ filterText, draft, sent, show, plots }).then(
      (answer) => {
        if (asked !== view) return
        kept = textsIn(answer)
        writeKept()
      },
      () => {
        // It is gone, or goes: what was kept stays.
      },
    )
  }
}

/** The page has the lists anew in each of its states. */
function isSame(a: TypedTexts, b: TypedTexts): boolean {
  return (
    a.filterText === b.filterText &&
    a.draft === b.draft &&
    a.sent.length === b.sent.length &&
    a.sent.every((text, i) => text === b.sent[i]) &&
    JSON.stringify([a.show, a.plots]) === JSON.stringify([b.show, b.plots])
  )
}
