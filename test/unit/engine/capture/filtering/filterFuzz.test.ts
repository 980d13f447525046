import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseFilter } from '../../../../../src/shared/filter/parseFilter.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { isWireKind } from '../../../../../src/shared/frame/frame.ts'
import {
  binaryMessage,
  errorFrame,
  fragment,
  ignoredLine,
  request,
  response,
  sseEvent,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture } from '../../../../support/captures/captures.ts'
import { namesWire, slowlyMatches } from '../../../../support/filter/slowFilter.ts'
import { randomFrom } from '../../../../support/samples/spellings.ts'

type Random = <T>(values: readonly T[]) => T

const scalars = [
  0,
  7,
  7.5,
  -3,
  '7',
  '7.0',
  '07',
  'trade',
  'BTC-EUR',
  '',
  'a"b\\c',
  true,
  false,
  null,
  'true',
  'ÄÖ',
  1e15,
]

function value(pick: Random, depth: number): unknown {
  if (depth > 3) return pick(scalars)
  const inner = () => value(pick, depth + 1)
  return pick([
    () => pick(scalars),
    () => ({ id: inner(), type: inner() }),
    () => ({ price: inner(), items: [inner(), inner()] }),
    () => ({ 'a b': inner(), id: inner() }),
    () => [inner(), inner()],
  ])()
}

function closeFrame(pick: Random): NewFrame {
  const { payload: _, ...head } = textMessage('')
  const detail = {
    code: pick([1000, 1001, 1006, 1011]),
    reason: pick(['', 'trade over']),
    by: pick(['client', 'server'] as const),
  }
  return {
    ...head,
    kind: 'close',
    direction: pick(['in', 'out'] as const),
    detail,
    payload: null,
  } as NewFrame
}

/** `requests`: the numbers of those before it. */
function answer(pick: Random, requests: readonly number[]): NewFrame {
  const frame = response(
    [['X-Id', pick(['7', 'trade'])]],
    Buffer.from(JSON.stringify(value(pick, 2))),
  )
  const changed = pick([true, false, undefined])
  const detail = {
    ...frame.detail,
    status: pick([200, 204, 404, 500, 503]),
    purpose: pick(purposes),
    ...(changed !== undefined && { changed }),
  }
  const replyTo = pick([null, ...requests])
  return { ...frame, replyTo, detail } as NewFrame
}

const purposes = ['poll', 'request', 'stream', 'handshake'] as const

function asked(pick: Random): NewFrame {
  const url = pick(['http://h/trade?id=7', 'http://h/', 'http://h/Trade/7'])
  const frame = request(url, [['Accept', '*/*']])
  const target = url.slice('http://h'.length)
  const asks = { target, method: pick(['GET', 'POST']), purpose: pick(purposes) }
  return { ...frame, detail: { ...frame.detail, ...asks } } as NewFrame
}

function frameOf(pick: Random, requests: readonly number[]): NewFrame {
  return pick<() => NewFrame>([
    () => textMessage(JSON.stringify(value(pick, 0))),
    () => textMessage(JSON.stringify(value(pick, 0), null, 1)),
    () => textMessage(pick(['trade', 'no json {', '{"id":7', '[7]', '7', '  {"id": 7}  '])),
    () =>
      textMessage(
        `{"pad":"${'x'.repeat(pick([16_300, 70_000]))}","id":${pick([7, 8])},"end":"trade"}`,
      ),
    () => binaryMessage(Buffer.from(pick(['\u0000\u0001', 'chat']))),
    () => sseEvent(pick(['trade', 'message']), JSON.stringify(value(pick, 1)), pick(['', '7'])),
    () => answer(pick, requests),
    () => asked(pick),
    () => asked(pick),
    () => errorFrame(pick(['ws-invalid-utf8', 'http-timeout']), 'The trade failed.'),
    () => closeFrame(pick),
    () => fragment(pick([1, 2])),
    () => ignoredLine('trade: 7'),
  ])()
}

