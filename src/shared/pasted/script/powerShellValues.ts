// The values of PowerShell's parameters: texts, numbers and tables, read as data.

import { quotedText, readPowerShellText, readVariable } from '../shell/powerShellText.ts'
import { literal } from '../shell/quoting.ts'
import type { ShellVariables } from '../shell/shellVariables.ts'

/** A text, or the entries of a table. */
export type PowerShellValue = string | readonly (readonly [name: string, value: PowerShellValue])[]

export interface PowerShellReader {
  /** The name of the next parameter; empty before a value without one, null at the end. */
  parameter(): string | null
  /** Null where it is none that can be read as data. */
  value(): PowerShellValue | null
}

const blanks = /(?:[^\S\n]+|`[^\S\n]*(?:\n|(?=\s)))*/y
const lines = /[\s;,`]*/y
const text = new RegExp(quotedText, 'y')
const mostDepth = 32

export function createPowerShellReader(
  source: string,
  variables: ShellVariables,
): PowerShellReader {
  let place = 0
  let depth = 0

  function take(shape: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(shape.source, shape.flags.includes('i') ? 'iy' : 'y')
    sticky.lastIndex = place
    const match = sticky.exec(source)
    if (match) place = sticky.lastIndex
    return match
  }

  function value(): PowerShellValue | null {
    if (++depth > mostDepth) return null
    take(/[\s,]*/y)
    const read = single()
    depth--
    return read
  }

  function single(): PowerShellValue | null {
    const quoted = take(text)
    if (quoted) return readPowerShellText(quoted.groups ?? {}, variables)
    if (take(/@\{|\[ordered\]@\{/i)) return table()
    if (take(/\(/)) return inParentheses()
    const variable = take(/\$(?:env:\w+|\{(?:env:)?\w+\}|[A-Za-z_]\w*)/i)
    if (variable)
      return /^\$(?:true|false|null)$/i.test(variable[0])
        ? null
        : readVariable(variable[0], variables)
    const bare = take(/[^\s"'`$@(){};,|<>-][^\s"'`$@(){};,|<>]*/)
    return bare ? literal(bare[0]) : null
  }

  function table(): PowerShellValue | null {
    const entries: (readonly [string, PowerShellValue])[] = []
    for (;;) {
      take(lines)
      if (take(/\}/)) return entries
      const quoted = take(text)
      const name = quoted
        ? readPowerShellText(quoted.groups ?? {}, variables)
        : (take(/[\w-]+/)?.[0] ?? null)
      if (name === null || !take(/\s*=/)) return null
      const held = value()
      if (held === null) return null
      entries.push([name, held])
    }
  }

  /** `(@{…} | ConvertTo-Json)` and `([System.Text.Encoding]::UTF8.GetBytes("…"))`. */
  function inParentheses(): PowerShellValue | null {
    const isBytes = take(/\s*\[System\.Text\.Encoding\]::UTF8\.GetBytes\(/i) !== null
    // A command may stand there.
    const held = take(/\s*(?=["'\u2018-\u201e@$([])/) ? value() : null
    if (held === null || (isBytes && !take(/\s*\)/))) return null
    const asJson = take(/\s*\|\s*ConvertTo-Json(?:\s+-(?:Depth\s+\d+|Compress))*/i) !== null
    if (!take(/\s*\)/)) return null
    return asJson ? JSON.stringify(plainOf(held)) : held
  }

  return {
    parameter() {
      take(blanks)
      const [, name] = take(/-([A-Za-z]\w*):?/) ?? []
      if (name !== undefined) return name
      return /^(?:[\n;|)]|$)/.test(source.slice(place, place + 1)) ? null : ''
    },
    value,
  }
}

function plainOf(value: PowerShellValue): unknown {
  return typeof value === 'string'
    ? value
    : Object.fromEntries(value.map(([name, held]) => [name, plainOf(held)]))
}
