// References get their values in a window, and secrets their owners.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { homedir } from 'node:os'
import { afterEach, beforeEach, describe, it } from 'mocha'
import {
  EventEmitter,
  type InputBoxOptions,
  type Memento,
  type SecretStorage,
  workspace,
} from 'vscode'
import { createSecrets, type SecretQuestions } from '../../src/host/variables/secrets.ts'
import { createVariables, type VariableScope } from '../../src/host/variables/windowVariables.ts'
import { parseEndpoint } from '../../src/shared/profile/parseEndpoint.ts'

function createMemento(): Memento & { setKeysForSync(): void } {
  const values = new Map<string, unknown>()
  return {
    keys: () => [...values.keys()],
    get: (key: string, otherwise?: unknown) => (values.has(key) ? values.get(key) : otherwise),
    update: async (key: string, value: unknown) => {
      values.set(key, value)
    },
    setKeysForSync() {},
  } as Memento & { setKeysForSync(): void }
}

function createStorage(values: Map<string, string>): SecretStorage {
  return {
    keys: async () => [...values.keys()],
    get: async (key: string) => values.get(key),
    store: async (key: string, value: string) => {
      values.set(key, value)
    },
    delete: async (key: string) => {
      values.delete(key)
    },
    onDidChange: new EventEmitter<never>().event,
  } as SecretStorage
}

/** A window whose user gives `answers` in turn; undefined is Escape. Lists what they were asked. */
function createUser(answers: readonly (string | undefined)[]) {
  const asked: InputBoxOptions[] = []
  const stored = new Map<string, string>()
  let picked = 0
  const showInputBox = async (options: InputBoxOptions) => {
    asked.push(options)
    return answers[asked.length - 1]
  }
  const questions = {
    showInputBox,
    // Picks everything.
    showQuickPick: async (items: readonly unknown[]) => {
      picked += items.length
      return items
    },
  } as unknown as SecretQuestions
  const context = { secrets: createStorage(stored), globalState: createMemento() }
  const secrets = createSecrets(context, questions)
  const warned: string[] = []
  const showWarningMessage = async (message: string) => {
    warned.push(message)
    return answers[warned.length - 1]
  }
  const variables = createVariables({ secrets, showInputBox, showWarningMessage })
  return { asked, warned, stored, secrets, variables, picked: () => picked }
}

