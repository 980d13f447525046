// The profiles of all workspace folders and the user's own: listed, found, added, edited.

import { applyEdits } from 'jsonc-parser'
import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  Position,
  Range,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { formatProfile } from '../../shared/profile/formatProfile.ts'
import type { InputDefinition } from '../../shared/profile/profiles.ts'
import { nameSecretsAfter } from '../../shared/secrets/nameSecretsAfter.ts'
import { pick, tellProblem } from '../window/dialogs.ts'
import { readEndpointDefaults } from '../window/settings.ts'
import { addProfileText } from './addProfileText.ts'
import { brokenJson, changeFile, makeFile } from './changeFile.ts'
import { duplicateEntryText, type EntryPlace, removeEntryText } from './entryText.ts'
import { createProfilesFile, type FileProblem, type ProfilesFile } from './profilesFile.ts'

/** One entry of a profiles file; or, with `kind` `file`, a file that cannot be read as a whole. */
export interface ProfileEntry {
  readonly kind: 'profile' | 'file'
  readonly name: string
  readonly origin: 'workspace' | 'user'
  /** The workspace folder whose file holds it; null for the user's own. */
  readonly folder: WorkspaceFolder | null
  readonly uri: Uri
  /** Null when there are problems. References are not resolved. */
  readonly endpoint: Endpoint | null
  readonly problems: readonly FileProblem[]
  /** Its place among the entries of its file. */
  readonly index: number
  /** Where the entry stands in its file. */
  readonly range: Range
  /** What its file asks the user for. */
  readonly inputs: readonly InputDefinition[]
  /** False for the workspace's own profiles while the workspace is not trusted: not to be connected. */
  readonly trusted: boolean
}

/** A reference to an entry: the first one of that name when `uri` is left out. */
export interface ProfileReference {
  readonly name: string
  readonly uri?: Uri | string
}

export interface Profiles extends Disposable {
  /** A file was edited, saved or not, added or removed; or the workspace has become trusted. */
  readonly onDidChange: Event<void>
  /** Resolves when every file has been read once. */
  readonly ready: Promise<void>
  /** The workspace's folders in their order, then the user's own file. */
  readonly files: readonly ProfilesFile[]
  /** In the order of the files and of their entries; bad ones are among them, with their problems. */
  list(): readonly ProfileEntry[]
  find(reference: ProfileReference): ProfileEntry | undefined
  /**
   * Appends the endpoint to the file of `folder`, or to the one that the user picks where there are
   * several folders; to the user's own where there is no folder or the workspace is not trusted.
   * Undefined when the user has cancelled or the file has to be corrected first, which is said.
   */
  add(name: string, endpoint: Endpoint, folder?: WorkspaceFolder): Promise<ProfileEntry | undefined>
  /** Changes the text of an entry's file; false when it could not, which is said. */
  change(
    entry: ProfileEntry,
    act: (text: string, place: EntryPlace) => string | null,
  ): Promise<boolean>
  /** Takes the entry out of its file, and leaves what stands around it. Answers with the way back, or null after a problem. */
  remove(entry: ProfileEntry): Promise<(() => Promise<void>) | null>
  /** Puts a copy of the entry behind it. */
  duplicate(entry: ProfileEntry, name: string): Promise<ProfileEntry | undefined>
  /** Opens a file at the entry. Without one: the only file, the one picked, or a new one. */
  edit(reference?: ProfileReference): Promise<void>
}

