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
  Uri,
  WorkspaceEdit,
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
import { addProfileText, emptyProfilesText } from './addProfileText.ts'
import { createProfilesFile, type FileProblem, type ProfilesFile } from './profilesFile.ts'
import { readProfilesText } from './readProfilesText.ts'

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
    await make(file)
    const named = nameSecretsAfter(name, endpoint)
    const entry = formatProfile(name, named, readEndpointDefaults(file.folder?.uri))
    const problem = await append(file, entry)
    if (problem !== null) {
      if (problem === brokenJson) await window.showTextDocument(file.uri)
      tellProblem(`The profile was not saved to ${file.uri.fsPath}. ${problem}`)
      return undefined
    }
    await file.refresh()
    return find({ name, uri: file.uri })
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
    await make(file)
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
    (entry) => ({ kind: 'profile', ...common, ...entry }) as const,
  )
  const [first] = content.problems
  if (!first) return entries
  const file: ProfileEntry = {
    kind: 'file',
    ...common,
    name: folder ? `${folder.name}: lifeline.json` : 'Your own lifeline.json',
    endpoint: null,
    problems: content.problems,
    range: first.range,
  }
  return [...entries, file]
}

/** Adds the entry to the open document, which stays unsaved, or to the disk. Answers with a problem of the file, or null. */
async function append(
  { uri, unsaved }: ProfilesFile,
  entry: Readonly<Record<string, unknown>>,
): Promise<string | null> {
  if (!unsaved) {
    const read = await readProfilesText(uri)
    if (read.kind === 'problem') return read.message
    const text = read.kind === 'text' ? read.text : ''
    const edits = addProfileText(text, entry)
    if (!edits) return brokenJson
    await workspace.fs.writeFile(uri, new TextEncoder().encode(applyEdits(text, [...edits])))
    return null
  }
  const edits = addProfileText(unsaved.getText(), entry)
  if (!edits) return brokenJson
  const change = new WorkspaceEdit()
  for (const { offset, length, content } of edits) {
    const range = new Range(unsaved.positionAt(offset), unsaved.positionAt(offset + length))
    change.replace(uri, range, content)
  }
  if (!(await workspace.applyEdit(change))) throw new Error(`${uri} could not be edited`)
  return null
}

const brokenJson = 'Correct the JSON of this file first, then save it again.'

/** Writes an empty file of profiles where there is none. */
async function make(file: ProfilesFile): Promise<void> {
  if (file.unsaved) return
  await file.refresh()
  if (file.content.exists) return
  await workspace.fs.createDirectory(Uri.joinPath(file.uri, '..'))
  await workspace.fs.writeFile(file.uri, new TextEncoder().encode(emptyProfilesText))
}
