// A server that speaks JSON-RPC, watched: live and from the capture.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import type { Packet } from '../../../src/shared/frame/packet.ts'
import { isRecord } from '../../../src/shared/unknown.ts'
import { useWsServer } from '../../support/servers/useWsServer.ts'
import type { Behaviour } from '../../support/servers/wsServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

/** Adds numbers, asks back once, fails for what it does not know, and closes when it is told to. */
const calculator: Behaviour = (ws) => {
  ws.on('message', (data, isBinary) => {
    const call: unknown = JSON.parse(data.toString())
    if (!isRecord(call) || typeof call.method !== 'string') return
    const answer = (fields: object) =>
      ws.send(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...fields }), { binary: isBinary })
    if (call.method === 'bye') ws.close(1000)
    else if (call.method === 'add') answer({ result: 5 })
    else answer({ error: { code: -32601, message: `Method not found: ${call.method}` } })
    if (call.method === 'add') ws.send('{"jsonrpc":"2.0","method":"added"}')
  })
}

interface Line {
  readonly kind: string
  readonly summary: string
  readonly decoded?: readonly Packet[]
}

function linesOf(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const calls = [
  '{"jsonrpc":"2.0","id":1,"method":"add","params":[2,3]}',
  '{"jsonrpc":"2.0","id":"1","method":"divide"}',
  '{"jsonrpc":"2.0","method":"bye"}',
]

describe('a JSON-RPC server on the wire', function () {
  this.timeout(30_000)
  const server = useWsServer({ accepted: { '/rpc': calculator } })
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-rpc-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const sent = calls.flatMap((call) => ['--send', call])

  it('is decoded as it comes, and the same from its capture', async () => {
    const capture = join(folder, 'run.lifeline')
    const options = ['--format', 'ndjson', '--capture', capture]
    const live = await runCommand('watch', server.url('/rpc'), ...sent, ...options)
    assert.equal(live.stderr, '')
    const decoded = linesOf(live.stdout).filter((line) => line.decoded)
    assert.deepEqual(
      decoded
        .map(({ decoded: [packet] = [] }) =>
          [packet?.type, packet?.name, packet?.key].filter((part) => part !== undefined).join(' '),
        )
        .toSorted(),
      [
        'error divide "1"',
        'notification added',
        'notification bye',
        'request add 1',
        'request divide "1"',
        'result add 1',
      ],
    )
    for (const { decoded: [packet] = [] } of decoded) {
      assert.equal(
        typeof packet?.latencyMs,
        /^(result|error)$/.test(packet?.type ?? '') ? 'number' : 'undefined',
      )
      assert.equal(packet?.flaw, undefined)
    }
    const shown = await runCommand('show', capture, '--format', 'ndjson')
    assert.deepEqual(linesOf(shown.stdout), linesOf(live.stdout))
    const drawn = await runCommand('show', capture, '--width', '100')
    assert.match(drawn.stdout, /--- ▸ add #1 \[2, 3\] -+>\|/)
    assert.match(
      drawn.stdout,
      /✕ ◂ error -32601 Method not found: divide · divide #"1" · [\d.]+ ms/,
    )
  })
})
