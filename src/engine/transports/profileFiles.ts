// Files that a profile names: the body of a request, and the content of a message.

import type { MessageContent, OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import { parseBase64, parseHex } from '../../shared/endpoint/messageBytes.ts'
import type { Limits } from '../../shared/limits.ts'
import { defaultLimits } from '../../shared/limits.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { Fault } from '../protocols/fault.ts'
import { readRegularFile, UnfitFile } from './readRegularFile.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
}

/** The file's bytes, or what is wrong with it. */
export async function readBodyFile(path: string, limits: Limits): Promise<Uint8Array | Fault> {
  try {
    return await readRegularFile(path, limits.messageBytes)
  } catch (error) {
    if (error instanceof UnfitFile) {
      const tooLarge = `is larger than ${formatLimit(limits.messageBytes)}`
      return fault(path, error.reason === 'endless' ? 'is none with a size' : tooLarge)
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return fault(path, reasons[code] ?? 'cannot be read', code)
  }
}

function fault(path: string, words: string, cause?: string): Fault {
  return {
    code: 'file-not-readable',
    message: `The file of "bodyFile" ${words}: ${path}`,
    advice: 'Correct "bodyFile" in the profile, or --body-file on the command line.',
    ...(cause && { cause }),
  }
}

/** Rejects with the system's error where a file cannot be read, with our own where it is no file to read or the bytes are misspelt. */
export async function loadMessage({ kind, value }: MessageContent): Promise<OutgoingMessage> {
  if (kind === 'text') return { type: 'text', text: value }
  const bytes = await bytesOf(kind, value)
  if (bytes === null) throw new Error(`Lifeline was given what is no ${kind}.`)
  return { type: 'binary', bytes }
}

function bytesOf(kind: 'hex' | 'base64' | 'file', value: string) {
  if (kind === 'file') return readRegularFile(value, defaultLimits.messageBytes)
  return kind === 'hex' ? parseHex(value) : parseBase64(value)
}
