// Changes the text of a profiles file: in its open document, which stays unsaved, or on the disk.

import { Range, Uri, WorkspaceEdit, workspace } from 'vscode'
import { emptyProfilesText } from './addProfileText.ts'
import { differenceOf } from './entryText.ts'
import type { ProfilesFile } from './profilesFile.ts'
import { readProfilesText } from './readProfilesText.ts'

/** What is wrong with a file whose text `change` has refused. */
export const brokenJson = 'Correct the JSON of this file first, then save it again.'

/** `change` answers with the new text, or null where it cannot. Answers with a problem of the file, or null. */
export async function changeFile(
  { uri, unsaved }: ProfilesFile,
  change: (text: string) => string | null,
): Promise<string | null> {
  if (!unsaved) {
    const read = await readProfilesText(uri)
    if (read.kind === 'problem') return read.message
    const text = change(read.kind === 'text' ? read.text : '')
    if (text === null) return brokenJson
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text))
    return null
  }
  const before = unsaved.getText()
  const after = change(before)
  if (after === null) return brokenJson
  const { offset, length, content } = differenceOf(before, after)
  const edit = new WorkspaceEdit()
  const range = new Range(unsaved.positionAt(offset), unsaved.positionAt(offset + length))
  edit.replace(uri, range, content)
  if (!(await workspace.applyEdit(edit))) throw new Error(`${uri} could not be edited`)
  return null
}

/** Writes an empty file of profiles where there is none. */
export async function makeFile(file: ProfilesFile): Promise<void> {
  if (file.unsaved) return
  await file.refresh()
  if (file.content.exists) return
  await workspace.fs.createDirectory(Uri.joinPath(file.uri, '..'))
  await workspace.fs.writeFile(file.uri, new TextEncoder().encode(emptyProfilesText))
}
