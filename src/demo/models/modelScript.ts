// The demo's model: says always the same, a piece a step.

/** A piece of the answer; of a tool call a piece of its arguments. */
export interface ModelStep {
  readonly kind: 'reasoning' | 'text' | 'tool'
  readonly text: string
  /** It is the first of its part. */
  readonly begins: boolean
}

/** Tokens, one a piece. */
export interface ModelCounts {
  readonly input: number
  readonly output: number
  readonly reasoning: number
}

export const modelName = 'demo-1'
export const toolName = 'get_quote'
export const toolArguments = { symbol: 'BTC-EUR', venue: 'demo' } as const

const reasoning = 'One side speaks, the other listens: a response that stays open will do.'

const answer = `A **WebSocket** keeps one connection open, and both sides speak at any time. \
**Server-Sent Events** keep one response open and let the server speak.

For a ticker:

- Events are enough: they *resume* where they stopped.
- Every proxy that speaks HTTP lets them through.
- The field \`retry\` says how soon they come back.

Let me look at the price as an example.`

export const modelSteps: readonly ModelStep[] = [
  ...piecesOf('reasoning', reasoning, /\s*\S+/g),
  ...piecesOf('text', answer, /\s*\S+/g),
  ...piecesOf('tool', JSON.stringify(toolArguments), /.{1,8}/g),
]

function piecesOf(kind: ModelStep['kind'], text: string, piece: RegExp): readonly ModelStep[] {
  return (text.match(piece) ?? []).map((one, index) => ({ kind, text: one, begins: index === 0 }))
}

export function countSteps(steps: readonly ModelStep[]): ModelCounts {
  const thought = steps.filter(({ kind }) => kind === 'reasoning').length
  return { input: 24, output: steps.length, reasoning: thought }
}
