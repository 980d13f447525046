// The rule of the doctor about the streams that a browser holds open to one host.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const found = (traffic: Traffic, streamsBeside: number) =>
  traffic.findings(0, streamsBeside).findings.find(({ id }) => id === 'sse-http1-limit')

describe('the rule sse-http1-limit', () => {
  it('is a hint where four streams are open to one origin, and a risk where six are', () => {
    const traffic = createTraffic()
    const opened = traffic.stream()
    assert.equal(found(traffic, 2), undefined)
    const hint = found(traffic, 3)
    assert.deepEqual([hint?.severity, hint?.measured, hint?.frames], ['hint', 4, [opened]])
    assert.equal(found(traffic, 5)?.severity, 'risk')
  })

  it('is silent over HTTP/2, about a WebSocket, and once the stream is over', () => {
    const shared = createTraffic()
    shared.request('stream')
    shared.response({ httpVersion: '2.0' })
    assert.equal(found(shared, 9), undefined)
    const socket = createTraffic()
    socket.webSocket()
    assert.equal(found(socket, 9), undefined)
    const over = createTraffic()
    over.stream()
    over.end()
    assert.equal(found(over, 9), undefined)
  })
})
