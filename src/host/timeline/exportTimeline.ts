// Exports a timeline: its diagram to the clipboard, or to a file whose ending names the format.

import { homedir } from 'node:os'
import { env, Uri, window, workspace } from 'vscode'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import {
  allExportFormats,
  defaultExportFormat,
  type ExportFormat,
  exportFormats,
} from '../../shared/session/exportFormats.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { tell } from '../window/dialogs.ts'

/** Everything that was captured. */
const wholeTimeline: RowFilter = { afterSeq: 0, text: '', wire: false }

/** Of a name in a file's; file systems take 255 bytes. */
const proposedChars = 100

type FileFormat = ExportFormat | 'capture'

interface FileForm {
  readonly format: FileFormat
  readonly label: string
  /** The first is proposed. */
  readonly endings: readonly string[]
}

const forms: readonly FileForm[] = [
  ...allExportFormats.map((format) => ({ format, ...exportFormats[format] })),
  { format: 'capture', label: 'Lifeline capture', endings: ['lifeline'] },
]

/** The ASCII diagram of what `filter` leaves, to the clipboard; the status bar says so. */
export async function copyDiagram(session: HostSession, filter = wholeTimeline): Promise<void> {
  const text = await (await session.api).exportText({ format: 'ascii', filter })
  await env.clipboard.writeText(text)
  window.setStatusBarMessage(visibleLine(`Copied the diagram of ${session.name}.`), 5000)
}

/** Asks for the file. Nothing happens when the user cancels. */
export async function saveTimeline(session: HostSession, filter = wholeTimeline): Promise<void> {
  const filters: Record<string, string[]> = {}
  for (const { label, endings } of forms) filters[label] = [...endings]
  const target = await window.showSaveDialog({
    title: visibleLine(`Save the timeline of ${session.name}`),
    saveLabel: 'Save',
    defaultUri: proposeFile(session),
    filters,
  })
  if (!target) return
  await exportTo(session, target, filter)
  tell(`Saved ${session.name} to ${target.fsPath || target.toString()}.`, {
    Open: () => openSaved(target),
  })
}

/** The ending decides the format; an unknown one is an ASCII diagram. */
export async function exportTo(
  session: HostSession,
  target: Uri,
  filter: RowFilter = wholeTimeline,
): Promise<void> {
  const api = await session.api
  const format = formatOf(target.path)
  const options = format === 'capture' ? { format } : { format, filter }
  if (target.scheme === 'file') {
    await api.exportFile(target.fsPath, options)
  } else if (options.format === 'capture') {
    throw new Error('A capture can only be saved on the machine that Lifeline runs on.')
  } else {
    const text = await api.exportText(options)
    await workspace.fs.writeFile(target, new TextEncoder().encode(text))
  }
}

function formatOf(path: string): FileFormat {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return forms.find(({ endings }) => endings.includes(ending))?.format ?? defaultExportFormat
}

function proposeFile({ name }: HostSession): Uri {
  const [ending] = exportFormats[defaultExportFormat].endings
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir())
  return Uri.joinPath(folder, `${name.replace(/[^\w.-]+/g, '-').slice(0, proposedChars)}.${ending}`)
}

async function openSaved(target: Uri): Promise<void> {
  if (formatOf(target.path) === 'capture') {
    await env.openExternal(Uri.joinPath(target, '..'))
    return
  }
  await window.showTextDocument(await workspace.openTextDocument(target))
}
