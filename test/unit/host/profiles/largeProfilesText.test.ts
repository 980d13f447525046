// A profiles file that is written to keep its reader busy: any small part of JSON, again and again, at any place.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { addProfileText } from '../../../../src/host/profiles/addProfileText.ts'
import { parseProfilesText } from '../../../../src/host/profiles/profilesText.ts'
import { profilesLimits } from '../../../../src/shared/limits.ts'
import { ownMs } from '../../../support/ownMs.ts'

const chars = 64 * 1024
/** What reads in proportion to the text takes some 7 ms; what does not takes many seconds. */
const mostMs = 1000

const http = '"name":"a","method":"sse","url":"http://h/"'
const ws = '"name":"a","method":"websocket","url":"ws://h/"'

/** Where parts stand in a file, `*` for the parts. */
const places = [
  '*',
  '[*]',
  '{*}',
  '{"profiles":[*]}',
  '{"profiles":{*}}',
  '{"profiles":[*',
  '{"inputs":[*]}',
  '{"profiles":[{*}]}',
  ...['headers', 'query', 'auth', 'cursor', 'tls', 'reconnect', 'body'].map(
    (field) => `{"profiles":[{${http},"${field}":{*}}]}`,
  ),
  ...['send', 'messages', 'subprotocols', 'requests', 'repeat', 'compression'].map(
    (field) => `{"profiles":[{${ws},"${field}":[*]}]}`,
  ),
  ...['name', 'url', 'body', 'proxy', 'change'].map(
    (field) => `{"profiles":[{${http},"${field}":"*"}]}`,
  ),
]

/** `#` is another number each time. */
const parts = [
  '[',
  ']',
  '{"a":',
  '[},',
  '[],',
  '{},',
  '{"a" 1},',
  ',',
  '"a",',
  '"a#",',
  '"a#":1,',
  '"a#":"b",',
  '"a#":[],',
  '"\n',
  'a ',
  '//\n',
  '/**/',
  `{${http}},`,
  '{"name":"a#","url":"ws://h#/"},',
  '{"name":"a#","text":"b"},',
  '{"id":"a#"},',
  '$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: references are among what is tried
  '${input:a#}',
  '@',
  '%',
]

function repeat(part: string): string {
  const times = Math.floor(chars / part.length)
  if (!part.includes('#')) return part.repeat(times)
  return Array.from({ length: times }, (_, i) => part.replaceAll('#', String(i)))
    .join('')
    .slice(0, chars)
}

describe('A large profiles file', function () {
  this.timeout(60_000)
  const large = new Map(parts.map((part) => [part, repeat(part)]))

  for (const place of places) {
    it(`is read in a moment and tells few problems where ${place} is made of the same parts`, () => {
      for (const [part, text] of large) {
        const startedAt = ownMs()
        const whole = place.replace('*', () => text)
        const { entries, problems } = parseProfilesText(whole)
        addProfileText(whole, { name: 'new' })
        const took = ownMs() - startedAt
        const label = `${place} of ${part}: ${Math.round(took)} ms`
        assert.ok(took < mostMs, label)
        assert.ok(entries.length <= profilesLimits.entries, label)
        assert.ok(problems.length <= 2 * profilesLimits.problems, label)
        for (const { problems: own } of entries) {
          assert.ok(own.length <= 2 * profilesLimits.problems, label)
        }
      }
    })
  }

  it('has a problem at the place where it is too deep, and no profiles', () => {
    const text = `{"profiles":[${'['.repeat(3000)}${']'.repeat(3000)}]}`
    const { entries, problems } = parseProfilesText(text)
    assert.deepEqual(entries, [])
    assert.deepEqual(
      problems.map(({ span, syntax }) => [span, syntax]),
      [[{ start: 75, end: 76 }, false]],
    )
    assert.match(problems[0]?.message ?? '', /64 levels/)
    assert.equal(addProfileText(text, {}), null)
  })

  it('works up to the most profiles, and says at the next one that it is too many', () => {
    const profiles = Array.from({ length: 1001 }, (_, i) => `{"name":"a${i}","url":"ws://h/"}`)
    const text = `{"profiles":[${profiles.join()}]}`
    const { entries, problems } = parseProfilesText(text)
    assert.equal(entries.filter(({ endpoint }) => endpoint).length, 1000)
    assert.deepEqual(
      problems.map(({ span, message }) => [text.slice(span.start, span.end), message]),
      [
        [
          '{"name":"a1000","url":"ws://h/"}',
          'Remove entries from here on: 1000 are read, and "profiles" has 1001.',
        ],
      ],
    )
  })
})
