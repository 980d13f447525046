import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import {
  fragment,
  response,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture, wholePage } from '../../../../support/captures/captures.ts'
import { call, result } from '../../../../support/captures/jsonRpcFrames.ts'

describe('the frames that a filter matches', () => {
  it('are found by what is decoded of them, once it is', () => {
    const capture = startCapture()
    for (const frame of [call(1), result(1), call(2), textMessage('m1')]) capture.append(frame)
    capture.append(textMessage('{"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":2}'))
    assert.deepEqual(shownSeqs(capture, 'name:m1'), [1, 2])
    assert.deepEqual(shownSeqs(capture, 'name:m* dir:in'), [2, 5])
    assert.deepEqual(shownSeqs(capture, 'm1'), [1, 2, 4])
    assert.deepEqual(shownSeqs(capture, '/^m1$/'), [1, 2, 4])
    assert.deepEqual(shownSeqs(capture, 'type:result'), [2])
    assert.deepEqual(shownSeqs(capture, 'key:2'), [3, 5])
    assert.deepEqual(shownSeqs(capture, '#2'), [3, 5])
    assert.deepEqual(shownSeqs(capture, 'is:error'), [5])
    assert.deepEqual(shownSeqs(capture, '-name:m1 -is:error'), [3, 4])
    capture.close()
  })

  it('are not told before they are decoded, and the page says so', () => {
    const capture = startCapture()
    const count = 60_000
    for (let n = 1; n <= count; n++) capture.append(call(n))
    capture.flush()
    const filter = { afterSeq: 0, text: `name:m${count}`, wire: false }
    // A filter that does not ask what is decoded does not wait for it.
    assert.equal(wholePage(capture, { ...filter, text: `seq:${count}` }, 0, 10).undecoded, true)
    let page = capture.rows(filter, 0, 10)
    assert.equal(page.partial, true)
    while (page.partial) {
      assert.equal(page.total, 0)
      page = capture.rows(filter, 0, 10)
    }
    assert.deepEqual(
      page.rows.map(({ frame, decoded }) => [frame.seq, decoded?.[0]?.name]),
      [[count, `m${count}`]],
    )
    capture.close()
  })

  it('are the same in a capture that is only read', () =>
    withFolder((folder) => {
      const path = join(folder, 'one.lifeline')
      const written = startCapture(path)
      for (const frame of [call(1), result(1)]) written.append(frame)
      written.close()
      const capture = openCapture(path)
      assert.deepEqual(shownSeqs(capture, 'name:m1 dir:in'), [2])
      capture.close()
    }))

  it('are requests without an answer, until one comes late', () => {
    const capture = startCapture()
    const page = (text = 'is:unanswered') =>
      wholePage(capture, { afterSeq: 0, text, wire: false }, 0, 9)
    const found = (text?: string) => page(text).rows.map(({ frame }) => frame.seq)
    for (const frame of [call(1), call(2), result(2, start + 20)]) capture.append(frame)
    // They may yet be answered in time, and the page says so.
    assert.deepEqual(found(), [])
    assert.deepEqual(found('-is:unanswered'), [1, 2, 3])
    const before = page()
    assert.equal(before.refolds, true)
    capture.append(call(3, start + 9000))
    capture.append(textMessage('later', start + 12_000))
    assert.deepEqual(found(), [1])
    assert.notEqual(page().folding, before.folding)
    assert.equal(page().folding, page().folding)
    capture.append(textMessage('later', start + 20_000))
    assert.deepEqual(found(), [1, 4])
    assert.deepEqual(found('is:unanswered or later'), [1, 4, 5, 6])
    assert.deepEqual(found('-is:unanswered'), [2, 3, 5, 6])
    capture.append(result(1, start + 21_000))
    assert.deepEqual(found(), [4])
    assert.deepEqual(found('-is:unanswered'), [1, 2, 3, 5, 6, 7])
    assert.equal(page().refolds, undefined)
    capture.close()
  })

  it('are requests that have told of no progress for long, and are not called off', () => {
    const capture = startCapture()
    const say = (direction: 'in' | 'out', part: object, afterMs: number) => {
      const message = textMessage(JSON.stringify({ jsonrpc: '2.0', ...part }), start + afterMs)
      capture.append({ ...message, direction } as NewFrame)
      return shownSeqs(capture, 'is:unanswered')
    }
    const progress = { method: 'notifications/progress', params: { progressToken: 1 } }
    const params = { name: 'index', _meta: { progressToken: 1 } }
    assert.deepEqual(say('out', { id: 1, method: 'tools/call', params }, 0), [])
    assert.deepEqual(say('in', progress, 8000), [])
    assert.deepEqual(say('in', { method: 'other' }, 12_000), [])
    assert.deepEqual(say('in', { method: 'other' }, 18_000), [1])
    assert.deepEqual(say('in', progress, 19_000), [])
    assert.deepEqual(say('in', { method: 'other' }, 29_000), [1])
    const cancel = { method: 'notifications/cancelled', params: { requestId: 1 } }
    assert.deepEqual(say('out', cancel, 30_000), [])
    capture.close()
  })

  it('are requests without an answer over connections and many of them at once', () => {
    const capture = startCapture()
    const on = (frame: NewFrame, connection: number) => ({ ...frame, connection }) as NewFrame
    for (let id = 1; id <= 1000; id++) capture.append(on(call(id), 1))
    for (let id = 1; id <= 1000; id += 2) capture.append(on(result(id), 1))
    assert.deepEqual(shownSeqs(capture, 'is:unanswered'), [])
    capture.append(on(call(1), 2))
    const even = Array.from({ length: 500 }, (_, index) => 2 * index + 2)
    assert.deepEqual(shownSeqs(capture, 'is:unanswered'), even)
    capture.close()
  })

  it('are requests without an answer where all of a capture is known', () =>
    withFolder((folder) => {
      const path = join(folder, 'one.lifeline')
      const written = startCapture(path)
      for (const frame of [call(1), call(2), result(2)]) written.append(frame)
      written.close()
      const capture = openCapture(path)
      assert.deepEqual(shownSeqs(capture, 'is:unanswered'), [1])
      assert.deepEqual(
        [...capture.entries({ afterSeq: 0, text: 'is:unanswered', wire: false })].map(
          ({ frame }) => frame.seq,
        ),
        [1],
      )
      capture.close()
    }))

  it('join as they come, and count their gap from the frame before', () => {
    const capture = startCapture()
    const found = () => shownSeqs(capture, 'gap>100ms')
    capture.append(textMessage('a', start))
    capture.append(textMessage('b', start + 500))
    assert.deepEqual(found(), [2])
    capture.append(fragment(1, start + 790))
    capture.append(textMessage('c', start + 800))
    capture.append(textMessage('d', start + 900))
    assert.deepEqual(found(), [2, 4])
    // Where the wire layer is shown its frames are among those between which time passes.
    assert.deepEqual(shownSeqs(capture, 'gap>100ms', 0, true), [2, 3])
    capture.close()
  })

  it('are refused with what would be right, where the filter has a mistake', () => {
    const capture = startCapture()
    capture.append(textMessage('a'))
    const expected = { code: 'bad-filter', message: '`dir:` takes in, out or local.' }
    const filter = { afterSeq: 0, text: 'dir:up', wire: false }
    assert.throws(() => capture.rows(filter, 0, 1), expected)
    assert.throws(() => capture.position(filter, 1), expected)
    assert.throws(() => [...capture.entries(filter)], expected)
    assert.throws(() => capture.rows({ ...filter, text: 'x'.repeat(60_000) }, 0, 1), {
      code: 'bad-filter',
    })
    capture.close()
  })
})

