// HTTP/2 servers whose answers are mutated by chance, the same for a seed: every session ends, counts and keeps its secret.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'
import { frame, okHead, startRawHttp2, uint32s } from '../../support/servers/rawHttp2.ts'
import { assertReadSums } from '../../support/sessions/assertWireSums.ts'
import { runSession } from '../../support/sessions/runSession.ts'

const secret = 'Hakuna=Matata/8d!f02'
const recorded = ['$', '{secret:token}'].join('')
const methods = ['polling', 'long-polling', 'sse'] as const
type Random = () => number

function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Literal field, never indexed. [rfc7541] 6.2.3 */
function field(name: string, value: string): Buffer {
  const part = (text: string) => Buffer.concat([Buffer.of(text.length), Buffer.from(text)])
  return Buffer.concat([Buffer.of(0x10), part(name), part(value)])
}

const spellings = [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('hex'),
]

/** Frames that do not belong there. */
const strange: readonly ((id: number, said: string) => Buffer)[] = [
  ...[0, 1, 11, 0xffffffff].map((code) => (id: number, said: string) => {
    return frame(7, 0, 0, Buffer.concat([uint32s(id, code), Buffer.from(`\x1b[31m\0${said}`)]))
  }),
  (_id, said) =>
    frame(7, 0, 0, Buffer.concat([uint32s(0, 2), Buffer.from('x'.repeat(1000) + said)])),
  ...[0, 7, 8, 13].map((code) => (id: number) => frame(3, 0, id, uint32s(code))),
  (id) => frame(3, 0, id, Buffer.alloc(3)),
  () => frame(6, 0, 0, Buffer.alloc(7)),
  () => frame(4, 0, 0, Buffer.alloc(5)),
  () => frame(4, 0, 0, Buffer.from('0004ffffffff', 'hex')),
  () => frame(4, 1, 0),
  (id) => frame(5, 12, id, Buffer.concat([Buffer.of(1), uint32s(2), Buffer.of(0x82, 0)])),
  (id) => frame(8, 0, id, uint32s(0)),
  () => frame(8, 0, 0, uint32s(0x7fffffff)),
  (id, said) => frame(9, 4, id, field('a', said)),
  (_id, said) => frame(0, 0, 0, said),
  (id, said) => frame(0, 0, id + 2, said),
  (id) => frame(0, 8, id, Buffer.of(255, 1)),
  (id) => frame(0, 0, id, Buffer.alloc(16_385)),
  (id, said) => okHead(id, 4, field('X-Upper', said)),
  (id, said) => okHead(id, 4, field('connection', said)),
  (id) => frame(1, 4, id, field(':status', 'abc')),
  (id) => frame(1, 4, id, field(':status', '103')),
  (id) => okHead(id, 4, field('content-length', '5')),
  (id, said) => okHead(id, 4, field('content-encoding', said)),
  (id, said) => frame(1, 5, id, Buffer.concat([field(':status', '302'), field('location', said)])),
  (id) => frame(1, 4, id, Buffer.of(0xff, 0xff, 0xff, 0xff)),
  (id, said) => frame(0x42, 0xff, id, said),
  (_id, said) => Buffer.from(`HTTP/1.1 200 OK\r\nX: ${said}\r\n\r\n`),
]

function answer(id: number, type: string, random: Random): { bytes: Buffer; ends: boolean } {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const text = `data: {"a":${pick(spellings)}}\n\nid: ${pick(spellings)}\nevent: b\ndata: c\n\n`
  const cut = Math.floor(random() * text.length)
  const frames = [
    frame(4, 1, 0),
    okHead(id, 4, Buffer.concat([field('content-type', type), field('x-echo', pick(spellings))])),
    frame(0, 0, id, text.slice(0, cut)),
    frame(0, random() < 0.5 ? 1 : 0, id, text.slice(cut)),
    frame(1, 5, id, field('x-trailer', pick(spellings))),
  ]
  for (let count = Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * frames.length)
    const ways = [
      () => frames.splice(at, 0, pick(strange)(id, pick(spellings))),
      () => frames.splice(at, 1),
      () => frames.splice(at, 0, frames[at] ?? Buffer.alloc(0)),
      () => frames.splice(at, 0, ...Array(300).fill(pick(strange)(id, pick(spellings)))),
    ]
    pick(ways)()
  }
  const whole = Buffer.concat(frames)
  const end = random() < 0.4 ? Math.floor(random() * whole.length) : whole.length
  // Behind half a frame the next answer would be taken for the rest of it.
  return { bytes: whole.subarray(0, end), ends: end < whole.length || random() < 0.5 }
}

async function attack(seed: number): Promise<void> {
  const random = createRandom(seed)
  const method = methods[seed % 3] ?? 'sse'
  const type = method === 'sse' ? 'text/event-stream' : 'application/json'
  const server = await startRawHttp2(({ socket, streamId }) => {
    const { bytes, ends } = answer(streamId, type, random)
    const at = Math.floor(random() * bytes.length)
    socket.write(bytes.subarray(0, at))
    setImmediate(() => {
      if (ends) socket.end(bytes.subarray(at))
      else socket.write(bytes.subarray(at))
    })
  })
  const made = (key: string) =>
    testEndpoint({
      ...{ url: `${server.origin}/`, method, httpVersion: '2', headers: [['X-Key', key]] },
      ...{ timeoutMs: 150, silenceTimeoutMs: 100, intervalMs: 100 },
    })
  let frames = 0
  const run = await runSession(made(secret), {
    recorded: made(recorded),
    secrets: [{ name: 'token', value: secret }],
    limits: { headBytes: 8192 },
    until: () => ++frames > 1000,
  }).finally(() => server.close())
  const told = run.lines.join('\n')
  // Frames cut values in two: parts that tell are looked for, too.
  const parts = Array.from({ length: 8 }, (_, i) => secret.slice(i, i + 13))
  for (const one of [...spellings, ...parts]) {
    assert.ok(!run.files.includes(one), `${one} is recorded: ${told}`)
    assert.ok(!told.includes(one), told)
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
  assert.doesNotMatch(told, /[\0-\x09\x0b-\x1f]/)
  if (run.end.by !== 'user') assertReadSums(run)
}

describe('An HTTP/2 server that answers by chance', function () {
  this.timeout(60_000)
  for (let part = 0; part < 6; part++) {
    it(`ends no session badly: seeds ${part * 20} to ${part * 20 + 19}`, async () => {
      for (let seed = part * 20; seed < part * 20 + 20; seed++) {
        await attack(seed).catch((error) => {
          throw new Error(`Seed ${seed}`, { cause: error })
        })
      }
    })
  }
})
