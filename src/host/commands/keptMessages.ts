// The messages and requests that a timeline offers to be sent, and those that are put into the profile's file from there.

import type { Offered } from '../../shared/calls/messages.ts'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { sendLimits } from '../../shared/limits.ts'
import { formatProfile } from '../../shared/profile/formatProfile.ts'
import { neutralEndpoint } from '../../shared/profile/neutralEndpoint.ts'
import { appendToFieldText } from '../profiles/entryText.ts'
import type { Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { MessageKeeper } from '../timeline/timelineActions.ts'
import { tell } from '../window/dialogs.ts'
import { askName } from './askName.ts'
import { asInProfile, type KeptSending, keptSending } from './keptSending.ts'
import type { ProfileCommands } from './profileCommands.ts'
import { profileOf } from './profileOf.ts'

type Kept = Exclude<KeptSending, { kind: 'refused' }>

export function createKeptMessages(profiles: Profiles, { save }: ProfileCommands): MessageKeeper {
  /** By session: those that were saved since it began. */
  const added = new WeakMap<HostSession, Offered>()

  function list(session: HostSession): Offered {
    const { messages, requests } = session.endpoint
    const more = added.get(session)
    return {
      messages: [...messages, ...(more?.messages ?? [])],
      requests: [...requests, ...(more?.requests ?? [])],
    }
  }

  function offer(session: HostSession, name: string, kept: Kept, of: number): void {
    const { messages, requests } = added.get(session) ?? { messages: [], requests: [] }
    added.set(
      session,
      kept.kind === 'message'
        ? { requests, messages: [...messages, { name, ...kept.message, of }] }
        : { messages, requests: [...requests, { name, ...kept.request, of }] },
    )
  }

  async function keep(session: HostSession, seq: number): Promise<void> {
    const kept = await readKept(session, seq)
    if (kept.kind === 'refused') {
      tell(`Frame #${seq} was not saved: ${kept.why}.`)
      return
    }
    const field = kept.kind === 'message' ? 'messages' : 'requests'
    const entry = await profileOf(session, profiles)
    const there = entry?.endpoint ?? session.endpoint
    const taken = [...there[field], ...list(session)[field]].map(({ name }) => name)
    const place = 'Saved in the send box'
    const name = await askName(session, { what: kept.kind, place, taken })
    if (name === undefined) return
    const endpoint = withKept(there, name, kept)
    if (!entry) {
      tell('The connection is no profile yet, which would keep it. Save the connection first.', {
        'Save Connection as Profile': async () => save({ ...session, endpoint }),
      })
      return
    }
    const item = itemOf(name, kept)
    const done = await profiles.change(entry, (text, place) =>
      appendToFieldText(text, place, field, item),
    )
    if (!done) return
    offer(session, name, kept, seq)
    tell(`Saved “${name}” in “${entry.name}”.`, { 'Edit Profile': () => profiles.edit(entry) })
  }

  return {
    list,
    async keep(session, seq) {
      await keep(session, seq)
      return list(session)
    },
  }
}

async function readKept(session: HostSession, seq: number): Promise<KeptSending> {
  const api = await session.api
  const related = await api.related(seq)
  if (!related) return { kind: 'refused', why: 'there is no such frame' }
  const { bytes } = await api.payload(seq, 0, 2 * sendLimits.savedBytes)
  return keptSending(related.row.frame, bytes, session)
}

function withKept(endpoint: Endpoint, name: string, kept: Kept): Endpoint {
  return kept.kind === 'message'
    ? { ...endpoint, messages: [...endpoint.messages, { name, ...asInProfile(kept.message) }] }
    : { ...endpoint, requests: [...endpoint.requests, { name, ...asInProfile(kept.request) }] }
}

/** As the profile's own writer has it. */
function itemOf(name: string, kept: Kept): object {
  const endpoint = withKept({ ...neutralEndpoint, method: 'websocket', url: '' }, name, kept)
  const { messages, requests } = formatProfile('', endpoint)
  const [item] = (messages ?? requests) as readonly object[]
  if (item === undefined) throw new Error('What was kept was not written.')
  return item
}
