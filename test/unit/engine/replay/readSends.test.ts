// Traffic that a capture sent, with its times, and what came in answer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { readSends } from '../../../../src/engine/replay/client/readSends.ts'
import { requestAgain } from '../../../../src/engine/replay/client/requestAgain.ts'
import { sendLimits } from '../../../../src/engine/replay/client/sendLimits.ts'
import { neededSecrets } from '../../../../src/engine/replay/client/sends.ts'
import { wholeCapture } from '../../../../src/engine/replay/script/scriptRange.ts'
import { secretReference } from '../../../../src/shared/endpoint/references.ts'
import { framesOf, recordTraffic } from '../../../support/replay/recordedTraffic.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

const place = { url: 'https://api.example.com/', method: 'polling' } as const
const secret = secretReference('authorization')

describe('what a capture sent', () => {
  it('is read with its times, and what came stands with it', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a', '{}')
    traffic.open(2, 100, '/ws')
    traffic.message(2, 150, 'out', 'one')
    traffic.message(2, 160, 'in', 'two')
    traffic.message(2, 170, 'out', 'three')
    traffic.exchange(180, 'POST /b', '{}', { sent: 'x' })
    const { cues, counts, origin } = readSends(framesOf(traffic.capture), wholeCapture)
    assert.deepEqual(
      cues.map((cue) => [cue.kind, cue.at, cue.kind === 'message' ? cue.after : cue.of.isSocket]),
      [
        ['request', 0, false],
        ['request', 100, true],
        ['message', 150, 0],
        ['message', 170, 1],
        ['request', 180, false],
      ],
    )
    assert.equal(cues[1]?.of.items.length, 1)
    assert.equal(origin, 'https://api.example.com')
    assert.deepEqual(
      [counts.requests, counts.sockets, counts.messages, counts.effects],
      [2, 1, 2, 3],
    )
  })

  it('is a part of the capture where one is asked for, its times from there', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a', '')
    traffic.exchange(1000, 'GET /b', '')
    traffic.exchange(2000, 'GET /c', '')
    const range = { from: { ms: 900 }, until: { ms: 1500 } }
    const { cues } = readSends(framesOf(traffic.capture), range)
    assert.deepEqual(
      cues.map(({ at, of }) => [of.frame.detail.target, at]),
      [['/b', 100]],
    )
  })

  it('leaves out what went elsewhere, what was cut and what is beyond the limit', () => {
    const traffic = recordTraffic()
    traffic.exchange(0, 'GET /a', '')
    traffic.ask(3, 1, 'GET /x', { url: 'https://other.example.com/x' })
    traffic.exchange(2, 'GET /b', '')
    const { cues, counts } = readSends(framesOf(traffic.capture), wholeCapture, {
      ...sendLimits,
      cues: 1,
    })
    assert.equal(cues.length, 1)
    assert.deepEqual([counts.elsewhere, counts.beyond], [1, 1])
  })

  it('counts what came beyond the limit, too', () => {
    const traffic = recordTraffic()
    traffic.open(2, 0, '/ws')
    for (let at = 1; at <= 3; at++) traffic.message(2, at, 'in', 'x')
    traffic.message(2, 4, 'out', 'y')
    const limits = { ...sendLimits, items: 1 }
    const [, cue] = readSends(framesOf(traffic.capture), wholeCapture, limits).cues
    assert.ok(cue?.kind === 'message')
    assert.deepEqual([cue.of.items.length, cue.of.itemCount, cue.after], [1, 3, 3])
  })

  it('names the secrets that it needs, but for those whose field is given', () => {
    const traffic = recordTraffic()
    traffic.ask(1, 0, 'GET /a', { headers: [['Authorization', `Bearer ${secret}`]] })
    traffic.ask(1, 1, 'POST /a', {}, `{"key":"${secretReference('key')}"}`)
    traffic.ask(1, 2, 'GET /a', { headers: [['Authorization', 'Basic ***']] })
    const sends = readSends(framesOf(traffic.capture), wholeCapture)
    const plan = { resolved: testEndpoint(place), secrets: [] }
    assert.deepEqual(neededSecrets(sends, plan), ['authorization', 'key'])
    const given = testEndpoint({ ...place, headers: [['authorization', 'Bearer x']] })
    assert.deepEqual(neededSecrets(sends, { ...plan, resolved: given }), ['key'])
  })

  it('goes to the server that is named, with values and fields in their places', () => {
    const traffic = recordTraffic()
    traffic.ask(1, 0, 'GET /a?b=1', {
      headers: [
        ['Host', 'localhost:7411'],
        ['Origin', 'https://api.example.com'],
        ['Authorization', `Bearer ${secret}`],
        ['X-Own', 'recorded'],
        ['Bad\nName', 'x'],
      ],
    })
    const [cue] = readSends(framesOf(traffic.capture), wholeCapture).cues
    assert.ok(cue)
    const options = {
      target: 'http://staging.example.com:81',
      origin: 'https://api.example.com',
      secrets: [{ name: 'authorization', value: 'abc' }],
      given: [['x-own', 'given']] as const,
    }
    const again = requestAgain(cue.of.frame.detail, options)
    assert.equal(again?.url.href, 'http://staging.example.com:81/a?b=1')
    assert.deepEqual(again?.headers, [
      ['Origin', 'http://staging.example.com:81'],
      ['Authorization', 'Bearer abc'],
      ['X-Own', 'given'],
    ])
  })

  it('stays with that server whatever its target says, and leaves out what no client sends', () => {
    const traffic = recordTraffic()
    const options = { target: 'http://a.example', origin: '', secrets: [], given: [] }
    const urlOf = (method: string, url: string) => {
      traffic.ask(1, 0, 'GET /', { url, method })
      const cue = readSends(framesOf(traffic.capture), wholeCapture).cues.at(-1)
      return cue ? (requestAgain(cue.of.frame.detail, options)?.url.href ?? null) : undefined
    }
    assert.equal(
      urlOf('GET', 'https://api.example.com//evil.example/x'),
      'http://a.example//evil.example/x',
    )
    assert.equal(urlOf('CONNECT', 'https://api.example.com/'), null)
    assert.equal(urlOf('A B', 'https://api.example.com/'), null)
  })
})