function body(text: string) {
  const parsed = parseEndpoint({ url: 'http://localhost/', method: 'sse', body: text })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

async function resolve(text: string, scope: VariableScope = {}, user = createUser([])) {
  const answer = await user.variables.resolve(body(text), scope)
  assert.ok(answer?.ok, JSON.stringify(answer))
  return answer.value
}

async function problem(text: string, scope: VariableScope = {}) {
  const answer = await createUser([]).variables.resolve(body(text), scope)
  assert.ok(answer && !answer.ok)
  return answer.problems[0]?.message ?? ''
}

describe('variables', () => {
  const variable = 'LIFELINE_TEST_VALUE'
  beforeEach(() => {
    process.env[variable] = 'from the environment'
  })
  afterEach(() => {
    delete process.env[variable]
  })

  it('come from the environment, the folder, the home folder and the settings', async () => {
    const folder = workspace.workspaceFolders?.[0]
    assert.ok(folder)
    const { resolved } = await resolve(
      `\${env:${variable}}|\${workspaceFolder}|\${workspaceFolder:${folder.name}}|\${userHome}|\${config:files.eol}`,
    )
    const path = folder.uri.fsPath
    const eol = workspace.getConfiguration().get('files.eol')
    assert.equal(resolved.body, `from the environment|${path}|${path}|${homedir()}|${eol}`)
  })

  it('that are missing are answered with what to do', async () => {
    assert.match(
      await problem('${env:LIFELINE_NOT_SET}'),
      /Set the environment variable LIFELINE_NOT_SET/,
    )
    assert.match(
      await problem('${workspaceFolder:nowhere}'),
      /no folder of this window has that name/,
    )
    assert.match(await problem('${config:lifeline.nothing}'), /Add the setting lifeline\.nothing/)
    assert.match(await problem('${config:files.exclude}'), /only a text, a number, true or false/)
    assert.match(await problem('${input:a}'), /to "inputs" of the profiles file/)
  })

  it('are not looked up for a workspace that is not trusted', async () => {
    const user = createUser(['never asked'])
    const answer = await user.variables.resolve(body('${secret:s}'), { trusted: false })
    assert.ok(answer && !answer.ok)
    assert.match(answer.problems[0]?.message ?? '', /Trust this workspace/)
    assert.deepEqual(user.asked, [])
  })

  it('of kind input are asked for each time, without being shown when they are passwords', async () => {
    const inputs = [
      { id: 'pw', description: 'The password', password: true, default: '' },
      { id: 'room', description: '', password: false, default: 'lobby' },
    ]
    const user = createUser(['sesame', 'hall'])
    const { resolved, secrets } = await resolve('${input:pw} ${input:room}', { inputs }, user)
    assert.equal(resolved.body, 'sesame hall')
    assert.deepEqual(secrets, [{ name: 'input:pw', value: 'sesame' }])
    assert.deepEqual(
      user.asked.map(({ password, title, value }) => [password, title, value]),
      [
        [true, 'The password', ''],
        [false, 'Value of “room”', 'lobby'],
      ],
    )
  })

  it('answer with nothing when the user presses Escape', async () => {
    const inputs = [{ id: 'a', description: '', password: false, default: '' }]
    const { variables } = createUser([undefined, undefined])
    assert.equal(await variables.resolve(body('${input:a}'), { inputs }), undefined)
    assert.equal(await variables.resolve(body('${secret:a}')), undefined)
  })
})

describe('a capture that is connected again', () => {
  const at = (url: string, requests: readonly unknown[] = []) => {
    const parsed = parseEndpoint({ url, method: 'sse', requests })
    assert.ok(parsed.ok, JSON.stringify(parsed))
    return parsed.value
  }

  it('reaches this machine only when the user says so, each time', async () => {
    const scope = { asksForNear: true }
    const user = createUser(['Connect', undefined])
    const endpoint = at('http://far.example/', [{ name: 'A', url: 'http://127.0.0.1:2375/' }])
    assert.ok((await user.variables.resolve(endpoint, scope))?.ok)
    assert.equal(await user.variables.resolve(endpoint, scope), undefined)
    assert.equal(user.warned.length, 2)
    assert.match(user.warned[0] ?? '', /^Connect to http:\/\/127\.0\.0\.1:2375, on this machine or/)
  })

  it('asks one question, which reads well however many there are', async () => {
    const user = createUser([undefined])
    const requests = [{ name: 'A', url: 'http://10.0.0.1/' }]
    await user.variables.resolve(at('unix:/run/a.sock', requests), { asksForNear: true })
    assert.deepEqual(user.warned, [
      'Connect to unix:/run/a.sock, http://10.0.0.1, on this machine or its network? The capture may come from anybody, and you have not trusted this workspace.',
    ])
  })

  it('is not asked about for other places, nor where it is trusted', async () => {
    const user = createUser([])
    assert.ok((await user.variables.resolve(at('http://far.example/'), { asksForNear: true }))?.ok)
    assert.ok((await user.variables.resolve(at('unix:/run/a.sock'), {}))?.ok)
    assert.deepEqual(user.warned, [])
  })

  it('is refused where its references lead to another peer than it was promised', async () => {
    process.env.LIFELINE_TEST_PEER = 'http://evil.example'
    const endpoint = at('http://good.example/', [{ name: 'A', url: '${env:LIFELINE_TEST_PEER}/x' }])
    const scope = { peers: ['http://good.example'] }
    const answer = await createUser([]).variables.resolve(endpoint, scope)
    delete process.env.LIFELINE_TEST_PEER
    assert.ok(answer && !answer.ok)
    assert.match(answer.problems[0]?.message ?? '', /lead to http:\/\/evil\.example, which neither/)
  })
})

describe('secrets', () => {
  it('are asked for once, unseen, and kept', async () => {
    const user = createUser(['hunter2'])
    assert.equal((await resolve('${secret:t}', {}, user)).resolved.body, 'hunter2')
    assert.equal((await resolve('${secret:t}', {}, user)).resolved.body, 'hunter2')
    assert.equal(user.asked.length, 1)
    assert.equal(user.asked[0]?.password, true)
    assert.deepEqual([...user.stored.values()], ['hunter2'])
  })

  it('of a capture are those of its server, not the user’s own', async () => {
    const user = createUser(['mine', 'for this server'])
    const scope = { secretOwner: 'https://a.example' }
    assert.equal((await resolve('${secret:t}', {}, user)).resolved.body, 'mine')
    assert.equal((await resolve('${secret:t}', scope, user)).resolved.body, 'for this server')
    assert.match(user.asked[1]?.prompt ?? '', /for a\.example\./)
  })

  it('are asked for once by two sessions that start together', async () => {
    const user = createUser(['hunter2', 'another'])
    const both = await Promise.all([
      resolve('${secret:t}', {}, user),
      resolve('${secret:t}', {}, user),
    ])
    assert.deepEqual(
      both.map(({ resolved }) => resolved.body),
      ['hunter2', 'hunter2'],
    )
  })

  it('of one folder are not given to another', async () => {
    const folder = workspace.workspaceFolders?.[0]
    assert.ok(folder)
    const user = createUser(['mine', 'the folder’s'])
    await resolve('${secret:t}', {}, user)
    const { resolved } = await resolve('${secret:t}', { folder }, user)
    assert.equal(resolved.body, 'the folder’s')
    assert.equal(user.asked.length, 2)
  })

  it('are asked for again once they are forgotten', async () => {
    const user = createUser(['one', 'two'])
    await resolve('${secret:t}', {}, user)
    await user.secrets.forget()
    assert.equal(user.picked(), 1)
    assert.deepEqual([...user.stored], [])
    assert.equal((await resolve('${secret:t}', {}, user)).resolved.body, 'two')
  })
})
