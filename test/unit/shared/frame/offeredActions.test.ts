import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkAction } from '../../../../src/shared/calls/callArguments.ts'
import { errorActionNames } from '../../../../src/shared/frame/actionNames.ts'
import { type ActionFacts, errorActions } from '../../../../src/shared/frame/errorActions.ts'
import { errorCodes } from '../../../../src/shared/frame/errorCodes.ts'
import type { ErrorDetail, Frame } from '../../../../src/shared/frame/frame.ts'
import {
  adviceOf,
  offeredActions,
  sentenceOf,
} from '../../../../src/shared/frame/offeredActions.ts'

const typed: ActionFacts = {
  method: 'sse',
  url: 'https://localhost:1/feed?key=1',
  hasProfile: false,
  isSaved: false,
  secretFields: [],
  hasCredentials: false,
}

function errorFrame(code: string, detail: Partial<ErrorDetail> = {}): Frame {
  return {
    seq: 2,
    at: 0,
    elapsedMs: 0,
    connection: 1,
    direction: 'in',
    sizeBytes: 0,
    wireBytes: 0,
    replyTo: 1,
    kind: 'error',
    code,
    detail: { message: 'It failed.', ...detail },
  }
}

function closeFrame(code: number, by: 'client' | 'server' = 'server'): Frame {
  const { code: _, ...frame } = errorFrame('x')
  return { ...frame, kind: 'close', code: null, detail: { code, reason: '', by } }
}

function companionAnswer(status: number): Frame {
  return {
    ...errorFrame(''),
    kind: 'response',
    code: null,
    detail: {
      purpose: 'companion',
      status,
      statusText: status === 401 ? 'Unauthorized' : '',
      httpVersion: '1.1',
      headers: [],
      timings: {},
      reused: false,
    },
  }
}

const certificate = {
  subject: 'CN=a',
  issuer: 'CN=a',
  names: [],
  validFrom: '',
  validTo: '',
  fingerprint: 'AB',
  host: 'a:1',
  flaws: [],
}

