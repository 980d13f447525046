// Calls over any message port: host↔worker and host↔webview speak through this and nothing else.

import { harmlessFault } from '../text/harmlessFault.ts'
import { type CallCode, isCallCode } from './callCodes.ts'

/** A call that failed on the other side. The message is for people. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: CallCode

  constructor(code: CallCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The least that both kinds of port offer. */
export interface Port {
  post(message: RpcMessage, transfer?: readonly ArrayBuffer[]): void
}

export type RpcMessage =
  | { readonly call: number; readonly method: string; readonly args: readonly unknown[] }
  /** JSON, in which webviews speak, leaves `ok` out where the answer is `undefined`. */
  | { readonly reply: number; readonly ok?: unknown }
  | { readonly reply: number; readonly err: { readonly code: string; readonly message: string } }

/** The methods of `Api`, each of which must answer with a promise. */
export type RpcApi<Api> = {
  [K in keyof Api]: Api[K] extends (...args: infer _Args) => Promise<infer _Result> ? Api[K] : never
}

export interface Rpc<Remote> {
  /** Calls reject with an `RpcError`; with code `closed` once the port is closed. */
  readonly remote: Remote
  /** Hand in whatever arrives on the port. Anything that is no `RpcMessage` is reported. */
  receive(message: unknown): void
  /** Rejects all pending calls and every later one. */
  close(reason: string): void
}

export interface RpcOptions<Local> {
  readonly port: Port
  readonly local: Local
  /** Receives unknown methods, malformed messages and unforeseen errors of handlers. */
  readonly report: (problem: Error) => void
  /** Turns an error that a handler threw into one whose words may reach the caller; null for an unforeseen error. */
  readonly inWords?: (error: unknown) => RpcError | null
}

interface PendingCall {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Joins two sides: `local` answers the other side's calls, `remote` makes ours. */
export function createRpc<Local extends RpcApi<Local>, Remote extends RpcApi<Remote>>(
  options: RpcOptions<Local>,
): Rpc<Remote> {
  const { port, local, report, inWords = () => null } = options
  const handlers = new Map<string, (...args: unknown[]) => Promise<unknown>>()
  for (const [name, method] of Object.entries(local)) {
    if (typeof method === 'function') handlers.set(name, method.bind(local))
  }
  const pending = new Map<number, PendingCall>()
  let nextCall = 1
  let closed: string | null = null

  function call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (closed !== null) return Promise.reject(new RpcError('closed', closed))
    const id = nextCall++
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject })
      try {
        port.post({ call: id, method, args })
      } catch (error) {
        pending.delete(id)
        reject(toRpcError(error))
      }
    })
  }

  async function handleCall(id: number, method: string, args: readonly unknown[]): Promise<void> {
    const handler = handlers.get(method)
    if (!handler) {
      report(new Error(`unknown method ${method}`))
      post({ reply: id, err: { code: 'unknown-method', message: `There is no method ${method}.` } })
      return
    }
    try {
      const ok = await handler(...args)
      post({ reply: id, ok }, transferables(ok))
    } catch (error) {
      const foreseen = error instanceof RpcError ? error : inWords(error)
      if (foreseen === null) report(harmlessFault(error))
      const { code, message } = foreseen ?? toRpcError(error)
      post({ reply: id, err: { code, message } })
    }
  }

  function post(message: RpcMessage, transfer: readonly ArrayBuffer[] = []): void {
    if (closed === null) port.post(message, transfer)
  }

  function receive(message: unknown): void {
    if (!isRpcMessage(message)) {
      report(new Error('a message that is no call and no reply'))
      return
    }
    if ('call' in message) {
      handleCall(message.call, message.method, message.args).catch((error) =>
        report(harmlessFault(error)),
      )
      return
    }
    const waiting = pending.get(message.reply)
    if (!waiting) return
    pending.delete(message.reply)
    if ('err' in message) waiting.reject(toldError(message.err))
    else waiting.resolve(message.ok)
  }

  function close(reason: string): void {
    closed ??= reason
    for (const { reject } of pending.values()) reject(new RpcError('closed', reason))
    pending.clear()
  }

  const remote = new Proxy(Object.create(null), {
    get: (_target, method) => {
      // `await` looks for `then`; the remote is no promise.
      if (typeof method !== 'string' || method === 'then') return undefined
      return (...args: unknown[]) => call(method, args)
    },
  }) as Remote
  return { remote, receive, close }
}

/** Buffers that a reply owns alone and may hand over instead of copying. */
function transferables(value: unknown): readonly ArrayBuffer[] {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return []
  const { bytes } = value
  if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) return []
  return bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : []
}

function isRpcMessage(value: unknown): value is RpcMessage {
  if (typeof value !== 'object' || value === null) return false
  if ('call' in value) {
    return (
      typeof value.call === 'number' &&
      'method' in value &&
      typeof value.method === 'string' &&
      'args' in value &&
      Array.isArray(value.args)
    )
  }
  if (!('reply' in value) || typeof value.reply !== 'number') return false
  if ('err' in value) {
    const { err } = value
    return (
      typeof err === 'object' &&
      err !== null &&
      'code' in err &&
      typeof err.code === 'string' &&
      'message' in err &&
      typeof err.message === 'string'
    )
  }
  return true
}

function toldError({ code, message }: { readonly code: string; readonly message: string }) {
  return new RpcError(isCallCode(code) ? code : 'internal', message)
}

function toRpcError(error: unknown): RpcError {
  return error instanceof RpcError ? error : new RpcError('internal', harmlessFault(error).message)
}
