// Values of `${secret:name}`: asked once, kept in VS Code's secret storage, forgotten on request.

import { CancellationError, type ExtensionContext, type InputBoxOptions, window } from 'vscode'
import { secretReference } from '../../shared/endpoint/references.ts'
import { decodePercent } from '../../shared/text/decodePercent.ts'
import { visibleItem } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'

/**
 * Who a secret was given to: a workspace folder's URI, `user` for the user's own profiles, or the server
 * of a capture that no profile made. So a repository that is opened and trusted cannot send away a secret
 * that was meant for another.
 */
export type SecretOwner = string

export interface Secrets {
  /** The stored value, or what the user types. Rejects with `CancellationError` when they close the box. */
  get(owner: SecretOwner, name: string): Promise<string>
  /** Keeps a value that the user gave without being asked for it, in the place of one of that name. */
  keep(owner: SecretOwner, name: string, value: string): Promise<void>
  /** Asks for the value and keeps it. Rejects as `get` does, and then what was kept stays. */
  renew(owner: SecretOwner, name: string): Promise<void>
  /** Gives another owner the value too, unless it has one of its own or there is none. */
  share(from: SecretOwner, name: string, to: SecretOwner, as: string): Promise<void>
  /** Lets the user pick secrets to delete. */
  forget(): Promise<void>
  dispose(): void
}

/** How questions reach the user; tests answer them. */
export interface SecretQuestions {
  showInputBox(options: InputBoxOptions): Thenable<string | undefined>
  showQuickPick: typeof window.showQuickPick
}

interface KnownSecret {
  readonly owner: SecretOwner
  readonly name: string
}

// SecretStorage does not list its keys, so the names are kept beside it.
const namesKey = 'lifeline.secretNames'

export function createSecrets(
  context: Pick<ExtensionContext, 'secrets' | 'globalState'>,
  questions: SecretQuestions = window,
): Secrets {
  const { secrets, globalState } = context
  const asking = new Map<string, Promise<string>>()

  const keyOf = ({ owner, name }: KnownSecret) => `lifeline.secret/${owner}/${name}`
  const known = () => globalState.get<readonly KnownSecret[]>(namesKey, [])
  const isSame = (a: KnownSecret) => (b: KnownSecret) => a.owner === b.owner && a.name === b.name

  async function ask(secret: KnownSecret): Promise<string> {
    const value = await questions.showInputBox({
      title: plainMessage(`Secret “${secret.name}”`),
      prompt: plainMessage(
        `Value of ${secretReference(secret.name)} for ${ownerName(secret.owner)}. VS Code’s secret storage keeps it; “Lifeline: Forget Secret…” deletes it.`,
      ),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? 'Enter the value, or press Escape to cancel.' : null),
    })
    if (!value) throw new CancellationError()
    await keep(secret, value)
    return value
  }

  async function keep(secret: KnownSecret, value: string): Promise<void> {
    await secrets.store(keyOf(secret), value)
    await globalState.update(namesKey, [...known().filter((one) => !isSame(secret)(one)), secret])
  }

  return {
    async get(owner, name) {
      const secret = { owner, name }
      const key = keyOf(secret)
      const stored = await secrets.get(key)
      if (stored !== undefined) return stored
      // Two sessions that start at once share one question.
      const pending = asking.get(key) ?? ask(secret).finally(() => asking.delete(key))
      asking.set(key, pending)
      return pending
    },
    keep: (owner, name, value) => keep({ owner, name }, value),
    async renew(owner, name) {
      await ask({ owner, name })
    },
    async share(from, name, to, as) {
      const value = await secrets.get(keyOf({ owner: from, name }))
      const own = await secrets.get(keyOf({ owner: to, name: as }))
      if (value !== undefined && own === undefined) await keep({ owner: to, name: as }, value)
    },
    async forget() {
      const names = known()
      if (names.length === 0) {
        await window.showInformationMessage('Lifeline keeps no secrets.')
        return
      }
      const picked = await questions.showQuickPick(
        names.map((secret) =>
          visibleItem({ label: secret.name, description: ownerName(secret.owner), secret }),
        ),
        {
          canPickMany: true,
          ignoreFocusOut: true,
          placeHolder: 'Secrets to forget; they are asked for again when needed',
        },
      )
      for (const { secret } of picked ?? []) {
        await secrets.delete(keyOf(secret))
        await globalState.update(
          namesKey,
          known().filter((one) => !isSame(secret)(one)),
        )
      }
    },
    dispose: () => asking.clear(),
  }
}

function ownerName(owner: SecretOwner): string {
  if (owner === 'user') return 'your own profiles'
  // A URI holds no space; the servers of a capture are separated by one.
  const names = owner.split(', ').map((one) => /([^/]*)\/?$/.exec(one)?.[1] || one)
  return names.map(decodePercent).join(', ')
}
