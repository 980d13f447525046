// The commands about saved profiles: connect one, save one, edit them.

import { env, type QuickPickItem, window, workspace } from 'vscode'
import { formatCurl } from '../../shared/endpoint/formatCurl.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { togetherLimits } from '../../shared/limits.ts'
import { checkProfileName } from '../../shared/profile/profiles.ts'
import { implicitNamesIn, nameSecretAfter } from '../../shared/secrets/nameSecretsAfter.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import { type GivenHeader, headerName } from '../connect/givenHeader.ts'
import { changeEntryText, type EntryChange } from '../profiles/entryText.ts'
import type { ProfileEntry, ProfileReference, Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession, Origin } from '../sessions/hostSession.ts'
import { captureVariableScope, isCapturedFrom } from '../variables/captureVariableScope.ts'
import { peersOf } from '../variables/peers.ts'
import type { Secrets } from '../variables/secrets.ts'
import { secretOwnerOf, type VariableScope } from '../variables/windowVariables.ts'
import { pick, pickSeveral, tell, tellProblem } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'

/** `item` is what a command was called with: a profile's entry, a reference to one, or nothing. */
export interface ProfileCommands {
  /** The profile that is meant, asked for where the item does not say. */
  choose(item: unknown): Promise<Origin | undefined>
  /** Those that are meant where there are two at least, or that the user ticks; empty after Escape. */
  chooseSeveral(items: readonly unknown[]): Promise<readonly Origin[]>
  /** Asks for a name and adds the session's endpoint to a profiles file. */
  save(session: HostSession): Promise<void>
  edit(item: unknown): Promise<void>
  /** Asks for the copy's name, and shows the copy in its file. */
  duplicate(item: unknown): Promise<void>
  /** Puts a header that was given to a session of a profile into the profile's entry. */
  addHeader(origin: Origin, given: GivenHeader): Promise<void>
  /** Asks before it takes the profile out of its file, and offers to bring it back. */
  remove(item: unknown): Promise<void>
  /** Puts the command on the clipboard; shell variables stand where secrets do. */
  copyCurl(item: unknown): Promise<void>
  forgetSecret(): Promise<void>
}

