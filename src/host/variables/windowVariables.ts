// The values of `${…}` references in this window: environment, folders, settings, questions, secrets.

import { homedir } from 'node:os'
import {
  CancellationError,
  type InputBoxOptions,
  type MessageOptions,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import {
  formatReference,
  type Reference,
  type ReferenceKind,
} from '../../shared/endpoint/references.ts'
import type { InputDefinition } from '../../shared/profile/profiles.ts'
import { hideSecrets } from '../../shared/secrets/hideCredentials.ts'
import {
  type LookedUp,
  type ResolvedEndpoint,
  resolveVariables,
} from '../../shared/secrets/variables.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { plainMessage } from '../window/plainMessage.ts'
import { nearPeers, strayPeer } from './peers.ts'
import type { SecretOwner, Secrets } from './secrets.ts'

/** Where an endpoint comes from, as a profile entry has it; an endpoint that was typed has none of it. */
export interface VariableScope {
  /** The folder whose settings and secrets are used; null or absent: the first folder, and the user's secrets. */
  readonly folder?: WorkspaceFolder | null | undefined
  readonly inputs?: readonly InputDefinition[] | undefined
  /** False: the workspace's own profile in a workspace that is not trusted. Nothing is looked up. */
  readonly trusted?: boolean | undefined
  /** The owner whose secrets are used instead of the folder's or the user's. */
  readonly secretOwner?: SecretOwner | undefined
  /** The peers that may get what is sent, references unresolved (`peersOf`). Absent: those that the endpoint names. */
  readonly peers?: readonly string[] | undefined
  /** True: the user is asked before it reaches this machine or its network. */
  readonly asksForNear?: boolean | undefined
}

/** Whose secrets the references of this scope name. */
export function secretOwnerOf({ secretOwner, folder }: VariableScope): SecretOwner {
  return secretOwner ?? folder?.uri.toString() ?? 'user'
}

export interface Variables {
  /** Undefined when the user has cancelled a question. */
  resolve(endpoint: Endpoint, scope?: VariableScope): Promise<Parsed<ResolvedEndpoint> | undefined>
}

export interface VariablesOptions {
  readonly secrets: Secrets
  /** How questions reach the user; tests answer them. */
  readonly showInputBox?: (options: InputBoxOptions) => Thenable<string | undefined>
  readonly showWarningMessage?: (
    message: string,
    options: MessageOptions,
    act: string,
  ) => Thenable<string | undefined>
}

type Find = (name: string, scope: VariableScope) => LookedUp | Promise<LookedUp>

export function createVariables(options: VariablesOptions): Variables {
  const { secrets, showInputBox = window.showInputBox } = options
  const { showWarningMessage = window.showWarningMessage } = options

  const finders: Readonly<Record<ReferenceKind, Find>> = {
    env: findEnvironment,
    workspaceFolder: findFolder,
    userHome: () => ({ value: homedir() }),
    config: findSetting,
    async input(id, { inputs = [] }) {
      const input = inputs.find((one) => one.id === id)
      if (!input) return { missing: `Add { "id": "${id}" } to "inputs" of the profiles file.` }
      const value = await showInputBox({
        title: plainMessage(input.description || `Value of “${id}”`),
        prompt: plainMessage(`For \${input:${id}}; asked each time you connect.`),
        value: input.default,
        password: input.password,
        ignoreFocusOut: true,
      })
      if (value === undefined) throw new CancellationError()
      return { value, secret: input.password }
    },
    async secret(name, scope) {
      return { value: await secrets.get(secretOwnerOf(scope), name), secret: true }
    },
  }

  /** A foreign capture may name services of this machine, from a container engine to a cloud's credentials. */
  async function mayReach(near: readonly string[]): Promise<boolean> {
    const names = visibleLine(near.join(', '), addressesChars)
    const question = `Connect to ${names}, on this machine or its network? The capture may come from anybody, and you have not trusted this workspace.`
    const act = 'Connect'
    return (await showWarningMessage(plainMessage(question), { modal: true }, act)) === act
  }

  return {
    async resolve(endpoint, scope = {}) {
      if (scope.trusted === false) {
        const message = 'Trust this workspace to connect the profiles that it brings along.'
        return { ok: false, problems: [{ path: '', message }] }
      }
      try {
        const values = new Map<string, string>()
        const answer = await resolveVariables(endpoint, async (reference) => {
          const found = await finders[reference.kind](reference.name, scope)
          if ('value' in found) values.set(formatReference(reference), found.value)
          return found
        })
        if (!answer.ok) return answer
        const { resolved } = answer.value
        const lookedUp = (reference: Reference) => values.get(formatReference(reference)) ?? ''
        const stray = scope.peers ? strayPeer(resolved, scope.peers, lookedUp) : null
        if (stray !== null) {
          const message = hideSecrets(leadsTo(stray), answer.value.secrets)
          return { ok: false, problems: [{ path: '', message }] }
        }
        const near = scope.asksForNear ? nearPeers(resolved) : []
        return near.length === 0 || (await mayReach(near)) ? answer : undefined
      } catch (error) {
        if (error instanceof CancellationError) return undefined
        throw error
      }
    },
  }
}

/** Characters of addresses that fit into the question. */
const addressesChars = 500

function leadsTo(peer: string): string {
  return `Its references lead to ${visibleLine(peer)}, which neither its URL nor the profile names. Connect to that URL itself if you trust it.`
}

function findEnvironment(name: string): LookedUp {
  const value = process.env[name]
  if (value !== undefined) return { value }
  // The extension host's environment, which in a remote window is the remote machine's.
  return {
    missing: `Set the environment variable ${name} where VS Code starts, then start VS Code again.`,
  }
}

function findFolder(name: string, { folder }: VariableScope): LookedUp {
  const folders = workspace.workspaceFolders ?? []
  const found = name === '' ? (folder ?? folders[0]) : folders.find((one) => one.name === name)
  if (found) return { value: found.uri.fsPath }
  return {
    missing:
      name === ''
        ? 'Open a folder: the profile uses its path.'
        : `Correct \${workspaceFolder:${name}}: no folder of this window has that name.`,
  }
}

function findSetting(key: string, { folder }: VariableScope): LookedUp {
  const value: unknown = workspace.getConfiguration(undefined, folder?.uri ?? null).get(key)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { value: String(value) }
  }
  return {
    missing:
      value === undefined || value === null
        ? `Add the setting ${key}: the profile names it.`
        : `Name another setting than ${key}: only a text, a number, true or false can be used.`,
  }
}
