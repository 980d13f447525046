// The commands about saved profiles: connect one, save one, edit them.

import { type QuickPickItem, window, workspace } from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { checkProfileName } from '../../shared/profile/profiles.ts'
import { implicitNamesIn, nameSecretAfter } from '../../shared/secrets/nameSecretsAfter.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import type { ProfileEntry, ProfileReference, Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession, Origin } from '../sessions/hostSession.ts'
import { captureVariableScope, isOfProfile } from '../variables/captureVariableScope.ts'
import { peersOf } from '../variables/peers.ts'
import type { Secrets } from '../variables/secrets.ts'
import { secretOwnerOf, type VariableScope } from '../variables/windowVariables.ts'
import { pick, tell, tellProblem } from '../window/dialogs.ts'

/** `item` is what a command was called with: a profile's entry, a reference to one, or nothing. */
export interface ProfileCommands {
  /** The profile that is meant, asked for where the item does not say. */
  choose(item: unknown): Promise<Origin | undefined>
  /** Asks for a name and adds the session's endpoint to a profiles file. */
  save(session: HostSession): Promise<void>
  edit(item: unknown): Promise<void>
  forgetSecret(): Promise<void>
}

export function createProfileCommands(profiles: Profiles, secrets: Secrets): ProfileCommands {
  async function pickProfile(): Promise<ProfileEntry | undefined> {
    const entries = profiles.list()
    if (entries.length === 0) {
      tell('There are no saved profiles. Connect to an endpoint and save it, or write one.', {
        'Edit Profiles': () => profiles.edit(),
      })
      return undefined
    }
    const picks = entries.map((entry) => ({ ...pickItem(entry), entry }))
    const question = 'Which profile should be connected?'
    return (await pick(picks, question, { matchOnDetail: true }))?.entry
  }

  /** So that the user is not asked again for what they gave for the same server. */
  async function shareSecrets(session: HostSession, entry: ProfileEntry): Promise<void> {
    const { secretOwner } = await scopeOf(session.origin, profiles)
    if (secretOwner === undefined) return
    for (const name of implicitNamesIn(session.endpoint)) {
      const as = nameSecretAfter(entry.name, name)
      await secrets.share(secretOwner, name, secretOwnerOf({ folder: entry.folder }), as)
    }
  }

  return {
    async choose(item) {
      await profiles.ready
      const reference = referenceIn(item)
      const entry = reference ? profiles.find(reference) : await pickProfile()
      if (!entry) {
        if (reference) tellProblem(`There is no profile “${reference.name}” any more.`)
        return undefined
      }
      const { name, endpoint, folder, inputs, trusted, problems } = entry
      if (endpoint) return { name, endpoint, scope: { folder, inputs, trusted } }
      const [problem] = problems
      tellProblem(`“${name}” cannot be connected. ${problem?.message ?? ''}`.trim(), {
        'Edit Profile': () => profiles.edit(entry),
      })
      return undefined
    },
    async save(session) {
      await profiles.ready
      const others = profiles.list().map(({ name }) => name)
      const name = await window.showInputBox({
        title: 'Save connection as profile',
        prompt: 'Name of the profile',
        ignoreFocusOut: true,
        value: others.includes(session.name) ? '' : session.name,
        validateInput: (typed) => checkProfileName(typed, others),
      })
      if (name === undefined) return
      // As it is recorded: a password in its URL has become a reference, so no file holds it.
      const entry = await profiles.add(name.trim(), session.endpoint)
      if (!entry) return
      await shareSecrets(session, entry)
      tell(`Saved “${entry.name}”.`, { 'Edit Profile': () => profiles.edit(entry) })
    },
    async edit(item) {
      await profiles.ready
      await profiles.edit(referenceIn(item))
    },
    forgetSecret: () => secrets.forget(),
  }
}

/** The variables that apply: those that the origin names, or those of the profile that made the capture. */
export async function scopeOf(
  { name, endpoint, scope, fromCapture }: Origin,
  profiles: Profiles,
): Promise<VariableScope> {
  if (scope) return scope
  await profiles.ready
  const entry = profiles.find({ name })
  if (entry?.endpoint && isOfProfile(entry.endpoint, endpoint)) {
    const { folder, inputs, trusted } = entry
    return { folder, inputs, trusted, peers: peersOf(entry.endpoint) }
  }
  return fromCapture ? captureVariableScope(endpoint, workspace.isTrusted) : {}
}

function pickItem(entry: ProfileEntry): QuickPickItem {
  const { name, endpoint, folder, problems } = entry
  const from = folder?.name ?? 'your own'
  if (!endpoint) {
    return { label: `$(error) ${name}`, description: from, detail: problems[0]?.message ?? '' }
  }
  return {
    label: name,
    description: `${methods[endpoint.method].label} · ${from}`,
    detail: withoutPassword(endpoint.url),
  }
}

function referenceIn(item: unknown): ProfileReference | undefined {
  if (typeof item !== 'object' || item === null || !('name' in item)) return undefined
  if (typeof item.name !== 'string') return undefined
  const uri = 'uri' in item ? item.uri : undefined
  return uri === undefined ? { name: item.name } : { name: item.name, uri: String(uri) }
}
