// The choice of a route’s next turn, the place where a stream goes on, and conditions that hold.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isNotModified } from '../../../../src/engine/replay/notModified.ts'
import { createResumption } from '../../../../src/engine/replay/resumption.ts'
import type { Route } from '../../../../src/engine/replay/script/script.ts'
import { createTurnChoice } from '../../../../src/engine/replay/turnChoice.ts'
import { type RecordedTraffic, recordTraffic } from '../../../support/replay/recordedTraffic.ts'

function routeOf(traffic: RecordedTraffic): Route {
  const [route] = traffic.script().routes
  assert.ok(route)
  return route
}

function numbers(route: Route, queries: readonly string[], isLooping = false): readonly number[] {
  const choice = createTurnChoice(route, isLooping)
  return queries.map((query) => choice.next({ query, body: null }).number)
}

describe('the choice of a turn', () => {
  const polls = recordTraffic()
  for (const [at, query] of ['?since=1', '?since=2', '?since=2'].entries())
    polls.exchange(at, `GET /p${query}`, String(at))

  it('goes in order, and stays with the last one or begins again', () => {
    const plain = recordTraffic()
    for (const at of [1, 2, 3]) plain.exchange(at, 'GET /p', String(at))
    assert.deepEqual(numbers(routeOf(plain), ['', '', '', '', '']), [1, 2, 3, 3, 3])
    assert.deepEqual(numbers(routeOf(plain), ['', '', '', '', ''], true), [1, 2, 3, 1, 2])
  })

  it('prefers what was asked for in the same words', () => {
    const asked = ['since=2', 'since=1', 'since=2', 'since=2']
    assert.deepEqual(numbers(routeOf(polls), asked), [2, 1, 3, 3])
  })

  it('goes in order where nothing was asked for so, behind what was given last', () => {
    assert.deepEqual(
      numbers(routeOf(polls), ['since=9', 'since=2', 'other', 'other']),
      [1, 2, 3, 3],
    )
  })

  it('prefers the answer to the same body', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'POST /rpc', 'a', { sent: '{"id":1}' })
    traffic.exchange(1, 'POST /rpc', 'b', { sent: '{"id":2}' })
    const route = routeOf(traffic)
    const choice = createTurnChoice(route, false)
    const body = route.turns[1]?.body ?? null
    assert.equal(choice.next({ query: '', body }).number, 2)
    assert.equal(choice.next({ query: '', body: 'other' }).number, 1)
  })

  it('takes any value where the capture has hidden it', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /p?page=1', 'a')
    traffic.exchange(1, `GET /p?token=\${redacted:token}&page=2`, 'b')
    assert.deepEqual(numbers(routeOf(traffic), ['token=abc&page=2', 'token=abc&page=3']), [2, 2])
  })
})

describe('a stream that is gone on with', () => {
  function streams(isLooping: boolean) {
    const traffic = recordTraffic()
    for (const [connection, ids] of [
      [1, ['1', '2']],
      [2, ['3', '3']],
    ] as const) {
      traffic.stream(connection, connection * 1000, 'GET /s')
      for (const [index, id] of ids.entries())
        traffic.event(connection, connection * 1000 + index + 1, id, id)
      const wait = { reason: 'retry', delayMs: 1 } as const
      traffic.add('wait', connection, connection * 1000 + 9, wait, null, { direction: 'local' })
    }
    return createResumption(routeOf(traffic), isLooping)
  }

  for (const [id, isLooping, expected] of [
    ['1', false, [1, 1, false]],
    ['2', false, [2, 0, false]],
    ['3', false, [2, 2, true]],
    ['3', true, [1, 0, false]],
    ['9', false, null],
  ] as const) {
    it(`behind event ${id}${isLooping ? ', in a loop' : ''}`, () => {
      const found = streams(isLooping)(id)
      assert.deepEqual(found && [found.number, found.from, found.isLast], expected)
    })
  }
})

describe('what has not changed', () => {
  const headers = [
    ['ETag', 'W/"a"'],
    ['Last-Modified', 'Wed, 01 Jan 2025 10:00:00 GMT'],
  ] as const
  for (const [tags, since, expected] of [
    ['"a"', null, true],
    ['"b", W/"a"', null, true],
    ['*', null, true],
    ['"b"', 'Wed, 01 Jan 2025 10:00:00 GMT', false],
    [null, 'Wed, 01 Jan 2025 10:00:00 GMT', true],
    [null, 'Wed, 01 Jan 2025 09:59:59 GMT', false],
    [null, 'nonsense', false],
    [null, null, false],
  ] as const) {
    it(`by ${tags} and ${since}: ${expected}`, () => {
      assert.equal(isNotModified({ tags, since }, headers), expected)
    })
  }

  it('is nothing where the answer has no validators', () => {
    assert.equal(isNotModified({ tags: '"a"', since: null }, []), false)
    assert.equal(isNotModified({ tags: null, since: headers[1][1] }, []), false)
  })
})
