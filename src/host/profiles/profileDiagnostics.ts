// The problems of profiles files, in the Problems view and under the text that they are about, each once.

import {
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { FileProblem, ProfilesFile } from './profilesFile.ts'
import type { Profiles } from './savedProfiles.ts'

const source = 'Lifeline'

export function createProfileDiagnostics(profiles: Profiles): Disposable {
  const collection = languages.createDiagnosticCollection('lifeline')
  /** What the editor's own JSON support had to say when a file's problems were shown. */
  let heard = ''

  function show(): void {
    heard = JSON.stringify(profiles.files.map(othersOf))
    collection.clear()
    for (const file of profiles.files) collection.set(file.uri, diagnose(file))
  }

  show()
  return Disposable.from(
    collection,
    profiles.onDidChange(show),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const ours = profiles.files.filter(({ uri }) => uris.some((one) => `${one}` === `${uri}`))
      // Our own change comes by here too.
      if (ours.length > 0 && JSON.stringify(profiles.files.map(othersOf)) !== heard) show()
    }),
  )
}

/** What the schema says of an open file. */
function othersOf({ uri, isOpen }: ProfilesFile): readonly Diagnostic[] {
  return isOpen ? languages.getDiagnostics(uri).filter((one) => one.source !== source) : []
}

function diagnose(file: ProfilesFile): readonly Diagnostic[] {
  const { uri, content, isOpen } = file
  const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())
  const others = othersOf(file)
  return (
    [...content.problems, ...content.entries.flatMap(({ problems }) => problems)]
      // Broken JSON in an open editor is marked by the editor itself.
      .filter(({ syntax }) => !(syntax && isOpen))
      .filter((problem) => !others.some((other) => isSame(problem, other, document)))
      .map(toDiagnostic)
  )
}

/** Whether the schema marks the same field: its value, its name, or, where it is missing, its owner. */
function isSame(
  { range, path }: FileProblem,
  other: Diagnostic,
  document: TextDocument | undefined,
): boolean {
  const field = /[^.[\]]+$/.exec(path)?.[0]
  if (field !== undefined && other.message.includes(`"${field}"`) && isNear(range, other.range)) {
    return true
  }
  if (other.range.intersection(range)?.isEmpty === false) return true
  if (!document || other.range.end.isAfter(range.start)) return false
  const between = document.getText(new Range(other.range.end, range.start))
  return /^"?\s*:\s*$/.test(between)
}

/** A field that is missing is marked at its entry's brace by one and at its name by the other. */
function isNear(range: Range, other: Range): boolean {
  return Math.abs(range.start.line - other.start.line) <= 1
}

function toDiagnostic({ range, message, path }: FileProblem): Diagnostic {
  const diagnostic = new Diagnostic(range, visibleLine(message), DiagnosticSeverity.Error)
  diagnostic.source = source
  if (path !== '') diagnostic.code = visibleLine(path)
  return diagnostic
}
