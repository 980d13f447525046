// One profiles file as it stands: what is typed in its editor, otherwise what the disk holds.

import {
  Disposable,
  type Event,
  EventEmitter,
  Range,
  RelativePattern,
  type TextDocument,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { InputDefinition } from '../../shared/profile/profiles.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'
import { type PlacedProblem, parseProfilesText, type TextSpan } from './profilesText.ts'
import { readProfilesText } from './readProfilesText.ts'

/** The file's place below a folder. The language and schema contributions hold for it there. */
export const profilesPath = '.vscode/lifeline.json'
/** Of a file that comes or goes together with its folder, VS Code may tell only of the folder. */
const watchedPaths = `{.vscode,${profilesPath}}`

/** Something that is wrong, at its place in the file. */
export interface FileProblem {
  readonly path: string
  readonly message: string
  readonly range: Range
  /** The JSON itself is broken here; the editor's own JSON support marks that too. */
  readonly syntax: boolean
}

export interface FileEntry {
  readonly name: string
  readonly range: Range
  /** Null when there are problems. */
  readonly endpoint: Endpoint | null
  readonly problems: readonly FileProblem[]
}

/** What the file holds. A file that does not exist holds nothing. */
export interface ProfilesContent {
  readonly exists: boolean
  readonly entries: readonly FileEntry[]
  /** What is wrong outside the entries. */
  readonly problems: readonly FileProblem[]
  readonly inputs: readonly InputDefinition[]
}

export interface ProfilesFile extends Disposable {
  readonly uri: Uri
  /** Null: the user's own file. */
  readonly folder: WorkspaceFolder | null
  readonly content: ProfilesContent
  readonly onDidChange: Event<void>
  /** VS Code holds it open, so its own JSON support checks it. */
  readonly isOpen: boolean
  /** What is typed and not saved. */
  readonly unsaved: TextDocument | undefined
  /** Reads it again; resolves when `content` is what it holds now. */
  refresh(): Promise<void>
}

export interface ProfilesFileOptions {
  /** The folder that holds `.vscode/lifeline.json`. */
  readonly root: Uri
  readonly folder: WorkspaceFolder | null
  /** Asked each time, as a setting may change it. */
  readonly defaults: () => EndpointDefaults
}

const secondLookMs = 1000
const nothing: ProfilesContent = { exists: false, entries: [], problems: [], inputs: [] }

export function createProfilesFile({ root, folder, defaults }: ProfilesFileOptions): ProfilesFile {
  const uri = Uri.joinPath(root, profilesPath)
  const changes = new EventEmitter<void>()
  let content = nothing
  let reading = 0
  let disposed = false
  let latest = Promise.resolve()
  let secondLook: NodeJS.Timeout | undefined

  function show(next: ProfilesContent): void {
    content = next
    changes.fire()
  }

  const isOurs = (document: TextDocument) => document.uri.toString() === uri.toString()
  const openDocument = () => workspace.textDocuments.find((one) => !one.isClosed && isOurs(one))

  function unsaved(): TextDocument | undefined {
    const document = openDocument()
    return document?.isDirty ? document : undefined
  }

  function refresh(): Promise<void> {
    latest = readOnce()
    return latest
  }

  async function readOnce(): Promise<void> {
    const turn = ++reading
    // A document without changes can be older than the disk: VS Code keeps some that no editor shows.
    const document = unsaved()
    if (document) {
      show(parse(document.getText(), defaults()))
      return
    }
    const next = await readDisk(uri, defaults())
    if (disposed) return
    // A later reading has replaced this one.
    if (turn === reading) show(next)
    else await latest
  }

  /**
   * In a folder that is as new as the file, what changes next may come before VS Code watches the folder, and is then
   * told by nobody.
   */
  function refreshTwice(): void {
    refresh()
    clearTimeout(secondLook)
    secondLook = setTimeout(refresh, secondLookMs)
  }

  const watcher = workspace.createFileSystemWatcher(new RelativePattern(root, watchedPaths))
  const parts = Disposable.from(
    changes,
    watcher,
    watcher.onDidChange(refresh),
    watcher.onDidCreate(refreshTwice),
    watcher.onDidDelete(refresh),
    workspace.onDidSaveTextDocument((document) => isOurs(document) && refresh()),
    workspace.onDidCloseTextDocument((document) => isOurs(document) && refresh()),
    workspace.onDidChangeTextDocument(({ document }) => isOurs(document) && refresh()),
  )
  return {
    uri,
    folder,
    get content() {
      return content
    },
    get isOpen() {
      return openDocument() !== undefined
    },
    get unsaved() {
      return unsaved()
    },
    onDidChange: changes.event,
    refresh,
    dispose() {
      clearTimeout(secondLook)
      // The result of a reading in progress is not used.
      disposed = true
      parts.dispose()
    },
  }
}

async function readDisk(uri: Uri, defaults: EndpointDefaults): Promise<ProfilesContent> {
  const read = await readProfilesText(uri)
  if (read.kind === 'missing') return nothing
  if (read.kind === 'text') return parse(read.text, defaults)
  const { message } = read
  const problem = { path: '', message, range: new Range(0, 0, 0, 0), syntax: false }
  return { ...nothing, exists: true, problems: [problem] }
}

function parse(text: string, defaults: EndpointDefaults): ProfilesContent {
  const { entries, problems, inputs } = parseProfilesText(text, defaults)
  const rangeOf = createRangeFinder(text)
  const place = ({ path, message, span, syntax }: PlacedProblem): FileProblem => {
    return { path, message, syntax, range: rangeOf(span) }
  }
  return {
    exists: true,
    inputs,
    problems: problems.map(place),
    entries: entries.map((entry) => ({
      name: entry.name,
      range: rangeOf(entry.span),
      endpoint: entry.endpoint,
      problems: entry.problems.map(place),
    })),
  }
}

/** Offsets → lines and characters, as VS Code counts them. */
function createRangeFinder(text: string): (span: TextSpan) => Range {
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length)
  const locate = (offset: number): [line: number, character: number] => {
    let line = 0
    for (let after = starts.length; after - line > 1; ) {
      const middle = (line + after) >> 1
      if ((starts[middle] ?? 0) <= offset) line = middle
      else after = middle
    }
    return [line, offset - (starts[line] ?? 0)]
  }
  return ({ start, end }) => new Range(...locate(start), ...locate(end))
}
