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
  return `'${text.replaceAll("'", `'\\''`)}'`
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
