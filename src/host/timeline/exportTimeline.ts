// Exports a timeline in a named format, to the clipboard or a file: what is shown or, where that is less, all of it.

import { homedir } from 'node:os'
import { env, Uri, window, workspace } from 'vscode'
import type { ExportFile, SessionApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import {
  type ExportFormat,
  type ExportOptions,
  exportFormats,
  savedExportFormats,
} from '../../shared/session/exportFormats.ts'
import type { FrameSpans } from '../../shared/session/frameSpans.ts'
import { soundPaths } from '../../shared/text/pathList.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { pick, tell, tellProblem } from '../window/dialogs.ts'
import { isCancelled, tellCancelled, withProgress } from '../window/slowWork.ts'

/** Everything that was captured. */
const wholeTimeline: RowFilter = { afterSeq: 0, text: '', wire: false }

/** Of a name in a file's; file systems take 255 bytes. */
const proposedChars = 100

/** Columns: times and labels have room, and an issue shows it without scrolling. */
const diagramWidth = 100

interface FileForm {
  readonly label: string
  readonly line: string
  /** The first is proposed. */
  readonly endings: readonly string[]
}

const forms: Readonly<Record<ExportFile, FileForm>> = {
  ...exportFormats,
  capture: {
    label: 'Lifeline capture',
    line: 'all that was recorded, to be opened again',
    endings: ['lifeline'],
  },
}

const allForms: readonly ExportFile[] = [...savedExportFormats, 'capture']

/**
 * `shown`: the filter of the session's timeline, where it has one; `chosen`: no more is meant. Puts the text on the
 * clipboard; the status bar says so.
 */
export async function copyTimeline(
  session: HostSession,
  format: ExportFormat,
  shown: RowFilter | null,
  chosen = false,
): Promise<void> {
  const filter = await chooseFilter(shown ?? asConnected(session), chosen)
  if (filter) await copyText(session, session.name, optionsFor(format, filter))
}

/** The same of what is selected among the rows that are shown. */
export function copySelected(
  session: HostSession,
  format: ExportFormat,
  shown: RowFilter,
  within: FrameSpans,
): Promise<void> {
  return copyText(session, 'the selected rows', { ...optionsFor(format, shown), within })
}

async function copyText(session: HostSession, name: string, options: ExportOptions): Promise<void> {
  const api = await session.api
  const what = exportFormats[options.format].label
  const text = await withExportProgress(api, `Copying ${name}: ${what}`, (job) =>
    api.exportText(options, job),
  )
  if (text === null) return tellCancelled('Nothing was copied.')
  await env.clipboard.writeText(text)
  window.setStatusBarMessage(visibleLine(`Copied ${name}: ${what}.`), 5000)
}

/** Asks for the format where none is given, and for the file. Nothing happens when the user cancels. */
export async function saveTimeline(
  session: HostSession,
  shown: RowFilter | null,
  format?: ExportFile,
  chosen = false,
): Promise<void> {
  const wanted = format ?? (await askFormat(session))
  if (!wanted) return
  const filter =
    wanted === 'capture' ? wholeTimeline : await chooseFilter(shown ?? asConnected(session), chosen)
  if (!filter) return
  await saveAs(session, wanted, filter)
}

async function saveAs(session: HostSession, wanted: ExportFile, filter: RowFilter): Promise<void> {
  // Without `filters`, to which some dialogs add an ending of their own behind the one that was typed.
  const chosen = await window.showSaveDialog({
    title: visibleLine(`Save ${session.name}: ${forms[wanted].label}`),
    saveLabel: 'Save',
    defaultUri: proposeFile(session, wanted),
  })
  if (!chosen) return
  const ending = endingOf(chosen.path)
  const target = ending === '' ? withEnding(chosen, wanted) : chosen
  if (target !== chosen && !(await mayReplace(target))) return
  const format = formatOf(target)
  if (!format) {
    tellProblem(`Nothing was saved. ${unknownEnding(ending)}`, {
      'Choose Another Name': () => saveAs(session, wanted, filter),
    })
    return
  }
  if (!(await exportTo(session, target, filter))) return tellCancelled('Nothing was saved.')
  tell(`Saved ${session.name} to ${target.fsPath || target.toString()}: ${forms[format].label}.`, {
    Open: () => openSaved(target),
  })
}

let lastJob = 0

/** Null where the user has cancelled. `act` hands the number of the job on to its call. */
async function withExportProgress<T>(
  api: SessionApi,
  title: string,
  act: (job: number) => Promise<T>,
): Promise<T | null> {
  const job = ++lastJob
  try {
    return await withProgress(act(job), {
      title: () => title,
      share: () => api.exportShare(job),
      cancel: () => api.cancelExport(job),
    })
  } catch (error) {
    if (isCancelled(error)) return null
    throw error
  }
}

/** The ending decides the format. Rejects where it names none. False where the user has cancelled. */
export async function exportTo(
  session: HostSession,
  target: Uri,
  filter: RowFilter = wholeTimeline,
): Promise<boolean> {
  const format = formatOf(target)
  if (!format) throw new RpcError('export-not-writable', unknownEnding(endingOf(target.path)))
  const api = await session.api
  const title = `Saving ${session.name}: ${forms[format].label}`
  if (target.scheme === 'file') {
    const options = format === 'capture' ? { format } : optionsFor(format, filter)
    const saved = await withExportProgress(api, title, async (job) => {
      await api.exportFile(target.fsPath, options, job)
      return true
    })
    return saved ?? false
  }
  if (format === 'capture') {
    throw new Error('A capture can only be saved on the machine that Lifeline runs on.')
  }
  const text = await withExportProgress(api, title, (job) =>
    api.exportText(optionsFor(format, filter), job),
  )
  if (text === null) return false
  await workspace.fs.writeFile(target, new TextEncoder().encode(text))
  return true
}

/** What a timeline shows at first. */
function asConnected({ endpoint }: HostSession): RowFilter {
  return { ...wholeTimeline, show: soundPaths(endpoint.show) }
}

/** Undefined when the user has cancelled. */
async function chooseFilter(
  { afterSeq, text, wire, show }: RowFilter,
  chosen: boolean,
): Promise<RowFilter | undefined> {
  // Rows say the same in all of them.
  const whole = { ...wholeTimeline, wire, ...(show && { show }) }
  const shown = { ...whole, afterSeq, text }
  if (chosen || (afterSeq === 0 && text === '')) return shown
  const limits = [
    ...(text === '' ? [] : [`frames with “${text}”`]),
    ...(afterSeq === 0 ? [] : ['what came after the timeline was cleared']),
  ]
  const items = [
    { label: 'What is shown', detail: limits.join(', '), filter: shown },
    { label: 'All frames', detail: 'From the first one on', filter: whole },
  ]
  return (await pick(items, 'What should be exported?'))?.filter
}

async function askFormat(session: HostSession): Promise<ExportFile | undefined> {
  const items = allForms.map((format) => {
    const { label, line, endings } = forms[format]
    return { label, description: `.${endings[0]}`, detail: line, format }
  })
  return (await pick(items, visibleLine(`How should ${session.name} be saved?`)))?.format
}

function optionsFor(format: ExportFormat, filter: RowFilter): ExportOptions {
  return { format, filter, times: true, width: diagramWidth }
}

/** Without the dot, in lower case; empty where there is none. */
function endingOf(path: string): string {
  return /[^/\\]\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}

function formatOf({ path }: Uri): ExportFile | undefined {
  return allForms.find((format) => forms[format].endings.includes(endingOf(path)))
}

function unknownEnding(ending: string): string {
  const known = allForms.map((format) => `.${forms[format].endings[0]} (${forms[format].label})`)
  const written = ending === '' ? 'a file without an ending' : `.${ending} files`
  return `Lifeline does not write ${written}. End the name with ${known.join(', ')}.`
}

function withEnding(chosen: Uri, format: ExportFile): Uri {
  return chosen.with({ path: `${chosen.path}.${forms[format].endings[0]}` })
}

/** The dialog has asked about the name without its ending only. */
async function mayReplace(target: Uri): Promise<boolean> {
  const isThere = await workspace.fs.stat(target).then(
    () => true,
    () => false,
  )
  if (!isThere) return true
  const question = visibleLine(`Replace ${target.fsPath || target.toString()}?`)
  return (await window.showWarningMessage(question, { modal: true }, 'Replace')) === 'Replace'
}

function proposeFile({ name }: HostSession, format: ExportFile): Uri {
  const [ending] = forms[format].endings
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir())
  return Uri.joinPath(folder, `${name.replace(/[^\w.-]+/g, '-').slice(0, proposedChars)}.${ending}`)
}

async function openSaved(target: Uri): Promise<void> {
  if (formatOf(target) === 'capture') {
    await env.openExternal(Uri.joinPath(target, '..'))
    return
  }
  await window.showTextDocument(await workspace.openTextDocument(target))
}
