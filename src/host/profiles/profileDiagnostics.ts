// The problems of profiles files, in the Problems view and under the text that they are about.

import { Diagnostic, DiagnosticSeverity, Disposable, languages } from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { FileProblem, ProfilesFile } from './profilesFile.ts'
import type { Profiles } from './savedProfiles.ts'

export function createProfileDiagnostics(profiles: Profiles): Disposable {
  const collection = languages.createDiagnosticCollection('lifeline')

  function show(): void {
    collection.clear()
    for (const file of profiles.files) collection.set(file.uri, diagnose(file))
  }

  show()
  return Disposable.from(collection, profiles.onDidChange(show))
}

function diagnose({ content, isOpen }: ProfilesFile): readonly Diagnostic[] {
  return (
    [...content.problems, ...content.entries.flatMap(({ problems }) => problems)]
      // Broken JSON in an open editor is marked by the editor itself.
      .filter(({ syntax }) => !(syntax && isOpen))
      .map(toDiagnostic)
  )
}

function toDiagnostic({ range, message, path }: FileProblem): Diagnostic {
  const diagnostic = new Diagnostic(range, visibleLine(message), DiagnosticSeverity.Error)
  diagnostic.source = 'Lifeline'
  if (path !== '') diagnostic.code = visibleLine(path)
  return diagnostic
}
