// "Connect" above each profile in its file.

import { CodeLens, type CodeLensProvider, type Command, type Disposable, languages } from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { profilesPath } from './profilesFile.ts'
import type { ProfileEntry, Profiles } from './savedProfiles.ts'

export function createProfileCodeLens(profiles: Profiles): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: profiles.onDidChange,
    async provideCodeLenses(document) {
      await profiles.ready
      const uri = document.uri.toString()
      return profiles
        .list()
        .filter((entry) => entry.kind === 'profile' && entry.uri.toString() === uri)
        .map((entry) => new CodeLens(entry.range, describe(entry)))
    },
  }
  return languages.registerCodeLensProvider({ pattern: `**/${profilesPath}` }, provider)
}

function describe(entry: ProfileEntry): Command {
  const { name, uri } = entry
  const [problem] = entry.problems
  // Without a command the lens is a line of text.
  if (problem)
    return { title: `$(warning) ${visibleLine(firstSentence(problem.message))}`, command: '' }
  if (!entry.trusted) {
    return {
      title: '$(workspace-untrusted) Trust this workspace to connect',
      command: 'workbench.trust.manage',
    }
  }
  const isTap = entry.endpoint?.tap != null
  const url = visibleLine(entry.endpoint?.url ?? name)
  return {
    title: isTap ? `$(${methods.tap.icon}) Tap` : '$(debug-start) Connect',
    tooltip: `${isTap ? 'Tap' : 'Connect to'} ${url} and open its timeline`,
    command: 'lifeline.connectProfile',
    arguments: [{ name, uri }],
  }
}

/** One line has no room for more; all of it is under the text that it is about. */
function firstSentence(text: string): string {
  return /^.*?\.(?= )/.exec(text)?.[0] ?? text
}
