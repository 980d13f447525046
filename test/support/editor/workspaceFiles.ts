// Files of the window's workspace, as host tests write, read and edit them.

import assert from 'node:assert/strict'
import { Range, type TextDocument, type Uri, WorkspaceEdit, window, workspace } from 'vscode'
import { until } from './lifelineApi.ts'

export async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  )
}

/** Makes the file, or replaces all of it. */
export async function write(uri: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text))
}

export async function read(uri: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(uri))
}

/** An editor on the file that shows what the disk holds. */
export async function show(uri: Uri): Promise<TextDocument> {
  const text = await read(uri)
  const document = await workspace.openTextDocument(uri)
  await window.showTextDocument(document)
  await until(
    'the editor has the text of the disk',
    workspace.onDidChangeTextDocument,
    () => document.getText() === text,
  )
  return document
}

/** Replaces the whole text in the editor, without saving. */
export async function type(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit()
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text)
  assert.ok(await workspace.applyEdit(edit))
}
