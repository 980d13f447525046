// Proposes what can stand behind `${` in a profiles file, as its documentation has it.

export interface ReferenceFacts {
  /** Of the environment of the extension host; names only. */
  readonly environment: readonly string[]
  /** Ids that the file's "inputs" have. */
  readonly inputs: readonly string[]
  /** Names of secrets that the file has elsewhere. */
  readonly secrets: readonly string[]
}

export interface ReferenceProposal {
  /** In the place of what stands behind `${` so far, without the closing brace. */
  readonly text: string
  readonly detail: string
  /** A name is still to come. */
  readonly isOpen: boolean
}

export interface ReferenceProposals {
  /** Characters before the cursor that a proposal replaces. */
  readonly replaced: number
  readonly proposals: readonly ReferenceProposal[]
}

const kinds: readonly ReferenceProposal[] = [
  { text: 'secret:', detail: 'A secret: asked for once, then kept', isOpen: true },
  { text: 'env:', detail: 'An environment variable', isOpen: true },
  { text: 'input:', detail: 'Asked for each time you connect', isOpen: true },
  { text: 'config:', detail: 'A setting of VS Code', isOpen: true },
  { text: 'workspaceFolder', detail: 'The path of the folder', isOpen: false },
  { text: 'userHome', detail: 'The path of your home folder', isOpen: false },
]

/** `before` is the line up to the cursor. Null where no reference is being written. */
export function proposeReferences(
  before: string,
  facts: ReferenceFacts,
): ReferenceProposals | null {
  // `$${` begins text that only looks like one.
  const [, typed] = /(?<!\$)\$\{([^{}"]*)$/.exec(before) ?? []
  if (typed === undefined) return null
  const [kind, name] = typed.split(':')
  if (name === undefined) return { replaced: typed.length, proposals: kinds }
  const names = namesOf(kind ?? '', facts)
  const proposals = names.map((one) => ({ text: `${kind}:${one}`, detail: '', isOpen: false }))
  return { replaced: typed.length, proposals }
}

function namesOf(kind: string, facts: ReferenceFacts): readonly string[] {
  if (kind === 'env') return facts.environment.toSorted()
  if (kind === 'input') return facts.inputs
  return kind === 'secret' ? facts.secrets : []
}

/** The names of secrets in a file's text, each once, but for one that is being written at the offset. */
export function secretsIn(text: string, offset: number): readonly string[] {
  const found = [...text.matchAll(/\$\{secret:([^{}"\n]+)\}/g)]
  const others = found.filter(
    ({ index, 0: whole }) => offset < index || offset > index + whole.length,
  )
  return [...new Set(others.map(([, name = '']) => name.trim()))]
}
