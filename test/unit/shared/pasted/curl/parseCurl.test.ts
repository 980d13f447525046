// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ClientMethod } from '../../../../../src/shared/endpoint/endpoint.ts'
import { isPasted, parsePasted } from '../../../../../src/shared/pasted/parsePasted.ts'
import { parseEndpoint } from '../../../../../src/shared/profile/parseEndpoint.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

/** As browsers copy it for bash. */
const fromChrome = `curl 'https://example.com/api?a=1&b=%20' \\
  -H 'accept: text/event-stream' \\
  -H 'accept-language: en-GB,en;q=0.9' \\
  -b 'session=abc; theme=dark' \\
  -H $'x-note: it\\'s \\u0021 here' \\
  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \\
  --data-raw '{"q":"\${a} $b","n":1}' \\
  --compressed`

const chromeEntry = {
  url: 'https://example.com/api?a=1&b=%20',
  method: 'sse',
  headers: {
    accept: 'text/event-stream',
    'accept-language': 'en-GB,en;q=0.9',
    'x-note': "it's ! here",
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
    Cookie: 'session=abc; theme=dark',
    'Content-Type': 'application/x-www-form-urlencoded',
  },
  body: '{"q":"$${a} $b","n":1}',
}

/** As browsers copy it for cmd. */
const fromChromeCmd = [
  'curl ^"https://example.com/api?a=1^&b=^%^20^" ^',
  '  -H ^"accept: */*^" ^',
  '  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"1^\\^"^" ^',
  '  --data-raw ^"^{^\\^"path^\\^":^\\^"C:^\\^\\x^\\^",^\\^"lines^\\^":^\\^"a^',
  '',
  'b^\\^"^}^"',
].join('\r\n')

