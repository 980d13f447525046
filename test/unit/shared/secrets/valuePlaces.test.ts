import assert from 'node:assert/strict'
import { createSecretFinder } from '../../../../src/shared/secrets/finder/secretFinder.ts'
import { createValueJudge } from '../../../../src/shared/secrets/valuePlaces.ts'
import { endpoint } from '../../../support/samples/resolveEndpoint.ts'

const judge = createValueJudge(
  endpoint({
    url: 'http://api.example.test/bot${secret:path}/feed?k=${secret:query}&n=1',
    body: '{"pin":${secret:body}}',
    headers: { 'X-Thing': '${secret:header}' },
  }),
)

function hide(name: string, value: string, text: string, options = {}) {
  return createSecretFinder([{ name, value }], judge).hide(text, options)
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
      ['{"role":"$"}', '{"role":"${secret:p}"}'],
      ['{"text":"{\\"role\\":\\"$\\"}"}', '{"text":"{\\"role\\":\\"${secret:p}\\"}"}'],
      ['a=$&b=$', 'a=${secret:p}&b=${secret:p}'],
      ['CONNECT\npasscode:$\nhost:x\n', 'CONNECT\npasscode:${secret:p}\nhost:x\n'],
      ['<role>$</role>', '<role>${secret:p}</role>'],
      ['$', '${secret:p}'],
      ['The server said “$”.', 'The server said “${secret:p}”.'],
    ] as const
    for (const [text, clean] of texts) {
      assert.equal(hide('p', 'admin', text.replaceAll('$', 'admin')), clean)
    }
    assert.equal(hide('p', '4711', '{"n":4711}'), '{"n":${secret:p}}')
  })

  it('is hidden under a name that tells of a credential, however short it is', () => {
    assert.equal(hide('p', '1', '{"password":"1","n":1}'), '{"password":"${secret:p}","n":1}')
    assert.equal(hide('p', '1', '{"password":1,"n":1}'), '{"password":${secret:p},"n":1}')
    assert.equal(hide('p', 'e', 'token=e&note=e'), 'token=${secret:p}&note=e')
    assert.equal(
      hide('p', 'e', 'Authorization: Bearer e\r\n'),
      'Authorization: Bearer ${secret:p}\r\n',
    )
    assert.equal(hide('p', 'e', 'Bearer e', { field: 'authorization' }), 'Bearer ${secret:p}')
    assert.equal(hide('p', 'e', 'Bearer e'), 'Bearer e')
  })

  it('is hidden where the endpoint has put it', () => {
    assert.equal(hide('path', '7', '/bot7/feed?n=7'), '/bot${secret:path}/feed?n=7')
    assert.equal(hide('query', '7', '/bot7/feed?k=7&n=7'), '/bot7/feed?k=${secret:query}&n=7')
    assert.equal(hide('body', '7', '{"pin":7,"n":7}'), '{"pin":${secret:body},"n":7}')
    assert.equal(
      hide('body', '7', '{"echo":"{\\"pin\\":7}"}'),
      '{"echo":"{\\"pin\\":${secret:body}}"}',
    )
    assert.equal(hide('header', '7', '7', { field: 'X-Thing' }), '${secret:header}')
    assert.equal(hide('header', '7', '{"x-thing":"7"}'), '{"x-thing":"${secret:header}"}')
  })
})

describe('a longer or mixed secret', () => {
  it('is hidden wherever it stands', () => {
    assert.equal(hide('p', 's3cr', 'xs3cry'), 'x${secret:p}y')
    assert.equal(hide('p', 'swordfish', 'The swordfishes'), 'The ${secret:p}es')
  })

  it('is a word in a sentence of Lifeline’s own, where it is one', () => {
    const own = { own: true }
    assert.equal(hide('p', 'password', 'The password is wrong.', own), 'The password is wrong.')
    assert.equal(hide('p', 'password', 'It said “password”.', own), 'It said “${secret:p}”.')
    assert.equal(hide('p', 'passw0rd', 'Asked of passw0rd.', own), 'Asked of ${secret:p}.')
  })
})
