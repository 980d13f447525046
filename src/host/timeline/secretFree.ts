// Keeps texts that a page has made of several sessions free of what any of them knows as a secret.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { HostSession } from '../sessions/hostSession.ts'

type Knowing = { readonly api: Promise<Pick<Awaited<HostSession['api']>, 'holdsSecret'>> }

/** Frames and names hold none; what the user has typed for the text may. Rejects with `text-refused`. */
export async function checkSecretFree(sessions: readonly Knowing[], text: string): Promise<void> {
  const verdicts = await Promise.all(sessions.map((session) => holdsSecret(session, text)))
  if (verdicts.includes(true)) throw new RpcError('text-refused', refused)
}

/** Nobody can tell once the session's thread has died. */
async function holdsSecret({ api }: Knowing, text: string): Promise<boolean> {
  try {
    return await (await api).holdsSecret(text)
  } catch {
    return true
  }
}

const refused =
  'Nothing was copied or saved: the text holds a secret of a session. Correct what you typed for an item and its time.'
