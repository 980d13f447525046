// A text as one word of a POSIX shell.

import { findReferences, type ReferenceKind, shellVariable } from './references.ts'

/**
 * A word for a POSIX shell, to which nothing is special between single quotes. References become its variables,
 * under the names that the command line of Lifeline reads.
 */
export function shellWord(text: string): string {
  if (text === '') return "''"
  if (/^[\w./:@%+,=-]+$/.test(text)) return text
  const parts = text.split(/(\$?\$\{[^{}]*\})/)
  return parts
    .map((part, i) => {
      if (i % 2 === 0) return part === '' ? '' : quotePlain(part)
      const variable = variableOf(part)
      return variable === null ? quotePlain(part.replace(/^\$\$/, '$')) : `"$${variable}"`
    })
    .join('')
}

function quotePlain(text: string): string {
  if (controls.test(text)) return quoteControls(text)
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Line feeds and tabs are harmless in a word that is pasted. */
const controls = /[^\P{Cc}\n\t]/u

/**
 * A terminal acts on control characters before the shell has read the quotes around them: one sequence ends what is pasted,
 * and what follows is typed. [posix] Shell Command Language 2.2.4
 */
function quoteControls(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, octal)
  return `$'${escaped}'`
}

/** Always three digits, as another may follow. */
function octal(character: string): string {
  const bytes = new TextEncoder().encode(character)
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

/** Null for what no shell knows. */
function variableOf(written: string): string | null {
  const [reference] = findReferences(written)
  return reference ? (shellVariables[reference.kind]?.(reference.name) ?? null) : null
}

const shellVariables: Readonly<Partial<Record<ReferenceKind, (name: string) => string | null>>> = {
  env: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : null),
  userHome: () => 'HOME',
  workspaceFolder: () => 'PWD',
  secret: (name) => shellVariable('secret', name),
  input: (name) => shellVariable('input', name),
}
