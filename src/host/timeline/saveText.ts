// Saves a text that a timeline page has made as a file of the user's choice.

import { homedir } from 'node:os'
import { Uri, window, workspace } from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { tell } from '../window/dialogs.ts'

/** As `TogetherApi.saveText`. */
export async function saveText(name: string, text: string): Promise<boolean> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir())
  const target = await window.showSaveDialog({
    title: visibleLine(`Save ${name}`),
    saveLabel: 'Save',
    defaultUri: Uri.joinPath(folder, name),
  })
  if (!target) return false
  await workspace.fs.writeFile(target, new TextEncoder().encode(text))
  tell(`Saved ${target.fsPath || target.toString()}.`, {
    Open: async () => window.showTextDocument(await workspace.openTextDocument(target)),
  })
  return true
}
