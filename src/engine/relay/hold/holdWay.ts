// One way of a pair of connections, on which whole messages and answers may wait until the session has said what becomes of them.

import { holdLimits, type Receiver } from '../../../shared/session/tapHolds.ts'
import type { Asked } from './asked.ts'
import { cannotRead, createHeldMessages, type HeldMessages } from './heldMessages.ts'
import type { RelayVerdict } from './holdOrders.ts'
import { createHoldQueue, type ItemEnd } from './holdQueue.ts'

export interface HoldWay {
  /** `begins`: an answer or a request begins with these bytes. */
  write(bytes: Uint8Array, begins: boolean): void
  /** The answer that is written next is gathered, where such are asked about. */
  gatherAnswer(): void
  /** The request or the answer is complete. `isTold`: nothing of it was lost. */
  messageEnd(isTold: boolean): void
  /** Nothing more comes; the end goes on behind what waits. */
  end(): void
  /** Bytes that wait, here and further on. */
  held(): number
  verdict(verdict: Pick<RelayVerdict, 'n' | 'act' | 'keepsAsking'>): void
  /** The ways that are asked about are others from now on. */
  askedChanged(): void
  /** The faults are others from now on: what they hold goes on at once. */
  faultsChanged(): void
  /** Forgets what waits: nobody reads it any more. */
  clear(): void
  readonly messages: HeldMessages
}

export interface HoldWayOptions {
  readonly to: Receiver
  readonly asked: Asked
  readonly messageBytes: number
  /** What keeping a message costs beside its bytes. */
  readonly itemBytes: number
  /** What is recorded no longer is held no longer. */
  isFull(): boolean
  /** What has come waits for its verdict. */
  held(n: number): void
  /** Of what `held` answers with. */
  settle(): void
  /** An answer was dropped: its program hears no other. */
  leave(): void
  /** The connection cannot go on; a sentence says why. */
  cut(why: string): void
  /** Where it goes on. */
  readonly out: {
    write(bytes: Uint8Array, begins: boolean): void
    messageEnd(): void
    end(): void
    held(): number
    changed(): void
    clear(): void
  }
}

export function createHoldWay(options: HoldWayOptions): HoldWay {
  const { to, asked, messageBytes, itemBytes, out, isFull, settle } = options
  const queue = createHoldQueue({ itemBytes, pass: out.write, ended: out.end })
  let keepsAsking = false
  let isEnded = false
  let isCleared = false
  let timer: NodeJS.Timeout | null = null
  const answerEnd: ItemEnd = { passed: out.messageEnd, dropped: options.leave }

  const held = () => out.held() + queue.size()

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  function passAsItComes(): void {
    stopTimer()
    queue.letGo()
    settle()
  }

  function write(bytes: Uint8Array, begins: boolean): void {
    if (isCleared) return
    if (queue.isEmpty()) out.write(bytes, begins)
    else queue.add(bytes, begins)
    if (timer !== null && (queue.gathered() ?? 0) > messageBytes) passAsItComes()
    if (held() > 0) settle()
  }

  const messages = createHeldMessages({
    ...{ queue, messageBytes, isFull, held: options.held, cut: options.cut },
    write: (bytes) => write(bytes, false),
    writeAside: (bytes) => out.write(bytes, false),
    asks: () => keepsAsking || asked.asks(to),
    keepsAsking: () => keepsAsking,
    isOver: () => isEnded || isCleared,
  })

  return {
    write,
    gatherAnswer() {
      if (!asked.asks(to) || isFull()) return
      queue.open(false)
      timer = setTimeout(passAsItComes, holdLimits.answerMs)
    },
    messageEnd(isTold) {
      stopTimer()
      if (queue.isEmpty()) {
        out.messageEnd()
        return
      }
      if (!isTold) queue.letGo()
      const n = queue.close(answerEnd)
      if (n !== null) options.held(n)
      settle()
    },
    end() {
      stopTimer()
      messages.finish()
      isEnded = true
      queue.end()
    },
    held,
    verdict({ n, act, keepsAsking: keeps }) {
      if (keeps && !keepsAsking && queue.hasLetGoBehind(n)) {
        options.cut(cannotRead('A message could not wait'))
        return
      }
      keepsAsking ||= keeps
      queue.verdict(n, act)
      settle()
    },
    askedChanged() {
      if (!keepsAsking && !asked.asks(to)) {
        stopTimer()
        queue.letAllGo()
      }
      settle()
    },
    faultsChanged() {
      out.changed()
      settle()
    },
    clear() {
      stopTimer()
      isCleared = true
      queue.clear()
      out.clear()
    },
    messages,
  }
}
