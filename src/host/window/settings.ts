// The user's settings, as the values that the parts work with.

import { isAbsolute, join } from 'node:path'
import { type ConfigurationScope, type ExtensionContext, workspace } from 'vscode'
import { defaultLimits, type Limits } from '../../shared/limits.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'
import { parseDuration } from '../../shared/text/duration.ts'

const MiB = 1024 * 1024
/** The `maximum` of `lifeline.capture.maxSize` in the manifest. */
export const largestCaptureMB = 1_048_576

export interface CaptureSettings {
  /** Absolute path, or null for VS Code's own storage. */
  readonly folder: string | null
  readonly keep: number
}

export function readCaptureSettings(): CaptureSettings {
  const settings = workspace.getConfiguration('lifeline.capture')
  const folder = settings.get<string>('folder', '').trim()
  return {
    folder: isAbsolute(folder) ? folder : null,
    keep: atLeastOne(settings.get('keep'), 20),
  }
}

/** Where captures are kept: the user's choice, the workspace's storage, or VS Code's. */
export function captureFolderPath(
  context: Pick<ExtensionContext, 'storageUri' | 'globalStorageUri'>,
): string | null {
  const { folder } = readCaptureSettings()
  if (folder !== null) return folder
  const storage = context.storageUri ?? context.globalStorageUri
  // SQLite needs a real file; in a virtual workspace memory has to do.
  return storage.scheme === 'file' ? join(storage.fsPath, 'captures') : null
}

export function readLimits(): Limits {
  const settings = workspace.getConfiguration('lifeline.capture')
  const { captureBytes, payloadBytes } = defaultLimits
  return {
    ...defaultLimits,
    captureBytes: atLeastOne(settings.get('maxSize'), captureBytes / MiB) * MiB,
    payloadBytes: atLeastOne(settings.get('maxPayload'), payloadBytes / MiB) * MiB,
  }
}

/** Defaults for fields that a profile leaves out. An unreadable interval counts as not set. */
export function readEndpointDefaults(scope?: ConfigurationScope): EndpointDefaults {
  const settings = workspace.getConfiguration('lifeline', scope ?? null)
  const intervalMs = parseDuration(settings.get<string>('polling.interval', ''))
  return {
    ...(intervalMs !== null && { intervalMs: Math.max(intervalMs, defaultLimits.minIntervalMs) }),
    ...(settings.get('reconnect') === false && { reconnectAttempts: 0 }),
  }
}

function atLeastOne(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1 ? value : otherwise
}
