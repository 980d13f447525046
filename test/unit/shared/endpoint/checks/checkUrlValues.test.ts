// A value of a reference is sent whole in its place of a URL, or not at all: values × places, judged by the URL parser.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkUrlValues } from '../../../../../src/shared/endpoint/checks/checkUrlValues.ts'
import { replaceReferences } from '../../../../../src/shared/endpoint/references.ts'
import { resolveVariables } from '../../../../../src/shared/secrets/variables.ts'
import { decodePercent } from '../../../../../src/shared/text/decodePercent.ts'
import { createLookup, endpoint } from '../../../../support/samples/resolveEndpoint.ts'

const pieces = [
  ...[
    'plain',
    '#',
    '\\',
    '?',
    '/',
    '//',
    '/../',
    '/./',
    '/..',
    '../',
    '..',
    '.',
    '...',
    ':',
    '@',
    '://',
  ],
  ...['%2e%2e', '%2E.', '/%2e%2e/', '%2e', '%', '%41', '%2f..%2f', '%00', '&', '=', '+', ';', ','],
  ...[
    'é',
    '\u{1f512}',
    '\ud800',
    '"',
    "'",
    '<',
    '>',
    '[',
    ']',
    '{',
    '}',
    '|',
    '^',
    '`',
    '~',
    '$',
    '${x}',
  ],
  ...['\0', '\u0001', '\t', '\n', '\r\n', ' ', '\u00a0', '\u2028', '\u007f', '\ue000', 'v0w', ''],
]
const values = pieces.flatMap((piece) => [piece, `a${piece}`, `${piece}b`, `a${piece}b`])

/** Where in the parsed URL the value should be, with what stands around it. */
interface Place {
  readonly url: string
  readonly part: 'pathname' | 'search'
  readonly before: string
  readonly after: string
}

const places: readonly Place[] = [
  { url: 'http://h.test/V', part: 'pathname', before: '/', after: '' },
  { url: 'http://h.test/V/x', part: 'pathname', before: '/', after: '/x' },
  { url: 'http://h.test/a/V/b?c=d#e', part: 'pathname', before: '/a/', after: '/b' },
  { url: 'http://h.test/a-V-b', part: 'pathname', before: '/a-', after: '-b' },
  { url: 'http://h.test/.V', part: 'pathname', before: '/.', after: '' },
  { url: 'http://h.test?V', part: 'search', before: '?', after: '' },
  { url: 'http://h.test/a?x=V&y=1#e', part: 'search', before: '?x=', after: '&y=1' },
  { url: 'http://me:pw@h.test/a?x=V', part: 'search', before: '?x=', after: '' },
  { url: 'unix:/s:/a/V/b', part: 'pathname', before: '/a/', after: '/b' },
  { url: 'unix:/s:/a?x=V', part: 'search', before: '?x=', after: '' },
]

const base = 'http://h.test/own/'
const relative: readonly Place[] = [
  { url: '/V', part: 'pathname', before: '/', after: '' },
  { url: '/V/x', part: 'pathname', before: '/', after: '/x' },
  { url: '/a?x=V', part: 'search', before: '?x=', after: '' },
  { url: 'p-V', part: 'pathname', before: '/own/p-', after: '' },
  { url: '?x=V', part: 'search', before: '?x=', after: '' },
]

/** The URL is asked of the same peer, and its part is what was meant. */
function isWhole({ url, part, before, after }: Place, value: string): boolean {
  const put = (text: string) => {
    const whole = url.replace('V', () => text).replace(/^unix:\/s:/, 'http://h.test')
    return URL.canParse(whole, base) ? new URL(whole, base) : null
  }
  const [meant, parsed] = [put('word'), put(value)]
  if (parsed === null || meant === null) return false
  const others = ['protocol', 'host', 'username', 'password', 'hash', 'pathname', 'search'] as const
  const decode = (text: string) => text.replace(/(?:%[\da-f]{2})+/gi, decodePercent)
  return others.every((name) => {
    return name === part
      ? decode(parsed[name]) === decode(before + value + after)
      : parsed[name] === meant[name]
  })
}

const reference = '${secret:s}'