/** Reads every file at once, and watches them until it is disposed of. */
export function createProfiles(context: Pick<ExtensionContext, 'globalStorageUri'>): Profiles {
  const changes = new EventEmitter<void>()
  const fire = () => changes.fire()
  const own = open(context.globalStorageUri, null)
  const byFolder = new Map<string, ProfilesFile>()

  function open(root: Uri, folder: WorkspaceFolder | null): ProfilesFile {
    const defaults = () => readEndpointDefaults(folder?.uri)
    const file = createProfilesFile({ root, folder, defaults })
    // Ends with the file, whose own event it is.
    file.onDidChange(fire)
    return file
  }

  async function followFolders(): Promise<void> {
    const folders = workspace.workspaceFolders ?? []
    const kept = new Set(folders.map(({ uri }) => uri.toString()))
    for (const [key, file] of byFolder) {
      if (kept.has(key)) continue
      file.dispose()
      byFolder.delete(key)
    }
    const added = folders.filter(({ uri }) => !byFolder.has(uri.toString()))
    for (const folder of added) byFolder.set(folder.uri.toString(), open(folder.uri, folder))
    await Promise.all(
      added.map(({ uri }) => byFolder.get(uri.toString())?.refresh() ?? Promise.resolve()),
    )
    fire()
  }

  function files(): readonly ProfilesFile[] {
    const ofFolders = (workspace.workspaceFolders ?? []).flatMap(
      ({ uri }) => byFolder.get(uri.toString()) ?? [],
    )
    return [...ofFolders, own]
  }

  function find({ name, uri }: ProfileReference): ProfileEntry | undefined {
    return files()
      .flatMap(listFile)
      .find((entry) => {
        return entry.name === name && (uri === undefined || entry.uri.toString() === uri.toString())
      })
  }

  async function pickFile(question: string): Promise<ProfilesFile | undefined> {
    const all = files()
    const picks = all.map((file) => ({
      label: file.folder?.name ?? 'Your own profiles',
      description: file.folder ? '.vscode/lifeline.json' : 'For every workspace, on this machine',
      file,
    }))
    return (await pick(picks, question))?.file
  }

  async function add(
    name: string,
    endpoint: Endpoint,
    folder?: WorkspaceFolder,
  ): Promise<ProfileEntry | undefined> {
    const file = await chooseTarget(folder)
    if (!file) return undefined
    await makeFile(file)
    const named = nameSecretsAfter(name, endpoint)
    const entry = formatProfile(name, named, readEndpointDefaults(file.folder?.uri))
    const problem = await changeFile(file, (text) => {
      const edits = addProfileText(text, entry)
      return edits && applyEdits(text, [...edits])
    })
    if (problem !== null) {
      if (problem === brokenJson) await window.showTextDocument(file.uri)
      tellProblem(`The profile was not saved to ${file.uri.fsPath}. ${problem}`)
      return undefined
    }
    await file.refresh()
    return find({ name, uri: file.uri })
  }

  /** True when it was done; otherwise the user has been told. */
  async function change(
    entry: ProfileEntry,
    act: (text: string, place: EntryPlace) => string | null,
  ): Promise<boolean> {
    const file = fileOf(entry.uri)
    const problem = file && (await changeFile(file, (text) => act(text, entry)))
    if (!file || problem !== null) {
      tellProblem(`“${entry.name}” was not changed. ${problem ?? 'Its file is gone.'}`, {
        'Edit Profile': () => edit(entry),
      })
      return false
    }
    await file.refresh()
    return true
  }

  async function chooseTarget(folder?: WorkspaceFolder): Promise<ProfilesFile | undefined> {
    const ofFolders = files().filter((file) => file.folder !== null)
    if (folder) return byFolder.get(folder.uri.toString()) ?? own
    if (!workspace.isTrusted || ofFolders.length === 0) return own
    return ofFolders.length === 1 ? ofFolders[0] : pickFile('Save the profile in')
  }

  async function edit(reference?: ProfileReference): Promise<void> {
    const entry = reference && find(reference)
    const file = fileOf(entry?.uri ?? reference?.uri) ?? (await chooseToEdit())
    if (!file) return
    await makeFile(file)
    const start = entry?.range.start ?? new Position(0, 0)
    const selection = new Range(start, start)
    await window.showTextDocument(file.uri, { selection })
    if (entry) {
      await commands.executeCommand('revealLine', { lineNumber: start.line, at: 'center' })
    }
  }

  async function chooseToEdit(): Promise<ProfilesFile | undefined> {
    const existing = files().filter(({ content }) => content.exists)
    if (existing.length === 1) return existing[0]
    if (existing.length === 0 && byFolder.size <= 1) return files()[0]
    return pickFile('Edit the profiles of')
  }

  function fileOf(uri: Uri | string | undefined): ProfilesFile | undefined {
    return files().find((file) => file.uri.toString() === uri?.toString())
  }

  const parts = Disposable.from(
    changes,
    own,
    workspace.onDidChangeWorkspaceFolders(() => followFolders()),
    workspace.onDidGrantWorkspaceTrust(fire),
    workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration('lifeline')) return
      await Promise.all(files().map((file) => file.refresh()))
    }),
  )
  return {
    onDidChange: changes.event,
    ready: Promise.all([own.refresh(), followFolders()]).then(() => undefined),
    get files() {
      return files()
    },
    list: () => files().flatMap(listFile),
    find,
    add,
    edit,
    change,
    async remove(entry) {
      let [before, after]: [string, string | null] = ['', null]
      const done = await change(entry, (text, place) => {
        before = text
        after = removeEntryText(text, place)
        return after
      })
      if (!done) return null
      return async () => {
        let same = false
        const kept = await change(entry, (text) => {
          same = text === after
          return same ? before : text
        })
        if (kept && !same) {
          const why = 'its file has been changed since.'
          tellProblem(`“${entry.name}” was not brought back: ${why}`)
        }
      }
    },
    async duplicate(entry, name) {
      const done = await change(entry, (text, place) => duplicateEntryText(text, place, name))
      return done ? find({ name, uri: entry.uri }) : undefined
    },
    dispose() {
      for (const file of byFolder.values()) file.dispose()
      byFolder.clear()
      parts.dispose()
    },
  }
}

function listFile({ uri, folder, content }: ProfilesFile): readonly ProfileEntry[] {
  const common = {
    origin: folder ? 'workspace' : 'user',
    folder,
    uri,
    inputs: content.inputs,
    trusted: folder === null || workspace.isTrusted,
  } as const
  const entries = content.entries.map(
    (entry, index) => ({ kind: 'profile', index, ...common, ...entry }) as const,
  )
  const [first] = content.problems
  if (!first) return entries
  const file: ProfileEntry = {
    kind: 'file',
    index: -1,
    ...common,
    name: folder ? `${folder.name}: lifeline.json` : 'Your own lifeline.json',
    endpoint: null,
    problems: content.problems,
    range: first.range,
  }
  return [...entries, file]
}
