import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRpc, type Rpc, RpcError, type RpcMessage } from '../../../../src/shared/calls/rpc.ts'

interface Left {
  greet(name: string): Promise<string>
}
interface Right {
  add(a: number, b: number): Promise<number>
  fail(): Promise<never>
  refuse(): Promise<never>
}

function join() {
  const reports: string[] = []
  const report = (problem: Error) => reports.push(problem.message)
  const sides: { left?: Rpc<Right>; right?: Rpc<Left> } = {}
  const later = (deliver: () => void) => queueMicrotask(deliver)
  const left = createRpc<Left, Right>({
    local: { greet: async (name) => `hello ${name}` },
    port: { post: (message: RpcMessage) => later(() => sides.right?.receive(message)) },
    report,
  })
  const right = createRpc<Right, Left>({
    local: {
      add: async (a, b) => a + b,
      fail: async () => {
        throw new Error('broken inside')
      },
      refuse: async () => {
        throw new RpcError('not-open', 'There is no open connection.')
      },
    },
    port: { post: (message: RpcMessage) => later(() => sides.left?.receive(message)) },
    report,
  })
  sides.left = left
  sides.right = right
  return { left, right, reports }
}

describe('rpc', () => {
  it('carries calls and answers both ways', async () => {
    const { left, right } = join()
    assert.equal(await left.remote.add(2, 3), 5)
    assert.equal(await right.remote.greet('Ada'), 'hello Ada')
  })

  it('takes an answer of nothing through a port that speaks JSON', async () => {
    let answer = (_message: unknown): void => {}
    const reports: Error[] = []
    const report = (problem: Error) => reports.push(problem)
    const json = (message: RpcMessage) => JSON.parse(JSON.stringify(message)) as unknown
    const there = createRpc<{ rest(): Promise<void> }, Record<never, never>>({
      local: { rest: async () => undefined },
      port: { post: (message) => answer(json(message)) },
      report,
    })
    const here = createRpc<Record<never, never>, { rest(): Promise<void> }>({
      local: {},
      port: { post: (message) => there.receive(json(message)) },
      report,
    })
    answer = here.receive
    assert.equal(await here.remote.rest(), undefined)
    assert.deepEqual(reports, [])
  })

  it('rejects with the code that the other side threw, and reports only what was unforeseen', async () => {
    const { left, reports } = join()
    await assert.rejects(left.remote.refuse(), { code: 'not-open' })
    assert.deepEqual(reports, [])
    await assert.rejects(left.remote.fail(), { code: 'internal', message: 'broken inside' })
    assert.deepEqual(reports, ['broken inside'])
  })

  it('rejects pending and later calls when the port closes', async () => {
    const { left } = join()
    const pending = left.remote.add(1, 1)
    left.close('the worker ended')
    await assert.rejects(pending, { code: 'closed', message: 'the worker ended' })
    await assert.rejects(left.remote.add(1, 1), { code: 'closed' })
  })

  it('answers an unknown method and reports a message that is neither call nor reply', async () => {
    const { left, reports } = join()
    const stranger = left.remote as unknown as { nothing(): Promise<void> }
    await assert.rejects(stranger.nothing(), { code: 'unknown-method' })
    left.receive({ hello: 1 })
    assert.deepEqual(reports, ['unknown method nothing', 'a message that is no call and no reply'])
  })
})
