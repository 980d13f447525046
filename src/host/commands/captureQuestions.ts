// The questions that change how captures are kept: the largest size of one, and their folder.

import { ConfigurationTarget, Uri, window, workspace } from 'vscode'
import { largestCaptureMB, readCaptureSettings, readLimits } from '../window/settings.ts'

const settings = () => workspace.getConfiguration('lifeline.capture')

/** Asks for the largest size of a capture and keeps it as a setting. False where the user leaves it as it is. */
export async function askCaptureLimit(): Promise<boolean> {
  const nowMB = Math.round(readLimits().captureBytes / 2 ** 20)
  const answer = await window.showInputBox({
    title: 'Largest Size of One Capture',
    prompt: `In MB, so far ${nowMB}. It is kept as the setting lifeline.capture.maxSize, and the endpoint is connected again.`,
    value: String(Math.min(nowMB * 2, largestCaptureMB)),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isSize(text) ? undefined : `Write a whole number from 1 to ${largestCaptureMB}.`,
  })
  if (answer === undefined) return false
  // A window on another machine keeps it there.
  await settings().update('maxSize', Number(answer), ConfigurationTarget.Global)
  return true
}

function isSize(text: string): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= largestCaptureMB
}

/** Asks for the folder of captures and keeps it as a setting. False where the user leaves it as it is. */
export async function askCaptureFolder(): Promise<boolean> {
  const { folder } = readCaptureSettings()
  const chosen = await window.showOpenDialog({
    title: 'Folder for Captures',
    openLabel: 'Keep Captures Here',
    canSelectFolders: true,
    canSelectFiles: false,
    ...(folder !== null && { defaultUri: Uri.file(folder) }),
  })
  const path = chosen?.[0]?.fsPath
  if (path === undefined) return false
  await settings().update('folder', path, ConfigurationTarget.Global)
  return true
}
