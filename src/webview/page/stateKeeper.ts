// Hands the page's state to VS Code, which writes it to the disk: without what the user has typed that holds a secret.

import type { TypedTexts, TypingApi } from '../../shared/calls/typingApi.ts'
import type { ViewState } from './viewState.ts'

/** `saved`: what is on the disk already. The host, who knows the secrets, has all texts, and says which may go there. */
export function createStateKeeper(
  saved: ViewState,
  api: Pick<TypingApi, 'keepTyped'>,
  write: (view: ViewState) => void,
): (view: ViewState) => void {
  let latest = saved
  let asked = typedIn(saved)
  let kept = asked

  return (view) => {
    latest = view
    write(keepable(latest, kept))
    const typed = typedIn(view)
    if (isSame(typed, asked)) return
    asked = typed
    api.keepTyped(typed).then(
      (answer) => {
        if (asked !== typed) return
        kept = answer
        write(keepable(latest, kept))
      },
      () => {
        // It is gone, or goes: what was kept stays.
      },
    )
  }
}

function typedIn({ filterText, draft, sent }: ViewState): TypedTexts {
  return { filterText, draft, sent }
}

function keepable(view: ViewState, kept: TypedTexts): ViewState {
  return {
    ...view,
    filterText: view.filterText === kept.filterText ? view.filterText : '',
    draft: view.draft === kept.draft ? view.draft : '',
    sent: view.sent.filter((text) => kept.sent.includes(text)),
  }
}

function isSame(a: TypedTexts, b: TypedTexts): boolean {
  return (
    a.filterText === b.filterText &&
    a.draft === b.draft &&
    a.sent.length === b.sent.length &&
    a.sent.every((text, i) => text === b.sent[i])
  )
}
