// Completes references in profiles files: kinds behind `${`, names behind the colon.

import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type Disposable,
  languages,
  Range,
} from 'vscode'
import { profilesPath } from './profilesFile.ts'
import { proposeReferences, secretsIn } from './references.ts'
import type { Profiles } from './savedProfiles.ts'

export function createReferenceCompletion(profiles: Profiles): Disposable {
  const provider: CompletionItemProvider = {
    provideCompletionItems(document, position) {
      const line = document.lineAt(position).text
      const uri = document.uri.toString()
      const file = profiles.files.find((one) => one.uri.toString() === uri)
      const found = proposeReferences(line.slice(0, position.character), {
        environment: Object.keys(process.env),
        inputs: file?.content.inputs.map(({ id }) => id) ?? [],
        secrets: secretsIn(document.getText(), document.offsetAt(position)),
      })
      if (!found) return undefined
      const isClosed = /^[^{}"]*\}/.test(line.slice(position.character))
      const range = new Range(position.translate(0, -found.replaced), position)
      return found.proposals.map(({ text, detail, isOpen }, index) => {
        const item = new CompletionItem(text, CompletionItemKind.Variable)
        item.insertText = isClosed || isOpen ? text : `${text}}`
        item.detail = detail
        item.range = range
        item.sortText = String(index).padStart(5, '0')
        if (isOpen) item.command = { command: 'editor.action.triggerSuggest', title: 'Names' }
        return item
      })
    },
  }
  return languages.registerCompletionItemProvider(
    { pattern: `**/${profilesPath}` },
    provider,
    '{',
    ':',
  )
}
