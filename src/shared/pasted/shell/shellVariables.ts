// The variables that a pasted text sets before its command, and what stands for those that it does not.

import { literal } from './quoting.ts'

export interface ShellVariables {
  /** The value as part of a word; null where the text sets it by running a command. */
  set(name: string, value: string | null): void
  /** `$NAME` or `${…}` as part of a word: its value, or a reference; what Lifeline itself knows stays. */
  read(written: string): string
  /** Sentences about values that had to be guessed. */
  readonly notes: ReadonlySet<string>
}

/** Characters that variables may make, all in all. */
const mostText = 4 * 1024 * 1024

export function createShellVariables(): ShellVariables {
  const values = new Map<string, string | null>()
  const notes = new Set<string>()
  /** Variables of variables grow without end. */
  let left = mostText

  return {
    notes,
    set: (name, value) => values.set(name, value),
    read(written) {
      const inner = written.replace(/^\$\{?|\}$/g, '')
      if (/^\d$/.test(inner)) {
        notes.add(`$${inner} is taken as it stands; a shell would put nothing there.`)
        return literal(written)
      }
      const [, name = '', fallback] = /^([A-Za-z_]\w*)(?::?-(.*))?$/s.exec(inner) ?? []
      if (name === '' || /^(?:workspaceFolder|userHome)$/.test(name)) return written
      const value = values.get(name)
      if (typeof value === 'string' && value.length <= left) {
        left -= value.length
        return value
      }
      if (typeof value === 'string') notes.add(`${name} is longer than Lifeline takes.`)
      else if (value === null) {
        notes.add(`Lifeline runs no commands: give ${name} its value in the environment.`)
      } else if (fallback !== undefined) {
        notes.add(`${name} is taken as the default that stands beside it.`)
        return literal(fallback)
      }
      return `\${env:${name}}`
    },
  }
}
