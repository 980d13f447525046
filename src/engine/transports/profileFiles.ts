// Files that a profile names: the body of a request, and the content of a message.

import type { MessageContent, OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import { parseBase64, parseHex } from '../../shared/endpoint/messageBytes.ts'
import type { Limits } from '../../shared/limits.ts'
import { decodeLimits, defaultLimits } from '../../shared/limits.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { OrFault } from '../protocols/fault.ts'
import { readRegularFile, readRegularFileSync, UnfitFile } from './readRegularFile.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
}

/** The bytes of the file that a request has as its body. */
export async function readBodyFile(path: string, limits: Limits): Promise<OrFault<Uint8Array>> {
  const read = await readFile('The file of "bodyFile"', path, limits.messageBytes)
  if (read.ok) return read
  const advice = 'Correct "bodyFile" in the profile.'
  return { ok: false, fault: { ...read.fault, advice, fields: ['bodyFile'] } }
}

/** The bytes of the file that tells the types of messages. */
export function readDescriptor(path: string): OrFault<Uint8Array> {
  const { descriptorBytes } = decodeLimits
  try {
    return { ok: true, value: readRegularFileSync(path, descriptorBytes) }
  } catch (error) {
    return faultOf(error, 'The descriptor of "protobuf"', path, descriptorBytes)
  }
}

/** The message, its file read; its bytes are spelled right, which the profile has checked. */
export async function loadMessage(content: MessageContent): Promise<OrFault<OutgoingMessage>> {
  const { kind, value } = content
  if (kind === 'text') return { ok: true, value: { type: 'text', text: value } }
  if (kind === 'file') {
    const read = await readFile('The file of the message', value, defaultLimits.messageBytes)
    return read.ok ? binary(read.value) : read
  }
  const bytes = kind === 'hex' ? parseHex(value) : parseBase64(value)
  if (bytes === null) throw new Error(`Lifeline was given what is no ${kind}.`)
  return binary(bytes)
}

function binary(bytes: Uint8Array): OrFault<OutgoingMessage> {
  return { ok: true, value: { type: 'binary', bytes } }
}

/** `what` begins the sentence of the fault. */
async function readFile(
  what: string,
  path: string,
  mostBytes: number,
): Promise<OrFault<Uint8Array>> {
  try {
    return { ok: true, value: await readRegularFile(path, mostBytes) }
  } catch (error) {
    return faultOf(error, what, path, mostBytes)
  }
}

function faultOf(
  error: unknown,
  what: string,
  path: string,
  mostBytes: number,
): OrFault<Uint8Array> {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words = error instanceof UnfitFile ? unfit(error, mostBytes) : reasons[cause]
  const message = `${what} ${words ?? 'cannot be read'}: ${path}`
  const fault = { code: 'file-not-readable', message, ...(cause && { cause }) } as const
  return { ok: false, fault }
}

function unfit({ reason }: UnfitFile, mostBytes: number): string {
  return reason === 'endless'
    ? 'is a device or a pipe, which has no end'
    : `is larger than ${formatLimit(mostBytes)}`
}