describe('long heads', () => {
  it('are matched with regular expressions, and not by every one', () => {
    const capture = startCapture()
    for (const length of [10, 70_000, 300_000]) {
      capture.append(response([['Cookies', `${'a'.repeat(length)}z9`]], null))
    }
    assert.deepEqual(shownSeqs(capture, '/a{8}z\\d/'), [1, 2, 3])
    assert.deepEqual(shownSeqs(capture, '/a{8}z\\D/'), [])
    assert.deepEqual(shownSeqs(capture, '-/qq+/'), [1, 2, 3])
    capture.close()
  })
})

describe('large payloads', () => {
  const capture = startCapture()
  before(() => {
    for (const padding of [16_300, 16_384, 100_000, 900_000, 1_100_000]) {
      const text = JSON.stringify({ pad: 'é'.repeat(padding / 2), end: { id: padding } })
      capture.append(textMessage(text))
    }
  })
  after(() => capture.close())

  it('are looked through for words, whatever their size', () => {
    assert.deepEqual(shownSeqs(capture, '"\\"end\\":{\\"id\\""'), [1, 2, 3, 4, 5])
  })

  it('are read as JSON up to a limit', () => {
    assert.deepEqual(shownSeqs(capture, '$.end.id'), [1, 2, 3, 4])
    assert.deepEqual(shownSeqs(capture, '$.end.id >= 16384'), [2, 3, 4])
    assert.deepEqual(shownSeqs(capture, '$..id > 99999'), [3, 4])
  })

  it('are matched with regular expressions as far as a limit', () => {
    assert.deepEqual(shownSeqs(capture, '/éé","end":\\{"id":1/'), [1, 2, 3])
    assert.deepEqual(shownSeqs(capture, '/^\\{"pad":"é/'), [1, 2, 3, 4, 5])
  })

  it('do not hold up other calls for long, whatever the expression', () => {
    const many = startCapture()
    const hostile = 'a'.repeat(1_000_000)
    for (let n = 0; n < 20; n++) many.append(textMessage(hostile) as NewFrame)
    for (const text of ['/(a+)+$/', '/(?:a?){50}a{50}b/', '/(a|aa)+c|(a*)*d/']) {
      const filter = { afterSeq: 0, text, wire: false }
      const calls: number[] = []
      for (let partial = true; partial; ) {
        const { user, system } = process.cpuUsage()
        partial = many.rows(filter, 0, 1).partial
        const used = process.cpuUsage()
        calls.push((used.user + used.system - user - system) / 1000)
      }
      assert.ok(Math.max(...calls) < 2000, `${text}: ${Math.round(Math.max(...calls))} ms`)
    }
    many.close()
  })
})
