import assert from 'node:assert/strict'
import { secretReference } from '../../../../src/shared/endpoint/references.ts'
import { createSecretFinder } from '../../../../src/shared/secrets/finder/secretFinder.ts'
import { createValueJudge } from '../../../../src/shared/secrets/valuePlaces.ts'
import { assertLinear } from '../../../support/assertLinear.ts'
import { endpoint } from '../../../support/samples/resolveEndpoint.ts'

/** `«name»` stands for a reference. */
const referring = (text: string) => text.replace(/«(\w+)»/g, (_, name) => secretReference(name))

const judge = createValueJudge(
  endpoint({
    url: referring('http://api.example.test/bot«path»/feed?k=«query»&n=1'),
    body: referring('{"pin":«body»}'),
    headers: { 'X-Thing': referring('«header»') },
  }),
)

function hide(name: string, value: string, text: string, options = {}) {
  const clean = createSecretFinder([{ name, value }], judge).hide(text, options)
  return clean.replace(/\$\{secret:(\w+)\}/g, '«$1»')
}

describe('a short secret', () => {
  const everywhere = [
    'Nothing accepts connections at 127.0.0.1:9.',
    'GET /admin/status HTTP/1.1',
    '{"page":1,"version":"1.1","admin":true,"path":"/admin/status","text":"admin and guest"}',
    'max-age=10, timeout=5; v=11',
    'admin-api/1.1',
    'Fri, 27 Nov 2026 15:00:01 GMT',
  ]

  for (const value of ['1', 'e', 'admin', '11', 'a']) {
    it(`leaves ordinary text as it is: ${value}`, () => {
      for (const text of everywhere) assert.equal(hide('auth-password', value, text), text)
    })
  }

  it('is hidden as a whole value, if it has four characters', () => {
    const texts = [
      ['{"role":"$"}', '{"role":"«p»"}'],
      ['{"text":"{\\"role\\":\\"$\\"}"}', '{"text":"{\\"role\\":\\"«p»\\"}"}'],
      ['a=$&b=$', 'a=«p»&b=«p»'],
      ['CONNECT\npasscode:$\nhost:x\n', 'CONNECT\npasscode:«p»\nhost:x\n'],
      ['<role>$</role>', '<role>«p»</role>'],
      ['$', '«p»'],
      ['The server said “$”.', 'The server said “«p»”.'],
    ] as const
    for (const [text, clean] of texts) {
      assert.equal(hide('p', 'admin', text.replaceAll('$', 'admin')), clean)
    }
    assert.equal(hide('p', '4711', '{"n":4711}'), '{"n":«p»}')
  })

  it('is a whole text, a line or an element however many blanks stand beside it, and none where more follows', () => {
    const blanks = ' '.repeat(200)
    for (const [text, clean] of [
      [`${blanks}$${blanks}`, `${blanks}«p»${blanks}`],
      [`an${blanks}$${blanks}of it`, `an${blanks}admin${blanks}of it`],
      [`$${blanks}is here`, `admin${blanks}is here`],
      [`as${blanks}$`, `as${blanks}admin`],
      [`role:${blanks}$${blanks}\n`, `role:${blanks}«p»${blanks}\n`],
      [`role: $${blanks}and others`, `role: admin${blanks}and others`],
      [`this is the role:${blanks}$\n`, `this is the role:${blanks}admin\n`],
      [`<role>${blanks}$${blanks}</role>`, `<role>${blanks}«p»${blanks}</role>`],
      [`"password":${blanks}$,`, `"password":${blanks}«p»,`],
    ] as const) {
      assert.equal(hide('p', 'admin', text.replaceAll('$', 'admin')), clean)
    }
  })

  it('is hidden under a name that tells of a credential, however short it is', () => {
    assert.equal(hide('p', '1', '{"password":"1","n":1}'), '{"password":"«p»","n":1}')
    assert.equal(hide('p', '1', '{"password":1,"n":1}'), '{"password":«p»,"n":1}')
    assert.equal(hide('p', 'e', 'token=e&note=e'), 'token=«p»&note=e')
    assert.equal(hide('p', 'e', 'Authorization: Bearer e\r\n'), 'Authorization: Bearer «p»\r\n')
    assert.equal(hide('p', 'e', 'Bearer e', { field: 'authorization' }), 'Bearer «p»')
    assert.equal(hide('p', 'e', 'Bearer e'), 'Bearer e')
  })

  it('is hidden where the endpoint has put it', () => {
    assert.equal(hide('path', '7', '/bot7/feed?n=7'), '/bot«path»/feed?n=7')
    assert.equal(hide('query', '7', '/bot7/feed?k=7&n=7'), '/bot7/feed?k=«query»&n=7')
    assert.equal(hide('body', '7', '{"pin":7,"n":7}'), '{"pin":«body»,"n":7}')
    assert.equal(hide('body', '7', '{"echo":"{\\"pin\\":7}"}'), '{"echo":"{\\"pin\\":«body»}"}')
    assert.equal(hide('header', '7', '7', { field: 'X-Thing' }), '«header»')
    assert.equal(hide('header', '7', '{"x-thing":"7"}'), '{"x-thing":"«header»"}')
  })
})

describe('a short secret that stands everywhere', () => {
  it('is judged in little time, whatever the peer puts before it', () => {
    for (const text of ['-a', '=-a', '"a', '\\a', 'a: a ', '>  a', `a${' '.repeat(200)}`]) {
      assertLinear(20_000, (size) => hide('p', 'a', text.repeat(size / text.length)), text)
    }
    assertLinear(250_000, (size) => {
      const blanks = ' '.repeat(size)
      for (const text of [`${blanks}a`, `x:${blanks}a${blanks}x`, `${blanks}a a a a${blanks}`]) {
        hide('p', 'a', text)
      }
    })
  })
})

describe('a longer or mixed secret', () => {
  it('is hidden wherever it stands', () => {
    assert.equal(hide('p', 's3cr', 'xs3cry'), 'x«p»y')
    assert.equal(hide('p', 'swordfish', 'The swordfishes'), 'The «p»es')
  })

  it('is a word in a sentence of Lifeline’s own, where it is one', () => {
    const own = { own: true }
    assert.equal(hide('p', 'password', 'The password is wrong.', own), 'The password is wrong.')
    assert.equal(hide('p', 'password', 'It said “password”.', own), 'It said “«p»”.')
    assert.equal(hide('p', 'passw0rd', 'Asked of passw0rd.', own), 'Asked of «p».')
  })
})
