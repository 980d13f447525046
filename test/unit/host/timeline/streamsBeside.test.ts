// Streams of other sessions to the origin of one, counted as a browser's tabs would share their connections.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { streamsBeside } from '../../../../src/host/timeline/streamsBeside.ts'
import type { Method } from '../../../../src/shared/endpoint/endpoint.ts'
import type { SessionState } from '../../../../src/shared/session/sessionState.ts'

const session = (
  url: string,
  method: Method = 'sse',
  state: SessionState = 'open',
  readOnly = false,
) => ({ readOnly, endpoint: { url }, status: { state, method } })

describe('streams beside a session', () => {
  it('are those that are open to the same origin, long polls with them', () => {
    const own = session('https://example.com/a')
    const all = [
      own,
      session('https://EXAMPLE.com:443/b?x=1'),
      session('https://example.com/c', 'long-polling'),
      session('https://example.com/d', 'polling'),
      session('https://example.com/e', 'sse', 'waiting'),
      session('https://example.com/f', 'sse', 'ended', true),
      session('http://example.com/g'),
      session('https://other.example.com/h'),
      session('wss://example.com/i', 'websocket'),
    ]
    assert.equal(streamsBeside(own, all), 2)
  })

  it('are none where the session is a capture, whose streams are none of this window', () => {
    const capture = session('https://example.com/a', 'sse', 'ended', true)
    assert.equal(streamsBeside(capture, [capture, session('https://example.com/b')]), 0)
  })

  it('are none where the address is not known', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
    const url = '${env:BASE}/a'
    const hidden = session(url)
    assert.equal(streamsBeside(hidden, [hidden, session(url)]), 0)
    const socket = session('unix:/tmp/x.sock:/a')
    assert.equal(streamsBeside(socket, [socket, session('unix:/tmp/x.sock:/a')]), 0)
  })
})
