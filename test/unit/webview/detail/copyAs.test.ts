// A recorded request as a command: literal examples, and read back as the same request.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RequestDetail } from '../../../../src/shared/frame/httpDetail.ts'
import { parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import {
  formatRequest,
  type RequestFormat,
  requestFormats,
} from '../../../../src/webview/detail/exchange/copyAs.ts'

function request(change: Partial<RequestDetail> = {}): RequestDetail {
  return {
    purpose: 'poll',
    method: 'GET',
    url: 'https://h.example/a?b=1',
    target: '/a?b=1',
    httpVersion: '1.1',
    headers: [
      ['Host', 'h.example'],
      ['Accept', '*/*'],
      ['Connection', 'keep-alive'],
      ['Accept-Encoding', 'gzip, deflate, br'],
    ],
    ...change,
  }
}

const handshake = request({
  purpose: 'handshake',
  url: 'wss://h.example/ws?room=a%20b',
  headers: [
    ['Host', 'h.example'],
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ['Sec-WebSocket-Protocol', 'a, b'],
    ['Authorization', 'Bearer ${secret:token}'],
    ['Origin', "https://it's.example"],
  ],
})

const post = request({
  method: 'POST',
  headers: [
    ['Content-Type', 'application/json'],
    ['Content-Length', '9'],
    ['X-A', '1'],
    ['X-A', '2'],
    ['Authorization', 'Basic me:${secret:password}'],
  ],
})

describe('a recorded request', () => {
  const literal: readonly (readonly [
    string,
    RequestFormat,
    RequestDetail,
    string | Uint8Array | null,
    string,
  ])[] = [
    [
      'a poll',
      'curl',
      request(),
      null,
      "curl 'https://h.example/a?b=1' \\\n  -N \\\n  -H 'Accept: */*'",
    ],
    [
      'a handshake',
      'curl',
      handshake,
      null,
      [
        "curl 'wss://h.example/ws?room=a%20b' \\",
        '  -N \\',
        '  -H \'Authorization: Bearer \'"$LIFELINE_SECRET_TOKEN" \\',
        "  -H 'Origin: https://it'\\''s.example' \\",
        "  -H 'Sec-WebSocket-Protocol: a, b'",
      ].join('\n'),
    ],
    [
      'a handshake',
      'websocat',
      handshake,
      null,
      "websocat --protocol='a, b' -H='Authorization: Bearer '\"$LIFELINE_SECRET_TOKEN\" -H='Origin: https://it'\\''s.example' 'wss://h.example/ws?room=a%20b'",
    ],
    [
      'a handshake',
      'wscat',
      handshake,
      null,
      "wscat -c 'wss://h.example/ws?room=a%20b' -s a -s b -H 'Authorization: Bearer '\"$LIFELINE_SECRET_TOKEN\" -H 'Origin: https://it'\\''s.example'",
    ],
    [
      'a body, headers of one name and a password',
      'fetch',
      post,
      '{"a":"b"}',
      [
        'fetch("https://h.example/a?b=1", {',
        '  method: "POST",',
        '  headers: [',
        '    ["Content-Type", "application/json"],',
        '    ["X-A", "1"],',
        '    ["X-A", "2"],',
        '    ["Authorization", "Basic " + btoa("me:${secret:password}")],',
        '  ],',
        '  body: "{\\"a\\":\\"b\\"}",',
        '})',
      ].join('\n'),
    ],
    [
      'a password',
      'curl',
      post,
      null,
      [
        "curl 'https://h.example/a?b=1' \\",
        '  -N \\',
        '  -X POST \\',
        "  -H 'Content-Type: application/json' \\",
        "  -H 'X-A: 1' \\",
        "  -H 'X-A: 2' \\",
        '  -u \'me:\'"$LIFELINE_SECRET_PASSWORD"',
      ].join('\n'),
    ],
    [
      'bytes',
      'curl',
      request({ method: 'POST', headers: [] }),
      Uint8Array.of(0, 255, 39),
      "printf %s AP8n | base64 -d | curl 'https://h.example/a?b=1' \\\n  -N \\\n  -X POST \\\n  -H Content-Type: --data-binary @-",
    ],
    [
      'what looks like a reference and is none',
      'curl',
      request({ headers: [['X', '${env:HOME} $HOME `id` ${secret:input:pin}']] }),
      null,
      "curl 'https://h.example/a?b=1' \\\n  -N \\\n  -H 'X: ''${env:HOME}'' $HOME `id` '\"$LIFELINE_INPUT_PIN\"",
    ],
  ]
  for (const [what, format, detail, body, expected] of literal) {
    it(`is written for ${format}: ${what}`, () => {
      assert.equal(formatRequest(format, detail, body), expected)
    })
  }

  it('is offered for the clients that can ask for it', () => {
    assert.deepEqual(requestFormats(request()), ['curl', 'fetch'])
    assert.deepEqual(requestFormats(handshake), ['curl', 'websocat', 'wscat'])
  })

  const entryOf = (text: string) => {
    const read = parsePasted(text)
    assert.ok(read.ok, `${text}\n${JSON.stringify(read)}`)
    return read.value.entry as Readonly<Record<string, unknown>>
  }
  const hostile = [
    "it's",
    '"quoted"',
    '$HOME `id` $(id)',
    'a\\b',
    'é\u2028',
    '-x',
    'line\nline',
    '!!',
    '%PATH%',
  ]
  for (const text of hostile) {
    it(`keeps ${JSON.stringify(text)} as it is, for each client`, () => {
      const isHeader = !/[\n\u2028]/.test(text)
      const headers = [
        ['X-Text', isHeader ? text : 'x'],
        ['Content-Type', 'text/plain'],
      ] as const
      for (const format of ['curl', 'fetch'] as const) {
        const entry = entryOf(formatRequest(format, request({ method: 'POST', headers }), text))
        assert.equal(entry.body, text, format)
        assert.deepEqual(entry.headers, {
          'X-Text': isHeader ? text : 'x',
          'Content-Type': 'text/plain',
        })
      }
      for (const format of ['websocat', 'wscat', 'curl'] as const) {
        if (!isHeader) continue
        const entry = entryOf(
          formatRequest(format, { ...handshake, headers: [['X-Text', text]] }, null),
        )
        assert.deepEqual(entry.headers, { 'X-Text': text }, format)
        assert.equal(entry.url, handshake.url)
      }
    })
  }
})
