// Looks at the bytes of an answer where a socket gives them to Node's parser, ahead of it.

import type { Socket } from 'node:net'
import { type Came, createCameBytes } from '../../protocols/bytes/cameBytes.ts'
import { createAnswerBytes } from '../../protocols/http/answerBytes.ts'
import type { ReadHead } from '../../protocols/http/answerHead.ts'

export interface AnswerTap {
  /** What came while no head of the answer was complete; null where nothing did or the head has come. */
  came(): Came | null
  /** The answer's head has come, and can be read. */
  hasHead(): boolean
  /** That head as it came; null where it had not to be mended. */
  mendedHead(): ReadHead | null
  /** Why its head cannot be read, in words. */
  refusal(): string | null
  /** Bytes of its heads. */
  headBytes(): number
  /** It reads no more from the socket, which goes on as it would without. */
  end(): void
}

export interface AnswerTapOptions {
  readonly method: string
  /** A longer head is left to Node's parser, which refuses it. */
  readonly headBytes: number
  /** Of what came so much is kept. */
  readonly keptBytes: number
  /** Something has come. */
  onBytes(): void
  /** As for `createAnswerBytes`. */
  onFlawed(head: ReadHead, bytes: Uint8Array): void
  onFlawedChunks(bytes: Uint8Array): void
  /** This came behind the answer's end, at once or until the socket's next request. */
  onSurplus(bytes: Uint8Array): void
}

/** What stands in the way of bytes that a socket has read. */
interface Gate {
  filter: Filter | null
}

interface Filter {
  /** The answer is complete: what still comes belongs to none. */
  isOver(): boolean
  /** What Node gets of the bytes; null for nothing. */
  pass(bytes: Uint8Array): Uint8Array | null
  /** What Node gets before the end. */
  rest(): Uint8Array | null
}

const gates = new WeakMap<Socket, Gate>()

/** To be called in the request's `socket` event. It takes the place of the tap that the socket had before. */
export function tapAnswer(socket: Socket, options: AnswerTapOptions): AnswerTap {
  const start = createCameBytes(options.keptBytes)
  const answer = createAnswerBytes(options)
  const gate = gateOf(socket)
  const filter: Filter = {
    pass(bytes) {
      options.onBytes()
      const passed = answer.feed(bytes)
      if (!answer.hasHead()) start.add(bytes)
      return passed
    },
    rest: answer.end,
    isOver: () => answer.stage() === 'over',
  }
  gate.filter = filter

  return {
    came: () => (answer.hasHead() ? null : start.read()),
    hasHead: answer.hasHead,
    mendedHead: answer.mendedHead,
    refusal: answer.refusal,
    headBytes: answer.headBytes,
    end() {
      if (gate.filter === filter) gate.filter = null
    },
  }
}

/** `push` is where a socket hands over what it has read, and the one place ahead of all who listen to it. */
function gateOf(socket: Socket): Gate {
  const known = gates.get(socket)
  if (known !== undefined) return known
  const gate: Gate = { filter: null }
  gates.set(socket, gate)
  const push = socket.push.bind(socket)
  let onRead: unknown
  // The agent's own listener, which comes first, has what an idle socket reads destroy it unseen. Whoever is told of
  // the surplus does so, too.
  socket.on('free', () => {
    const handle = handleOf(socket)
    if (handle && onRead !== undefined && gate.filter?.isOver()) handle.onread = onRead
  })
  socket.push = (bytes: Uint8Array | null, encoding) => {
    const { filter } = gate
    if (filter === null) return push(bytes, encoding)
    if (bytes !== null) {
      if (onRead === undefined) onRead = handleOf(socket)?.onread
      const passed = filter.pass(bytes)
      return passed === null || passed.length === 0 || push(passed, encoding)
    }
    const rest = filter.rest()
    if (rest !== null) push(rest)
    return push(null)
  }
  return gate
}

/** What Node's sockets read from; not in its declarations. */
function handleOf(socket: object): { onread?: unknown } | undefined {
  return '_handle' in socket
    ? ((socket._handle as { onread?: unknown } | null) ?? undefined)
    : undefined
}