describe('The actions that an error offers', () => {
  const cases: readonly (readonly [
    string,
    Frame,
    Partial<ActionFacts>,
    number | null,
    readonly string[],
  ])[] = [
    [
      'trust where the certificate is known',
      errorFrame('tls-untrusted', { certificate }),
      {},
      null,
      ['trust', 'edit-profile', 'retry'],
    ],
    [
      'another URL where nobody answers in time',
      errorFrame('http-timeout', { fields: ['timeout', 'url'] }),
      {},
      null,
      ['retry', 'change-url', 'edit-profile'],
    ],
    [
      'TLS first where the port hung up on a request without it',
      errorFrame('connection-reset', { fields: ['url'], speaksTls: true }),
      { url: 'http://localhost:1/feed' },
      null,
      ['connect-to', 'retry', 'change-url'],
    ],
    [
      'nothing that the program of a tap does itself',
      errorFrame('connection-reset', { fields: ['url', 'auth'], speaksTls: true }),
      { method: 'tap', url: 'http://localhost:1/feed' },
      null,
      ['connect-to', 'change-url', 'edit-profile'],
    ],
    [
      'another attempt of a tap that is about no connection',
      { ...errorFrame('connection-reset', { fields: ['url'] }), connection: 0 },
      { method: 'tap' },
      null,
      ['retry', 'change-url'],
    ],
    [
      'no trust in what a saved capture says',
      errorFrame('tls-untrusted', { certificate }),
      { isSaved: true },
      null,
      ['edit-profile', 'retry'],
    ],
    [
      'credentials where none were sent',
      errorFrame('http-error-status', { fields: ['auth'] }),
      {},
      1,
      ['add-credentials', 'show-what-came', 'retry', 'edit-profile'],
    ],
    [
      'the secret again where one was refused, wherever it stands',
      errorFrame('sse-bad-status', { fields: ['auth'] }),
      { secretFields: ['headers.X-Key'], hasCredentials: true },
      null,
      ['enter-secret', 'retry', 'edit-profile'],
    ],
    [
      'no secret that the error is not about',
      errorFrame('proxy-failed', { fields: ['proxy'] }),
      { secretFields: ['auth.token'], hasCredentials: true },
      null,
      ['edit-profile', 'retry'],
    ],
    [
      'the passphrase again',
      errorFrame('tls-setup', { fields: ['tls.passphrase'] }),
      { secretFields: ['tls.passphrase'] },
      null,
      ['enter-secret', 'edit-profile', 'retry'],
    ],
    [
      'another method where the answer shows one',
      errorFrame('sse-wrong-content-type', { fits: 'polling' }),
      {},
      1,
      ['connect-as', 'show-what-came', 'edit-profile', 'retry'],
    ],
    [
      'the URL with the scheme that fits, then any other, and nothing to save',
      errorFrame('tls-failed', { fields: ['url'], speaksTls: false }),
      {},
      null,
      ['connect-to', 'change-url', 'retry'],
    ],
    [
      'no other scheme where it has that one already',
      errorFrame('tls-failed', { fields: ['url'], speaksTls: true }),
      {},
      null,
      ['change-url', 'retry'],
    ],
    [
      'the profile where its URL is wrong',
      errorFrame('dns-failed', { fields: ['url'] }),
      { hasProfile: true },
      null,
      ['edit-profile', 'retry'],
    ],
    [
      'another URL for a path that is not there, and none for a server that is overloaded',
      errorFrame('http-error-status', { fields: ['url'] }),
      {},
      1,
      ['change-url', 'show-what-came', 'retry'],
    ],
    [
      'what the server names in place of the URL',
      errorFrame('ws-handshake-refused', { fields: ['url'], target: 'wss://localhost:2/feed' }),
      { method: 'websocket', url: 'ws://localhost:1/feed' },
      1,
      ['connect-to', 'change-url', 'show-what-came', 'retry'],
    ],
    [
      'credentials where the server closes because of them',
      closeFrame(1008),
      { method: 'websocket' },
      null,
      ['add-credentials', 'edit-profile', 'retry'],
    ],
    [
      'the secret again where the server closes because of it',
      closeFrame(4401),
      { method: 'websocket', hasProfile: true, secretFields: ['auth.token'], hasCredentials: true },
      null,
      ['enter-secret', 'edit-profile', 'retry'],
    ],
    ['no credentials where it goes away', closeFrame(1001), {}, null, ['edit-profile', 'retry']],
    ['nothing where it is done', closeFrame(1000), {}, null, []],
    ['nothing where the user has closed it', closeFrame(1008, 'client'), {}, null, []],
    [
      'the version of HTTP that the server wants',
      errorFrame('http2-only', { instead: { field: 'httpVersion', value: '2' } }),
      {},
      2,
      ['connect-with', 'edit-profile', 'show-what-came', 'retry'],
    ],
    ['nothing of a code that nobody knows', errorFrame('from-the-future'), {}, 1, []],
    ['nothing of a name that every object has', errorFrame('constructor'), {}, 1, []],
  ]
  for (const [title, frame, facts, cameSeq, offered] of cases) {
    it(`are ${title}`, () => {
      assert.deepEqual(offeredActions(frame, { ...typed, ...facts }, { cameSeq }), offered)
    })
  }

  it('name the field that they connect with', () => {
    const label = (instead: ErrorDetail['instead']) =>
      errorActions['connect-with'].label(typed, { ...(instead && { instead }) })
    assert.equal(label({ field: 'httpVersion', value: '1.1' }), 'Connect by HTTP/1.1')
    assert.equal(label({ field: 'stream', value: 'sse' }), 'Read as an event stream')
  })

  it('are those for a request beside the stream, which is not the session’s', () => {
    const refused = errorFrame('connection-refused', { fields: ['url'], speaksTls: false })
    const beside = (frame: Frame, facts: Partial<ActionFacts>) =>
      offeredActions(frame, { ...typed, ...facts }, { cameSeq: 1, isBeside: true })
    assert.deepEqual(beside(refused, {}), [])
    const answer = companionAnswer(401)
    const facts = { secretFields: ['requests[0].headers.X', 'auth.token'], hasProfile: true }
    assert.deepEqual(beside(answer, facts), ['enter-secret', 'edit-profile'])
    assert.deepEqual(beside(companionAnswer(500), facts), ['edit-profile'])
    assert.deepEqual(beside(companionAnswer(201), facts), [])
    assert.deepEqual(beside(answer, {}), [])
    assert.equal(sentenceOf(answer), 'The server answered 401 Unauthorized.')
    assert.equal(sentenceOf(companionAnswer(201)), null)
  })

  it('name the URL that they connect to, without its query', () => {
    const label = (detail: Partial<ErrorDetail>) => errorActions['connect-to'].label(typed, detail)
    assert.equal(label({ speaksTls: false }), 'Connect to http://localhost:1/feed')
    assert.equal(label({ target: 'wss://b/\u202e?c=d' }), 'Connect to wss://b/\\u202e')
  })

  it('say what they do in this session', () => {
    const label = (name: 'retry' | 'edit-profile' | 'add-credentials', facts: object) =>
      errorActions[name].label({ ...typed, ...facts }, {})
    assert.equal(label('retry', {}), 'Retry')
    assert.equal(label('retry', { isSaved: true }), 'Connect again')
    assert.equal(label('edit-profile', {}), 'Save as profile…')
    assert.equal(label('edit-profile', { hasProfile: true }), 'Edit profile')
    assert.equal(label('add-credentials', { hasCredentials: true }), 'Change the credentials…')
  })

  it('come from the page by their names alone', () => {
    for (const name of errorActionNames) assert.equal(checkAction(name), name)
    for (const wrong of ['constructor', '', 1, null]) assert.throws(() => checkAction(wrong))
  })
})

describe('The advice of an error', () => {
  it('is its own, or that of its code', () => {
    assert.equal(adviceOf(errorFrame('dns-failed', { advice: 'Look.' })), 'Look.')
    assert.equal(adviceOf(errorFrame('dns-failed')), errorCodes['dns-failed'].advice)
    assert.equal(adviceOf(errorFrame('from-the-future')), null)
  })

  it('come with what the code of a close frame tells', () => {
    assert.match(adviceOf(closeFrame(1008)) ?? '', /often credentials/)
    assert.match(adviceOf(closeFrame(4321)) ?? '', /documentation of the server/)
    assert.equal(adviceOf(closeFrame(1008, 'client')), null)
    assert.equal(adviceOf(closeFrame(1000)), null)
  })
})
