// Credentials that nobody declared: every name that tells of one, in every place, however it is written.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSecretFinder } from '../../../../../src/shared/secrets/finder/secretFinder.ts'
import { withoutPassword } from '../../../../../src/shared/url/userInfo.ts'
import {
  base64,
  bodies,
  credentialNames,
  type Fields,
  headers,
  heads,
  websocket,
} from '../../../../support/samples/credentialSpots.ts'
import { resolve } from '../../../../support/samples/resolveEndpoint.ts'
import { outerSpellings } from '../../../../support/samples/spellings.ts'

const value = 'Ab9xyz0123456789Qq'
/** What has to be escaped wherever it stands. */
const hard = 'Ab/9 +"é\\&x=0123456789'

const encode = encodeURIComponent
const json = JSON.stringify

/** Nothing of it is left in what is recorded, and the frames will not have it either. */
async function assertHidden(fields: Fields, held: string, told: string): Promise<void> {
  const { recorded, secrets } = await resolve(fields, {})
  const { send, repeat, messages, ...rest } = recorded
  const bytes = [...send, ...messages, ...(repeat ? [repeat.message] : [])].map(
    ({ kind, value: text }) =>
      kind === 'base64' || kind === 'hex' ? Buffer.from(text, kind).toString() : text,
  )
  const written = json([rest, bytes])
  const finder = createSecretFinder([{ name: 'x', value: held }])
  assert.ok(!finder.holds(written), `${told}: ${written}`)
  assert.ok(!written.includes(held) && !written.includes(held.slice(0, 8)), `${told}: ${written}`)
  const known = createSecretFinder(secrets)
  for (const [form, write] of outerSpellings) {
    const inFrame = known.hide(`<${write(held)}>`)
    assert.match(inFrame, /^<\$\{secret:[^{}]+\}>$/, `${told} ${form}: ${inFrame}`)
  }
}

