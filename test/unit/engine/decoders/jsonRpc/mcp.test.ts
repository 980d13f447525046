import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { mcp } from '../../../../../src/engine/decoders/jsonRpc/mcp.ts'
import { toPacket } from '../../../../../src/engine/decoders/toPacket.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

type Step = readonly ['in' | 'out', object]

/** The words of WebSocket messages. */
function wordsOf(...steps: readonly Step[]): readonly (string | null)[] {
  const frames = createDataFrames()
  return tell(
    steps.map(([direction, message]) =>
      frames.message(direction, JSON.stringify({ jsonrpc: '2.0', ...message })),
    ),
  )
}

type Samples = Parameters<typeof decodeAll>[1]

function tell(samples: Samples): readonly (string | null)[] {
  return decodeAll(createDecoding(), samples).map(({ packet }) => {
    assert.equal(packet.protocol, 'mcp')
    return packetWords([toPacket(packet, 1_760_000_000_000 + 90)])
  })
}

const initialize = {
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'tester', version: '1.0' },
  },
}

describe('MCP', () => {
  it('begins by an introduction, and calls tools by their names', () => {
    const add = { name: 'add', arguments: { a: 2, b: 3 } }
    assert.deepEqual(
      wordsOf(
        ['out', initialize],
        [
          'in',
          {
            id: 0,
            result: {
              protocolVersion: '2025-11-25',
              capabilities: { tools: {} },
              serverInfo: { name: 'sums', version: '2' },
            },
          },
        ],
        ['out', { method: 'notifications/initialized' }],
        ['out', { id: 1, method: 'tools/call', params: add }],
        ['in', { id: 1, result: { content: [{ type: 'text', text: '5' }] } }],
        ['out', { id: 2, method: 'resources/read', params: { uri: 'file:///a' } }],
        ['in', { id: 2, error: { code: -32002, message: 'Resource not found' } }],
      ),
      [
        '▸ initialize #0 2025-11-25 · tester 1.0',
        '◂ result initialize #0 · 80 ms · 2025-11-25 · sums 2',
        '▸ notifications/initialized',
        '▸ tools/call add #1 {a: 2, b: 3}',
        '◂ result tools/call add #1 · 50 ms · 5',
        '▸ resources/read file:///a #2',
        '◂ error -32002 Resource not found · resources/read file:///a #2 · 30 ms',
      ],
    )
  })

  it('tells a tool that failed, and one that asks for more', () => {
    const call = (id: number) => ({ id, method: 'tools/call', params: { name: 'book' } })
    const inputRequests = { seat: { method: 'elicitation/create' } }
    assert.deepEqual(
      wordsOf(
        ['out', call(1)],
        ['in', { id: 1, result: { isError: true, content: [{ type: 'text', text: 'No seat' }] } }],
        ['out', call(2)],
        ['in', { id: 2, result: { resultType: 'input_required', inputRequests } }],
      ),
      [
        '▸ tools/call book #1',
        '◂ tool error No seat · tools/call book #1 · 80 ms',
        '▸ tools/call book #2',
        '◂ input required tools/call book #2 · 60 ms · {seat: {method: "elicitation/create"}}',
      ],
    )
  })

  it('ties progress and a cancellation to the call that they belong to', () => {
    const _meta = { progressToken: 'p' }
    assert.deepEqual(
      wordsOf(
        ['out', { id: 7, method: 'tools/call', params: { name: 'index', _meta } }],
        [
          'in',
          {
            method: 'notifications/progress',
            params: { progressToken: 'p', progress: 2, total: 5, message: 'reading' },
          },
        ],
        [
          'in',
          { method: 'notifications/progress', params: { progressToken: 'other', progress: 1 } },
        ],
        ['in', { method: 'notifications/message', params: { level: 'info', data: 'busy' } }],
        ['out', { method: 'notifications/cancelled', params: { requestId: 7, reason: 'late' } }],
      ),
      [
        '▸ tools/call index #7',
        '▸ notifications/progress #7 tools/call index · 2 of 5 · reading',
        '▸ notifications/progress 1',
        '▸ notifications/message info: busy',
        '▸ notifications/cancelled #7 late',
      ],
    )
  })

  it('is known by its headers, and the stream in an answer is read event by event', () => {
    const frames = createDataFrames()
    const headers = [
      ['MCP-Protocol-Version', '2025-11-25'],
      ['Mcp-Session-Id', 's'],
    ] as const
    const stream = [['Content-Type', 'text/event-stream']] as const
    const call = JSON.stringify({
      ...{ jsonrpc: '2.0', id: 3, method: 'tools/call' },
      params: { name: 'add', arguments: {}, _meta: { progressToken: 3 } },
    })
    const body =
      'event: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":3,"progress":1}}\n\n' +
      ': keep-alive\n\n' +
      'id: 9\ndata: {"jsonrpc":"2.0",\ndata: "id":3,"result":{"content":[]}}\n\n'
    const opened = frames.request('', 'stream', { headers })
    const asked = frames.request(call)
    const answer = frames.response(body, asked.frame.seq, 'companion', { headers: stream })
    assert.deepEqual(tell([opened, asked, answer]), [
      '▸ tools/call add #3 {}',
      '▸ notifications/progress #3 tools/call add · 1',
      '◂ result tools/call add #3 · 70 ms · {content: []}',
    ])
    assert.deepEqual(mcp.read?.(answer.payload, {} as never, 'in'), [
      {
        event: 'message',
        id: '',
        data: {
          jsonrpc: '2.0',
          method: 'notifications/progress',
          params: { progressToken: 3, progress: 1 },
        },
      },
      { event: 'message', id: '9', data: { jsonrpc: '2.0', id: 3, result: { content: [] } } },
    ])
  })

  it('goes on in another stream of its session', () => {
    const frames = createDataFrames()
    const headers = [['Mcp-Session-Id', 's']] as const
    const call = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
    const result = '{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}'
    assert.deepEqual(
      tell([
        frames.request('', 'stream', { headers }),
        frames.request(call),
        frames.request('', 'stream', { headers, connection: 2 }),
        frames.event(result, 'message', { connection: 2 }),
      ]),
      ['▸ tools/list #1', '◂ result tools/list #1 · 70 ms · {tools: []}'],
    )
  })

  it('of 2024 begins by an event that says where to send to', () => {
    const frames = createDataFrames()
    const words = tell([
      frames.event('/messages?sessionId=1', 'endpoint'),
      frames.request('{"jsonrpc":"2.0","id":1,"method":"ping"}'),
    ])
    assert.deepEqual(words, ['endpoint /messages?…', '▸ ping #1'])
  })

  it('is not claimed for JSON-RPC of others', () => {
    const frames = createDataFrames()
    const language = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":1}}'
    const [found] = decodeAll(createDecoding(), [frames.message('out', language)])
    assert.equal(found?.packet.protocol, 'json-rpc')
  })

  it('never waits for the end of a subscription, and answers to it where that comes', () => {
    const frames = createDataFrames()
    const listen = '{"jsonrpc":"2.0","id":4,"method":"subscriptions/listen","params":{}}'
    const end = '{"jsonrpc":"2.0","id":4,"result":{"resultType":"complete"}}'
    const packets = decodeAll(createDecoding(), [
      frames.message('out', listen),
      frames.message('in', end),
    ])
    assert.deepEqual(
      packets.map(({ packet: { asks, answers } }) => [asks, answers?.seq]),
      [
        [undefined, undefined],
        [undefined, 1],
      ],
    )
  })

  it('stands what hostile peers send', () => {
    const frames = createDataFrames()
    const odd = [null, 3, [], {}, { name: {} }, { arguments: 3, _meta: 7, name: 'x'.repeat(9000) }]
    const methods = ['tools/call', 'initialize', 'notifications/progress', 'toString']
    const messages = odd.flatMap((params) =>
      methods.flatMap((method) => [
        JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
        JSON.stringify({ jsonrpc: '2.0', method, params }),
        JSON.stringify({ jsonrpc: '2.0', id: 1, result: params }),
      ]),
    )
    const packets = decodeAll(
      createDecoding('mcp'),
      messages.map((text) => frames.message('in', text)),
    )
    assert.equal(packets.length, messages.length)
    for (const { packet } of packets) {
      assert.doesNotMatch(packet.flaw ?? '', /Lifeline failed/)
      assert.ok((packet.name ?? '').length <= 200 && (packet.summary ?? '').length <= 200)
    }
  })
})
