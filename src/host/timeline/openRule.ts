// Opens the documentation of a rule of the doctor, as VS Code shows Markdown.

import { commands, Uri } from 'vscode'

/** `extension`: the folder of the extension, which the documentation comes with. `id`: the rule's heading in it. */
export async function openRule(extension: Uri, id: string): Promise<void> {
  const document = Uri.joinPath(extension, 'docs', 'doctor.md')
  await commands.executeCommand('markdown.showPreview', document.with({ fragment: id }))
}