const cases: readonly (readonly [line: string, entry: Record<string, unknown>])[] = [
  [fromChrome, chromeEntry],
  // An input box has lost the line ends.
  [fromChrome.replaceAll('\n', ''), chromeEntry],
  [
    fromChromeCmd,
    {
      url: 'https://example.com/api?a=1&b=%20',
      headers: {
        accept: '*/*',
        'sec-ch-ua': '"Chromium";v="1"',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: '{"path":"C:\\x","lines":"a\r\nb"}',
    },
  ],
  [
    'curl "https://example.com/" ^\r\n  -H "a: b ""c"" ^d"',
    { url: 'https://example.com/', headers: { a: 'b "c" ^d' } },
  ],
  ['curl example.com', { url: 'http://example.com' }],
  ['$ curl.exe --url=http://h/', { url: 'http://h/' }],
  ['curl http://h/?a=1&b=2 | jq .', { url: 'http://h/?a=1&b=2' }],
  ['curl -sS http://h/ 2>/dev/null > out.json', { url: 'http://h/' }],
  ['curl -sSLNXPUT http://h/ -o out', { url: 'http://h/', request: 'PUT' }],
  [
    'curl -d a=1 -d b=2 http://h/',
    {
      url: 'http://h/',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=1&b=2',
    },
  ],
  [
    "curl http://h/ --data-urlencode 'q=a b&c' --data-urlencode '=x/y' --data-urlencode z",
    {
      url: 'http://h/',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'q=a+b%26c&x%2Fy&z',
    },
  ],
  [
    'curl -G http://h/?a=1#top -d b=2 --data-urlencode "c=$D e"',
    { url: 'http://h/?a=1&b=2&c=${env:D}+e#top', request: 'GET' },
  ],
  [
    `curl http://h/ --json '{"a":1' --json '}'`,
    {
      url: 'http://h/',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: '{"a":1}',
    },
  ],
  [
    `curl https://h/v1/chat -H 'Content-Type: application/json' -H "Authorization: Bearer $API_KEY" -d '{"stream": true}'`,
    {
      url: 'https://h/v1/chat',
      method: 'sse',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ${env:API_KEY}' },
      body: '{"stream": true}',
    },
  ],
  [
    'curl http://h/ -d @body.json -H "Content-Type: application/json"',
    { url: 'http://h/', headers: { 'Content-Type': 'application/json' }, bodyFile: 'body.json' },
  ],
  ['curl -T up.bin http://h/', { url: 'http://h/up.bin', request: 'PUT', bodyFile: 'up.bin' }],
  [
    'curl -H "X-Empty;" -H "Content-Type:" -H "Content-Length: 3" -d abc http://h/',
    { url: 'http://h/', headers: { 'X-Empty': '' }, body: 'abc' },
  ],
  [
    'curl -A me -e http://from/ -r 0-9 -H "X: 1" -H "X: 2" http://h/',
    {
      url: 'http://h/',
      headers: {
        X: ['1', '2'],
        'User-Agent': 'me',
        Referer: 'http://from/',
        Range: 'bytes=0-9',
      },
    },
  ],
  [
    'curl -u me:pa:ss http://h/ -c jar',
    {
      url: 'http://h/',
      auth: { type: 'basic', user: 'me', password: 'pa:ss' },
    },
  ],
  [
    'curl -u "$ME:${PASS}" http://h/',
    { url: 'http://h/', auth: { type: 'basic', user: '${env:ME}', password: '${env:PASS}' } },
  ],
  [
    'curl -u a:b -H "Authorization: X y" http://h/',
    { url: 'http://h/', headers: { Authorization: 'X y' } },
  ],
  [
    'curl --oauth2-bearer "${secret:t}" http://h/ -m 2.5',
    { url: 'http://h/', auth: { type: 'bearer', token: '${secret:t}' }, timeout: '2.5s' },
  ],
  [
    'curl -k --cacert ca.pem -E client.pem:pw --key key.pem --tlsv1.2 https://h/',
    {
      url: 'https://h/',
      tls: {
        allowUntrusted: true,
        ca: 'ca.pem',
        cert: 'client.pem',
        passphrase: 'pw',
        key: 'key.pem',
        minVersion: 'TLSv1.2',
      },
    },
  ],
  [
    'curl --cert C:/client.p12 --pass "$P" https://h/',
    { url: 'https://h/', tls: { pfx: 'C:/client.p12', passphrase: '${env:P}' } },
  ],
  [
    'curl -x proxy:8080 -U "me:p@ss" http://h/',
    { url: 'http://h/', proxy: 'http://me:p%40ss@proxy:8080' },
  ],
  [
    'curl --socks5-hostname localhost:1080 http://h/',
    { url: 'http://h/', proxy: 'socks5h://localhost:1080' },
  ],
  ["curl --noproxy '*' http://h/", { url: 'http://h/', proxy: 'none' }],
  [
    'curl --unix-socket /run/docker.sock http://localhost/events?a=1',
    { url: 'unix:/run/docker.sock:/events?a=1' },
  ],
  [
    'curl --unix-socket /run/docker.sock http://api',
    { url: 'unix:/run/docker.sock:/', headers: { Host: 'api' } },
  ],
  [
    `curl 'https://h/ws' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Key: x'
      -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Protocol: a, b' -H 'Origin: https://h'`.replace(
      /\n\s+/,
      ' ',
    ),
    {
      url: 'wss://h/ws',
      method: 'websocket',
      headers: { Origin: 'https://h' },
      subprotocols: ['a', 'b'],
    },
  ],
  ['curl ws://h/', { url: 'ws://h/', method: 'websocket' }],
  ['curl "$BASE/feed"', { url: '${env:BASE}/feed' }],
]

describe('a curl command', () => {
  for (const [line, entry] of cases) {
    it(`is read: ${line}`, () => {
      assert.ok(isPasted(line))
      const pasted = parsePasted(line)
      assert.ok(pasted.ok, JSON.stringify(pasted))
      assert.deepEqual(pasted.value.entry, entry)
      const parsed = parseEndpoint({ method: 'polling', ...entry })
      assert.ok(parsed.ok, JSON.stringify(parsed))
    })
  }

  it('is read for the method that was asked for', () => {
    const ask = (line: string, method: ClientMethod) => {
      const parsed = parsePasted(line, method)
      assert.ok(parsed.ok)
      return parsed.value.entry
    }
    assert.deepEqual(ask('curl https://h/ -d x', 'websocket'), {
      url: 'wss://h/',
      method: 'websocket',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    assert.equal(ask('curl http://h/ -H "Accept: text/event-stream"', 'polling').method, 'polling')
  })

  it('is read at once, however many references it has', () => {
    for (const option of ['-H', '-u', '-b', '-x', '-E', '-d']) {
      const read = (size: number) => {
        const many = '${a}'.repeat(size)
        parsePasted(`curl ${option} "${many}" http://a/`)
        parsePasted(`curl ${option} '${many}' http://a/`)
      }
      assertLinear(1000, read, option)
    }
  })

  it('is nothing else', () => {
    for (const text of ['curlew', 'https://curl.se/', 'curl.se', 'wgets http://a/', '']) {
      assert.ok(!isPasted(text), text)
    }
    for (const url of ['http://a/curl', 'http://a/x?q=curl -s', 'a/curl', 'ws://a/fetch(x)']) {
      assert.ok(!isPasted(url), url)
    }
    assert.ok(isPasted('  curl http://a/'))
    assert.ok(isPasted('/usr/bin/curl http://a/'))
  })
})
