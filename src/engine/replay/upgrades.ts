// Opens WebSockets as they were opened when the capture was made, or refuses them as they were refused.

import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { pathOfTarget } from '../../shared/url/requestTarget.ts'
import { ownTarget } from '../relay/ownNames.ts'
import { answerFields, reasonOf } from './answerHead.ts'
import { afterHold, type Replay } from './replay.ts'
import { replayLimits } from './replayLimits.ts'
import type { Routes } from './routes.ts'
import { inWords } from './sayInWords.ts'
import type { AnswerTurn, ConversationTurn, Turn } from './script/script.ts'
import { webSocket } from './script/turnHead.ts'
import { serveConversation } from './serveConversation.ts'
import { turnWords } from './servedWords.ts'

export interface Upgrades {
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export function createUpgrades(routes: Routes, replay: Replay): Upgrades {
  const { timers } = replay
  const protocols = new WeakMap<IncomingMessage, string | null>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: replayLimits.messageBytes,
    // Small messages, too, are compressed where they once were.
    perMessageDeflate: { threshold: 0 },
    handleProtocols(offered, request) {
      const recorded = protocols.get(request) ?? null
      return recorded !== null && offered.has(recorded) ? recorded : false
    },
  })

  function open(request: IncomingMessage, socket: Duplex, head: Buffer, turn: ConversationTurn) {
    const { url: target = '' } = request
    protocols.set(request, turn.protocol)
    if (!turn.compresses) delete request.headers['sec-websocket-extensions']
    server.handleUpgrade(request, socket, head, (opened) =>
      serveConversation(replay, opened, turn, (status) =>
        replay.tell({ at: timers.now(), method: webSocket, target, status, words: 'closed' }),
      ),
    )
  }

  function answer(request: IncomingMessage, socket: Duplex, turn: AnswerTurn): void {
    const fields = [...answerFields(turn, request.headers.host ?? 'localhost')]
    const body = replay.payload(turn.seq)
    const head = [
      `HTTP/1.1 ${turn.status} ${reasonOf(turn)}`,
      ...fields.flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)),
      `Content-Length: ${body.length}`,
      'Connection: close',
    ]
    socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]))
  }

  function serve(request: IncomingMessage, socket: Duplex, head: Buffer, turn: Turn): void {
    if (turn.kind === 'conversation') open(request, socket, head, turn)
    else if (turn.kind === 'answer') answer(request, socket, turn)
  }

  return {
    take(request, socket, head) {
      const target = ownTarget(request.url ?? '', new Set()) ?? '/'
      const path = pathOfTarget(target)
      const tell = (status: number, words: string) =>
        replay.tell({ at: timers.now(), method: webSocket, target, status, words })
      const one = routes.find(webSocket, path)
      if (one === null) {
        const words = `it has no WebSocket of ${path}`
        tell(404, words)
        refuseUpgrade(socket, 404, words)
        return
      }
      const question = { query: target.slice(path.length + 1), body: null }
      const { turn, number } = one.choice.next(question)
      afterHold(replay, turn.holdMs, socket, () => {
        tell(turn.status, turnWords(turn, { number, of: one.route.turns.length, behind: '' }))
        serve(request, socket, head, turn)
      })
    },
  }
}

export function refuseUpgrade(socket: Duplex, status: number, words: string): void {
  const body = Buffer.from(inWords(words))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
}
