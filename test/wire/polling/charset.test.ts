// Answers in the charset that their content type names: what is compared, and that the bytes stay.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { previewPayload } from '../../../src/shared/frame/preview.ts'
import { answer, type HttpBehaviour, inTurn } from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'
import { pollsOf } from '../../support/sessions/runPolls.ts'

const json = 'Content-Type: application/json; charset='
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const poll = pollsOf('polling', '/')
const longPoll = pollsOf('long-polling', '/')

describe('An answer in another charset', () => {
  it('is compared as the text that it is, and keeps its bytes', async () => {
    const first = latin1('{"name":"Zoë","n":1}')
    const run = await poll(
      inTurn(
        answer(200, [`${json}iso-8859-1`], first),
        answer(200, [`${json}iso-8859-1`], latin1('{"name":"Zoé","n":1}')),
        answer(200, [`${json}utf-8`], '{"name":"Zoé","n":2}'),
        answer(200, [`${json}utf-16`], utf16('{"name":"Zoé","n":3}')),
      ),
      4,
    )
    const responses = run.ios.map((io) => io.all('response')[0])
    assert.deepEqual(Buffer.from(responses[0]?.payload ?? []), first)
    assert.deepEqual(
      responses.map((response) => response?.detail.difference?.changed),
      [undefined, ['name'], ['n'], ['n']],
    )
    assert.deepEqual(responses[1]?.detail.difference?.values, [
      { path: 'name', from: '"Zoë"', to: '"Zoé"' },
    ])
    const shown = responses.map((one) => one && previewPayload(one, one.payload, 80))
    assert.deepEqual(shown, [
      '{"name":"Zoë","n":1}',
      '{"name":"Zoé","n":1}',
      '{"name":"Zoé","n":2}',
      '{"name":"Zoé","n":3}',
    ])
  })

  it('has its value at the path of "change"', async () => {
    const answers = ['a', 'b', 'b'].map((value, i) =>
      answer(200, [`${json}utf-16`], utf16(`{"v":"${value}","n":${i}}`)),
    )
    const run = await poll(inTurn(...answers), 3, { change: 'v' })
    const changed = run.ios.map((io) => io.all('response')[0]?.detail.changed)
    assert.deepEqual(changed, [undefined, true, false])
    assert.deepEqual(
      run.ios.flatMap((io) => io.all('notice')),
      [],
    )
  })

  it('has the cursor of long polling', async () => {
    const cursor = {
      from: { kind: 'json', path: 'next' },
      to: { kind: 'query', name: 'since' },
    } as const
    const behaviour = answer(200, [`${json}latin1`], latin1('{"next":"é"}'))
    const run = await longPoll(behaviour, 2, { cursor })
    assert.match(run.heads[1] ?? '', /^GET \/\?since=%C3%A9 /)
  })

  it('is shown in parts as they come', async () => {
    const io = createRecordingIo()
    const behaviour: HttpBehaviour = async ({ socket }) => {
      const parts = ['Gr\xfc\xdfe', 'z\xfcr\xfcck']
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=latin1\r\nContent-Length: 11\r\n\r\n`,
      )
      socket.write(parts[0] ?? '', 'latin1')
      await io.first('record')
      socket.write(parts[1] ?? '', 'latin1')
    }
    await longPoll(behaviour, 1, {}, {}, [io])
    const shown = io.all('record').map((record) => previewPayload(record, record.payload, 80))
    assert.deepEqual(shown, ['Grüße', 'zürück'])
  })
})
