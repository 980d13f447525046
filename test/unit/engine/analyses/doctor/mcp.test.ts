// Rules of the doctor: the Model Context Protocol over HTTP.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { NamedValues } from '../../../../../src/shared/text/namedValues.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const accept = ['Accept', 'application/json, text/event-stream'] as const
const version = (value: string) => ['MCP-Protocol-Version', value] as const
const method = ['Mcp-Method', 'tools/list'] as const
const session = ['Mcp-Session-Id', 's1'] as const

/** A message is posted, with a version in its `_meta`. */
function post(traffic: Traffic, headers: NamedValues, meta?: string): number {
  const params =
    meta === undefined ? {} : { _meta: { 'io.modelcontextprotocol/protocolVersion': meta } }
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params })
  return traffic.request('stream', { method: 'POST', headers }, { text })
}

function found(id: string, headers: NamedValues, meta?: string, status = 200) {
  const traffic = createTraffic()
  const request = post(traffic, headers, meta)
  const response = traffic.response({ status })
  return { finding: traffic.finding(id), request, response }
}

describe('the rule mcp-version', () => {
  it('is a fault where the head lacks what it needs, or says something else', () => {
    const today = '2026-07-28'
    for (const [headers, meta] of [
      [[accept, version(today)], today],
      [[accept, method], today],
      [[accept, version(today), method], '2025-11-25'],
    ] as const) {
      const { finding, request } = found('mcp-version', [...headers], meta)
      if (headers.length === 2 && headers[1] === method) assert.ok(finding, 'a mark is there')
      assert.deepEqual([finding?.severity, finding?.frames], ['fault', [request]])
    }
  })

  it('is silent about what fits, and about the versions before', () => {
    const now = [accept, version('2026-07-28'), method]
    assert.equal(found('mcp-version', now, '2026-07-28').finding, undefined)
    assert.equal(found('mcp-version', [accept, version('2025-11-25')]).finding, undefined)
  })
})

describe('the rule mcp-accept', () => {
  it('is a risk, and a fault where the server refuses it', () => {
    const half = [['Accept', 'application/json'], version('2025-11-25')] as const
    assert.equal(found('mcp-accept', half).finding?.severity, 'risk')
    const refused = found('mcp-accept', half, undefined, 406)
    assert.equal(refused.finding?.severity, 'fault')
    assert.deepEqual(refused.finding.frames, [refused.request, refused.response])
  })

  it('is silent about both types, and about what is not MCP', () => {
    assert.equal(found('mcp-accept', [accept, version('2025-11-25')]).finding, undefined)
    assert.equal(found('mcp-accept', [['Accept', 'application/json']]).finding, undefined)
  })
})

describe('the rule mcp-legacy', () => {
  it('is a hint by the event endpoint, or by a session where there is none', () => {
    const traffic = createTraffic()
    traffic.stream()
    const seq = traffic.event('/messages?id=1', '', 'endpoint')
    const first = traffic.finding('mcp-legacy')
    assert.deepEqual([first?.severity, first?.frames], ['hint', [seq]])
    const headers = [accept, version('2026-07-28'), method, session]
    assert.equal(found('mcp-legacy', headers).finding?.severity, 'hint')
  })

  it('is silent about a later event of that name, and about sessions of the older era', () => {
    const traffic = createTraffic()
    traffic.stream()
    traffic.event('hello')
    traffic.event('there', '', 'endpoint')
    assert.equal(traffic.finding('mcp-legacy'), undefined)
    assert.equal(found('mcp-legacy', [accept, version('2025-11-25'), session]).finding, undefined)
  })
})

describe('the rule mcp-session', () => {
  it('is a risk where a session is refused', () => {
    const headers = [accept, version('2025-11-25'), session]
    const { finding, request, response } = found('mcp-session', headers, undefined, 404)
    assert.deepEqual([finding?.severity, finding?.frames], ['risk', [request, response]])
  })

  it('is silent where there was none', () => {
    const headers = [accept, version('2025-11-25')]
    assert.equal(found('mcp-session', headers, undefined, 404).finding, undefined)
  })
})