describe('a credential that is recognised', () => {
  for (const [what, fields] of [...heads, ...bodies]) {
    it(`is hidden in ${what}`, async () => {
      for (const name of credentialNames) {
        await assertHidden(fields(name, value), value, name)
        const isSpelled = !/lines of a form/.test(what)
        if (isSpelled) await assertHidden(fields(name, hard), hard, name)
      }
    })
  }

  for (const [what, fields] of headers) {
    it(`is hidden in ${what}`, async () => {
      const tokens = credentialNames.filter((name) => !/[[\]]/.test(name))
      for (const name of tokens) await assertHidden(fields(name, value), value, name)
    })
  }

  it('is hidden in STOMP’s headers, of SockJS, too', async () => {
    for (const held of [value, 'a:b\\c-0123456789']) {
      const stomp = `CONNECT\nlogin:me\npasscode:${held.replaceAll('\\', '\\\\').replaceAll(':', '\\c')}\n\n\0`
      await assertHidden(websocket({ send: [stomp] }), held, stomp)
      await assertHidden(websocket({ send: [json([stomp])] }), held, stomp)
    }
  })

  it('is hidden as what a subprotocol says in base64', async () => {
    const encoded = Buffer.from(`${value}?`).toString('base64url')
    const { secrets } = await resolve(
      websocket({ subprotocols: [`base64url.bearer.authorization.k8s.io.${encoded}`] }),
      {},
    )
    const held = secrets.map((secret) => secret.value)
    assert.ok(held.includes(encoded) && held.includes(`${value}?`), json(held))
  })

  it('is hidden in subprotocols, behind a name in one or as the one that follows it', async () => {
    for (const subprotocols of [
      [`bearer.${value}`],
      [`base64url.bearer.authorization.k8s.io.${value}`, 'base64.binary.k8s.io'],
      ['realtime', `openai-insecure-api-key.${value}`],
      ['access_token', value],
      ['v1', `token-${value}`],
    ]) {
      await assertHidden(websocket({ subprotocols }), value, json(subprotocols))
      const headers = { 'Sec-WebSocket-Protocol': subprotocols.join(', ') }
      await assertHidden({ headers }, value, json(headers))
    }
    const mixed = value + value
    await assertHidden(websocket({ subprotocols: ['v1', mixed] }), mixed, mixed)
    const { secrets } = await resolve(
      websocket({
        subprotocols: [
          ...['graphql-transport-ws', 'v12.stomp', 'actioncable-v1-json', 'v4.channel.k8s.io'],
          ...['json.reliable.webpubsub.azure.v1', 'wamp.2.msgpack.batched', 'ocpp2.0.1', 'mqtt'],
        ],
      }),
      {},
    )
    assert.deepEqual(secrets, [])
  })

  for (const [what, fields] of headers) {
    it(`is hidden behind a scheme of authorization in ${what} of any name`, async () => {
      for (const scheme of ['Bearer', 'bearer', 'DPoP', 'Token', 'ApiKey', 'Negotiate']) {
        for (const token of [
          ...[
            value,
            'AbCdEfGhIjKlMnOpQ',
            '0123456789abcdef',
            `${'a'.repeat(40)}==`,
            'a/9+._~-'.repeat(3),
          ],
        ]) {
          for (const between of [' ', '   ']) {
            await assertHidden(fields('X-Foo', scheme + between + token), token, scheme + token)
          }
        }
      }
      for (const login of ['me:swordfish', 'someone@example.com:pässword', ':a-long-password']) {
        const [, password = ''] = login.split(':')
        await assertHidden(fields('X-Foo', `Basic ${base64(login)}`), base64(login), login)
        await assertHidden(fields('X-Foo', `basic ${base64(login)}`), password, login)
      }
    })

    it(`is none of words that only begin like a scheme in ${what}`, async () => {
      for (const text of [
        ...['Bearer of news', 'Bearer', 'Bearer internationalisation', 'Bearer abcdefgh'],
        ...['Basic', 'Basic subscription', 'Basic internationalisation', 'Basic Level-2'],
        ...['Basic 0123456789abcdef', 'Token expired', 'Token 12345', 'Bearers 0123456789abcdef'],
        ...['a Bearer 0123456789abcdef', 'Bearer 0123456789abcdef and more'],
      ]) {
        const { secrets } = await resolve(fields('X-Foo', text), {})
        assert.deepEqual(secrets, [], text)
      }
    })
  }

  it('is hidden by its looks, wherever it stands', async () => {
    for (const token of [
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0',
      `sk-proj-${'aB3_'.repeat(8)}`,
      `ghp_${'aB3d'.repeat(9)}`,
      'glpat-abcdefghij0123456789',
      'xoxb-123456789012-abcdefghij',
      `AKIA${'IOSFODNN7EXAMPLE'}`,
    ]) {
      await assertHidden({ url: `http://localhost/hook/${token}/x` }, token, token)
      await assertHidden({ headers: { 'X-Any': token } }, token, token)
      await assertHidden({ headers: { 'User-Agent': token } }, token, token)
      await assertHidden({ url: `http://localhost/?a=${token}` }, token, token)
      await assertHidden({ query: { a: token } }, token, token)
      await assertHidden({ request: 'POST', body: `say ${token}` }, token, token)
    }
  })

  for (const [what, fields] of [...heads, ...headers, ...bodies]) {
    it(`is hidden as the password of a URL in ${what}`, async () => {
      for (const scheme of ['http', 'amqps', 'postgresql+psycopg2', 's3']) {
        for (const user of ['me', 'me@example.com', '']) {
          const url = `${scheme}://${user}:${value}@h.example:80/x`
          await assertHidden(fields('link', url), value, url)
          const encoded = `${scheme}://${user}:${encode(hard)}@h.example/?a=b`
          if (!/lines of a form/.test(what)) await assertHidden(fields('link', encoded), hard, url)
        }
      }
      const inText = `see http://me:${value}@h.example, or http://h.example/`
      await assertHidden(fields('link', inText), value, inText)
    })
  }

  it('is hidden as the password of a URL in a query in a URL, and in a path', async () => {
    const inner = `http://me:${value}@h.example/`
    for (const url of [
      `http://localhost/?u=http://x.example/?u=${inner}`,
      `http://localhost/?u=${encode(`http://x.example/?u=${encode(inner)}`)}`,
      `http://localhost/${inner}`,
      `http://localhost/${encode(inner)}`,
      `http://me:other-Pw-0123@localhost/#${inner}`,
    ]) {
      await assertHidden({ url }, value, url)
      await assertHidden({ requests: [{ name: 'A', url }] }, value, url)
      assert.ok(!withoutPassword(url).includes(value), withoutPassword(url))
    }
  })

  it('is none where an @ stands elsewhere, or what stands before it is a port', async () => {
    for (const text of [
      'me@example.com, you@example.com: http://h.example/',
      'http://h.example/of:somebody@example.com',
      'http://h.example:8080/?q=of:somebody@example.com',
      'http://h.example:8080,somebody@example.com',
      '[a](http://h.example:8080)[somebody@example.com]',
      'git@github.com:somebody/something@v1.2.3',
      'ssh://git@github.com:somebody-0123456789/x',
      'http:somebody:something@h.example',
      'a://:@b',
    ]) {
      for (const [what, fields] of [...heads, ...headers, ...bodies]) {
        const { secrets } = await resolve(fields('text', text), {})
        assert.deepEqual(secrets, [], `${text} in ${what}`)
      }
      assert.equal(withoutPassword(`http://h.example/?q=${text}`), `http://h.example/?q=${text}`)
    }
  })

  it('is none under a name that says where a list goes on, or is what traffic is about', async () => {
    for (const name of ['nextPageToken', 'progressToken', 'monkey', 'keyboard', 'author', 'text']) {
      for (const [what, fields] of [...heads, ...bodies]) {
        const { secrets } = await resolve(fields(name, value), {})
        assert.deepEqual(secrets, [], `${name} in ${what}`)
      }
    }
  })
})