const tests = [
  ...[
    'trade',
    '7',
    'error',
    '"a\\"b"',
    'event',
    '/tr?a+de/',
    '/TRADE|^\\[7/i',
    '/x\\d/',
    '-chat',
    'nothing',
  ],
  ...[
    'dir:in',
    'dir:out,local',
    'kind:message',
    'kind:event,fragment',
    'type:trade',
    'type:t*e',
    'type:text,7',
    'code:ws-*',
    'code:10*',
    'status:5xx,404',
    'status<300',
    'conn:1,2',
    'conn>1',
    'conn:2-3',
    'path:/trade',
    'path:/trade*,/x',
    'path:*7',
    'method:get',
    'method:P*T path:/',
  ],
  ...[
    'size>20',
    'size<=1kB',
    'size:0',
    'gap>10ms',
    'gap<=0.5ms',
    'after:100ms',
    'before:0.3s',
    'seq>50',
    'changed',
    'wire',
    'is:error',
  ],
  ...[
    '$.id',
    '$.id = 7',
    '$.id = "7"',
    '$.id != 7',
    '$.id > 3',
    '$.id <= 7.2',
    '$.type = trade',
    '$.type > "B"',
    '$.type ~ TRADE',
    '$.id ~ /^B.*R$/',
    '$.id = true',
    '$.id != null',
    '$.id = false',
  ],
  ...[
    '$.items[*] = 7',
    '$.items[1].id',
    '$.items[-1].id',
    '$.items.1.id = 7',
    '$.items[123456789012]',
    '$..id = 7',
    '$..type = "trade"',
    '$.*.id != 7',
    '$["a b"].id >= 0',
    '$[0] = 7',
    '$ = 7',
    '$..items[*]..id > 1',
    '$.price.id = "ÄÖ"',
    '$.id = "a\\"b\\\\c"',
    '$.end = trade',
    '$..end ~ ad',
  ],
]

function filterOf(pick: Random, depth = 0): string {
  const inner = () => filterOf(pick, depth + 1)
  if (depth > 2) return pick(tests)
  return pick([
    () => pick(tests),
    () => `${inner()} ${inner()}`,
    () => `(${inner()} or ${inner()})`,
    () => `-(${inner()})`,
  ])()
}

describe('filters in SQL', () => {
  it('find what a slow reading of each frame finds', function () {
    this.timeout(60_000)
    const random = randomFrom(7)
    const pick: Random = (values) =>
      values[Math.floor(random() * values.length)] as (typeof values)[0]
    const capture = startCapture()
    const frames: NewFrame[] = []
    const requests: number[] = []
    for (let at = start; frames.length < 150; at += pick([0, 0.25, 0.5, 4, 40])) {
      const frame = { ...frameOf(pick, requests), at, connection: pick([1, 2]) } as NewFrame
      frames.push(frame)
      if (frame.kind === 'request') requests.push(frames.length)
      capture.append({
        ...frame,
        payload: frame.payload && new Uint8Array(frame.payload),
      } as NewFrame)
    }
    const texts = [...tests, ...Array.from({ length: 120 }, () => filterOf(pick))]
    let found = 0
    for (const text of texts) {
      const { node, mistakes } = parseFilter(text)
      assert.deepEqual(mistakes, [], text)
      const wire = random() < 0.5
      const shown = wire || namesWire(node)
      const expected = frames.flatMap(({ kind }, index) =>
        (shown || !isWireKind(kind)) &&
        (node === null || slowlyMatches(node, (seq) => frames[seq - 1], index + 1, shown))
          ? [index + 1]
          : [],
      )
      const seqs = shownSeqs(capture, text, 0, wire)
      const wrong = [
        ...seqs.filter((seq) => !expected.includes(seq)),
        ...expected.filter((seq) => !seqs.includes(seq)),
      ].map((seq) => frames[seq - 1])
      assert.deepEqual(
        wrong
          .slice(0, 2)
          .map((frame) => [frame?.kind, frame?.detail, String(frame?.payload).slice(0, 200)]),
        [],
        text,
      )
      assert.deepEqual(seqs, expected, text)
      found += expected.length
    }
    assert.ok(found > 3000, `${found} found`)
    capture.close()
  })
})
