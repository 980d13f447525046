// Looks up `${…}` references on the command line: in the environment, without asking.

import { homedir } from 'node:os'
import { basename } from 'node:path'
import { shellVariable } from '../shared/endpoint/references.ts'
import type { Lookup } from '../shared/secrets/variables.ts'
import type { Watched } from './watchedEndpoint.ts'

type Environment = Readonly<Record<string, string | undefined>>

export function createLookup(
  { folder, inputs }: Pick<Watched, 'folder' | 'inputs'>,
  env: Environment,
): Lookup {
  return async ({ kind, name }) => {
    switch (kind) {
      case 'env': {
        const value = env[name]
        return value === undefined
          ? { missing: `Set the environment variable ${name}.` }
          : { value }
      }
      case 'secret': {
        const variable = shellVariable('secret', name)
        const value = env[variable]
        if (value !== undefined) return { value, secret: true }
        return { missing: `Set the environment variable ${variable} to the secret ${name}.` }
      }
      case 'input': {
        const variable = shellVariable('input', name)
        const input = inputs.find(({ id }) => id === name)
        const value = env[variable] ?? (input?.default || undefined)
        if (value !== undefined) return { value, secret: input?.password ?? false }
        const what = input?.description ? `${name} (${input.description})` : name
        return { missing: `Set the environment variable ${variable} to the input ${what}.` }
      }
      case 'config':
        return {
          missing: `Replace \${config:${name}} by its value or by \${env:…}: VS Code's settings cannot be read from the command line.`,
        }
      case 'workspaceFolder':
        if (name !== '' && name !== basename(folder)) {
          return {
            missing: `Write \${workspaceFolder}: the command line knows one folder, ${folder}.`,
          }
        }
        return { value: folder }
      case 'userHome':
        return { value: homedir() }
    }
  }
}
