// The variables of a curl command: `--variable name=value` and `{{name}}` after `--expand-…`.

import { type Parsed, refused } from '../../endpoint/problem.ts'

export interface CurlVariables {
  /** A sentence that says what to change, or null. */
  set(written: string): string | null
  expand(value: string): Parsed<string>
}

export function createCurlVariables(): CurlVariables {
  const values = new Map<string, string>()

  return {
    set(written) {
      const [, imported, name = '', mark, content = ''] =
        /^(%?)([A-Za-z0-9_]{1,128})(?:([=@])(.*))?$/s.exec(written) ?? []
      if (name === '') return 'Write the variable after --variable as name=value.'
      if (mark === '@') return 'Write the value after --variable: Lifeline reads no file there.'
      values.set(name, imported ? `\${env:${name}}` : content)
      return null
    },
    expand(value) {
      let problem: string | null = null
      const read = value.replace(/(\\?)\{\{([^{}]*)\}\}/g, (whole, escaped, inner: string) => {
        if (escaped) return whole.slice(1)
        const held = values.get(inner.trim())
        if (held !== undefined) return held
        problem ??= inner.includes(':')
          ? 'Write out what {{…}} stands for: Lifeline knows no functions of curl’s variables.'
          : 'Set the variable in {{…}} by --variable name=value, before it is used.'
        return whole
      })
      return problem === null ? { ok: true, value: read } : refused(problem)
    },
  }
}