export function createProfileCommands(profiles: Profiles, secrets: Secrets): ProfileCommands {
  function listed(): readonly (QuickPickItem & { readonly entry: ProfileEntry })[] {
    const entries = profiles.list()
    if (entries.length === 0) {
      tell('There are no saved profiles. Connect to an endpoint and save it, or write one.', {
        'Edit Profiles': () => profiles.edit(),
      })
    }
    return entries.map((entry) => ({ ...pickItem(entry), entry }))
  }

  async function pickProfile(question: string): Promise<ProfileEntry | undefined> {
    const picks = listed()
    if (picks.length === 0) return undefined
    return (await pick(picks, question, { matchOnDetail: true }))?.entry
  }

  async function pickProfiles(): Promise<readonly ProfileEntry[]> {
    const entries = listed()
    if (entries.length === 0) return []
    // As the command says, unless there are more than it takes.
    const all = entries.length <= togetherLimits.sessions
    const picks = entries.map((one) => ({ ...one, picked: all && one.entry.endpoint !== null }))
    const picked = await pickSeveral(picks, 'Which profiles should be connected?')
    return picked.map(({ entry }) => entry)
  }

  /** Of one that cannot be connected the user is told why. */
  function originOf(entry: ProfileEntry): Origin | undefined {
    const { name, endpoint, folder, inputs, trusted, problems } = entry
    if (endpoint) return { name, endpoint, scope: { folder, inputs, trusted } }
    const [problem] = problems
    tellProblem(`“${name}” cannot be connected. ${problem?.message ?? ''}`.trim(), {
      'Edit Profile': () => profiles.edit(entry),
    })
    return undefined
  }

  /** The profile that is meant; undefined when there is none any more, which is said, or the user has cancelled. */
  async function entryOf(item: unknown, question: string): Promise<ProfileEntry | undefined> {
    await profiles.ready
    const reference = referenceIn(item)
    if (!reference) return pickProfile(question)
    const entry = profiles.find(reference)
    if (!entry) tellProblem(`There is no profile “${reference.name}” any more.`)
    return entry
  }

  /** Undefined when the user has cancelled. */
  function askName(title: string, value: string): Thenable<string | undefined> {
    const others = profiles.list().map(({ name }) => name)
    return window.showInputBox({
      title,
      prompt: 'Name of the profile',
      ignoreFocusOut: true,
      value: others.includes(value) ? '' : value,
      validateInput: (typed) => checkProfileName(typed, others),
    })
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
      const entry = await entryOf(item, 'Which profile should be connected?')
      return entry && originOf(entry)
    },
    async chooseSeveral(items) {
      await profiles.ready
      const references = items.flatMap((item) => referenceIn(item) ?? [])
      const meant = references.flatMap((reference) => profiles.find(reference) ?? [])
      const entries = meant.length > 1 ? meant : await pickProfiles()
      return entries.flatMap((entry) => originOf(entry) ?? [])
    },
    async save(session) {
      await profiles.ready
      const name = await askName('Save connection as profile', session.name)
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
    async duplicate(item) {
      const entry = await entryOf(item, 'Which profile should be duplicated?')
      if (!entry) return
      const name = await askName(plainMessage(`Duplicate ${entry.name}`), `${entry.name} copy`)
      if (name === undefined) return
      const copy = await profiles.duplicate(entry, name.trim())
      if (copy) await profiles.edit(copy)
    },
    async addHeader({ name, scope }, given) {
      await profiles.ready
      const folder = scope?.folder?.uri.toString()
      const entry = profiles
        .list()
        .find((one) => one.name === name && one.folder?.uri.toString() === folder)
      if (!entry) return tellProblem(`There is no profile “${name}” any more.`)
      const done = await profiles.change(entry, (text, place) => {
        return changeEntryText(text, place, entryChange(given))
      })
      if (done) tell(`Added to “${name}”.`, { 'Edit Profile': () => profiles.edit(entry) })
    },
    async remove(item) {
      const entry = await entryOf(item, 'Which profile should be deleted?')
      if (!entry) return
      const from = entry.folder ? `${entry.folder.name}/.vscode/lifeline.json` : 'your own profiles'
      const question = plainMessage(`Delete the profile “${entry.name}” from ${from}?`)
      const answer = await window.showWarningMessage(question, { modal: true }, 'Delete')
      if (answer !== 'Delete') return
      const undo = await profiles.remove(entry)
      if (undo) tell(`Deleted “${entry.name}”.`, { Undo: undo })
    },
    async copyCurl(item) {
      const entry = await entryOf(item, 'Which profile should be copied as a curl command?')
      if (!entry) return
      if (!entry.endpoint) return tellProblem(`“${entry.name}” cannot be connected.`)
      if (entry.endpoint.tap !== null) {
        return tellProblem(`“${entry.name}” is a tap: your program makes its requests.`)
      }
      await env.clipboard.writeText(formatCurl(entry.endpoint))
      window.setStatusBarMessage(visibleLine(`Copied ${entry.name} as a curl command.`), 5000)
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
  if (entry?.endpoint && isCapturedFrom(entry.endpoint, endpoint)) {
    const { folder, inputs, trusted } = entry
    return { folder, inputs, trusted, peers: peersOf(entry.endpoint) }
  }
  return fromCapture ? captureVariableScope(endpoint, workspace.isTrusted) : {}
}

function pickItem(entry: ProfileEntry): QuickPickItem {
  const { name, endpoint, folder, problems, trusted } = entry
  const from = folder?.name ?? 'your own'
  if (!endpoint) {
    return { label: `$(error) ${name}`, description: from, detail: problems[0]?.message ?? '' }
  }
  const detail = withoutPassword(endpoint.url)
  if (!trusted) {
    const description = 'Trust this workspace to connect it'
    return { label: `$(workspace-untrusted) ${name}`, description, detail }
  }
  const { icon, label } = methods[endpoint.method]
  return { label: `$(${icon}) ${name}`, description: `${label} · ${from}`, detail }
}

function entryChange(given: GivenHeader): EntryChange {
  const { field } = given
  const header = headerName(given)
  if (field.kind === 'auth') return { header, auth: field.auth }
  const isAuth = header.toLowerCase() === 'authorization'
  return { header, value: field.value, ...(isAuth && { auth: null }) }
}

function referenceIn(item: unknown): ProfileReference | undefined {
  if (typeof item !== 'object' || item === null || !('name' in item)) return undefined
  if (typeof item.name !== 'string') return undefined
  const uri = 'uri' in item ? item.uri : undefined
  return uri === undefined ? { name: item.name } : { name: item.name, uri: String(uri) }
}
