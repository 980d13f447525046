// What a profile's message is made of → the message that is sent.

import type { MessageContent, OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import { parseBase64, parseHex } from '../../shared/endpoint/messageBytes.ts'
import { defaultLimits } from '../../shared/limits.ts'
import { readRegularFile } from './readRegularFile.ts'

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
