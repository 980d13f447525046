// What a profile's message is made of → the message that is sent.

import { readFile, stat } from 'node:fs/promises'
import type { MessageContent, OutgoingMessage } from '../../shared/endpoint.ts'
import { parseBase64, parseHex } from '../../shared/messageBytes.ts'
import { isEndless } from './isEndless.ts'

/** Rejects with the system's error where a file cannot be read, with our own where the bytes are misspelt. */
export async function loadMessage({ kind, value }: MessageContent): Promise<OutgoingMessage> {
  if (kind === 'text') return { type: 'text', text: value }
  const bytes = await bytesOf(kind, value)
  if (bytes === null) throw new Error(`Lifeline was given what is no ${kind}.`)
  return { type: 'binary', bytes }
}

async function readMessageFile(path: string): Promise<Uint8Array> {
  if (isEndless(await stat(path))) throw new Error(`it is no file with a size: ${path}`)
  return readFile(path)
}

function bytesOf(kind: 'hex' | 'base64' | 'file', value: string) {
  if (kind === 'file') return readMessageFile(value)
  return kind === 'hex' ? parseHex(value) : parseBase64(value)
}