for (const [what, rows, field] of [
  ['the URL', places, (url: string) => ({ url })],
  ['a saved request', relative, (url: string) => ({ url: base, requests: [{ name: 'A', url }] })],
] as const) {
  describe(`A value in ${what}`, () => {
    for (const place of rows) {
      it(`is sent whole or refused: ${place.url}`, async () => {
        let sent = 0
        for (const value of values) {
          const text = place.url.replace('V', () => reference)
          const { lookup } = createLookup({ [reference]: value })
          const answer = await resolveVariables(endpoint(field(text)), lookup)
          const whole = isWhole(place, value)
          const shown = JSON.stringify(value)
          if (answer.ok) {
            assert.ok(whole, `${shown} is sent altered`)
            const { url, requests } = answer.value.resolved
            assert.equal(
              requests[0]?.url ?? url,
              replaceReferences(text, () => value),
            )
            sent++
          } else {
            // White space and control characters are refused in words of their own.
            assert.ok(!whole || /[\s\p{Cc}]/u.test(value), `${shown} is refused`)
            assert.doesNotMatch(JSON.stringify(answer.problems), /a[^ ]{1,9}b"/)
          }
        }
        assert.ok(sent > 50)
      })
    }
  })
}

describe('checkUrlValues', () => {
  const check = (text: string, values: Readonly<Record<string, string>>, start?: string) => {
    return checkUrlValues(text, ({ name }) => values[name] ?? '', start)
  }

  it('names the reference whose value does not fit, and says what to change, not the value', () => {
    const found = check('http://h/${env:A}/${secret:b}', { A: 'fits', b: 'hunter#2' })
    assert.match(found ?? '', /^Percent-encode the value of \$\{secret:b\}: /)
    assert.doesNotMatch(found ?? '', /hunter|fits/)
    const dots = check('http://h/a/${env:A}/b', { A: '%2e%2E' })
    assert.match(dots ?? '', /^Change the value of \$\{env:A\}: the parts \. and \.\. /)
    assert.notEqual(check('http://h/a/.${env:A}${env:B}/', { A: '', B: '.' }), null)
  })

  for (const [text, value] of [
    ['http://${secret:s}@h/', 'me:p@ss'],
    ['http://me:${secret:s}@h/', 'p@s:s%"é'],
    ['socks5://me:${secret:s}@h:1', 'p@ss'],
    ['http://${secret:s}/x', 'h:80/api'],
    ['${secret:s}/x', 'http://me:pw@h/api'],
    ['http${secret:s}://h/x', 's'],
    ['http://h:${secret:s}/x', '80'],
    ['unix:/run/${secret:s}:/x', 'a/b.sock'],
    ['unix:/run/a$${b}${secret:s}:/x', 'c'],
    ['http://h/x#${secret:s}', 'a#b?/../'],
  ] as const) {
    it(`takes ${JSON.stringify(value)} in ${text}`, () =>
      assert.equal(check(text, { s: value }), null))
  }

  for (const [text, value, sentence] of [
    ['http://me:${secret:s}@h/', '80/x', /before the @/],
    ['http://me${secret:s}@h/', '?', /before the @/],
    ['socks5://me:${secret:s}@h:1', 'a#b', /before the @/],
    ['http://${secret:s}/x', 'h?x=', /in the URL’s host/],
    ['http://${secret:s}.h/x', 'evil.test\\', /in the URL’s host/],
    ['unix:/run/${secret:s}:/x', 'a:b', /a colon ends/],
    ['ws+unix:/s:/${secret:s}', 'a?b', /Percent-encode the value/],
  ] as const) {
    it(`refuses ${JSON.stringify(value)} in ${text}`, () =>
      assert.match(check(text, { s: value }) ?? '', sentence))
  }

  for (const value of [
    '',
    '/h2.test',
    '//h2.test',
    '\\h2.test',
    'https:',
    'https:h2.test',
    'javascript:',
  ]) {
    it(`lets ${JSON.stringify(value)} lead a path to no other server`, () => {
      for (const text of ['/${env:A}/evil/', '${env:A}/evil/', '/./${env:A}/evil/']) {
        const parsed = new URL(
          text.replace('${env:A}', () => value),
          'http://h.test/',
        )
        if (parsed.host === 'h.test' && parsed.protocol === 'http:') continue
        assert.notEqual(check(text, { A: value }, 'http://h.test/'), null, text)
      }
    })
  }

  it('takes no longer for many references', () => {
    const text = `http://${'${env:A}'.repeat(300)}/${'${env:A}'.repeat(300)}`
    assert.equal(check(text, { A: 'a' }), null)
  })
})
