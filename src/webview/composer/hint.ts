// The sentence under a form, and those that both forms say.

export interface Hint {
  readonly text: string
  readonly tone: '' | 'good' | 'warning' | 'error'
}

/** About a saved entry that stands in the form unchanged. */
export function savedHint(name: string): Hint {
  return { text: `“${name}”, as the profile has it`, tone: 'good' }
}

/** About references in what was typed, which stay as they are. */
export function unfilledReferences(what: 'message' | 'request'): string {
  return `References such as \${secret:name} are filled in only in a saved ${what} that was not changed.`
}
