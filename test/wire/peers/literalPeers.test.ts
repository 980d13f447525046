// Protocols without a server of their own in any package here, live: a WebSocket that answers in literal bytes.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { WebSocket } from 'ws'
import { type Dialogue, dialogues } from '../../support/servers/literalDialogues.ts'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { profileAt, runSession } from '../../support/sessions/runSession.ts'

function behave({ greeting, turns }: Dialogue): (ws: WebSocket) => void {
  const answers = new Map(turns.map(([asked, ...said]) => [asked, said]))
  return (ws) => {
    if (greeting !== undefined) ws.send(greeting)
    ws.on('message', (data) => {
      for (const text of answers.get(String(data)) ?? []) ws.send(text)
    })
  }
}

describe('A peer in literal bytes', () => {
  let server: TestWsServer
  before(async () => {
    const accepted = Object.values(dialogues).map(
      (one) => [one.path.replace(/\?.*/, ''), behave(one)] as const,
    )
    server = await startWsServer({ accepted: Object.fromEntries(accepted) })
  })
  after(() => server.close())

  for (const [protocol, { path, subprotocol, greeting, turns, told }] of Object.entries(
    dialogues,
  )) {
    it(`is told in the words of ${protocol}`, async () => {
      const expected = turns.flatMap(([, ...answers]) => answers)
      let due = greeting === undefined ? 0 : 1
      let came = 0
      let next = 0
      const entry = subprotocol === undefined ? {} : { subprotocols: [subprotocol] }
      const run = await runSession(profileAt(server.url(''), 'websocket', path, entry), {
        until(frame, live) {
          if (frame.kind === 'message' && frame.direction === 'in') came++
          if (came < due) return false
          // What is said last may have no answer.
          if (frame.kind === 'message' && frame.direction === 'out') return next === turns.length
          if (frame.kind !== 'response' && frame.direction !== 'in') return false
          const [text, ...answers] = turns[next++] ?? []
          due += answers.length
          if (text !== undefined) setImmediate(() => void live.send({ type: 'text', text }))
          return text === undefined
        },
      })
      assert.equal(came, expected.length + (greeting === undefined ? 0 : 1))
      const lines = run.lines
        .filter((line) => line.startsWith('message '))
        .map((line) => line.slice('message '.length).replace(/· [\d.]+ m?s\b/g, '· …'))
      assert.deepEqual(lines, told)
    })
  }
})
