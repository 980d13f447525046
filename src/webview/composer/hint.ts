// The sentence under a form, and the sentences that both forms use.

export interface Hint {
  readonly text: string
  readonly tone: '' | 'good' | 'warning' | 'error'
  /** Stands behind the sentence. */
  readonly action?: { readonly name: string; readonly run: () => void }
}

/** Tells that the form holds a saved entry unchanged. */
export function savedHint(name: string): Hint {
  return { text: `“${name}”, as saved in the profile`, tone: 'good' }
}

/** References that were typed stay as they are; this says so. */
export function unfilledReferences(what: 'message' | 'request'): string {
  return `References such as \${secret:name} are filled in only in a saved ${what} that was not changed.`
}
