// Answers as servers write them for user interfaces: the Vercel AI SDK and AG-UI.

import { type ModelStep, toolArguments, toolName } from './modelScript.ts'
import { event, eventType, type ModelShape } from './modelShape.ts'

/** `/ai-sdk` */
export function aiSdkShape(): ModelShape {
  /** The part that is open. */
  let open: ModelStep['kind'] | null = null

  function close(): readonly string[] {
    const kind = open
    open = null
    if (kind === null) return []
    if (kind !== 'tool') return [event({ type: `${kind}-end`, id: kind })]
    const tool = { toolCallId: 'call_demo', toolName }
    return [event({ type: 'tool-input-available', ...tool, input: toolArguments })]
  }

  function start(kind: ModelStep['kind']): readonly string[] {
    const closed = close()
    open = kind
    const part = kind === 'tool' ? { toolCallId: 'call_demo', toolName } : { id: kind }
    const type = kind === 'tool' ? 'tool-input-start' : `${kind}-start`
    return [...closed, event({ type, ...part })]
  }

  function piece({ kind, text }: ModelStep): string {
    if (kind !== 'tool') return event({ type: `${kind}-delta`, id: kind, delta: text })
    return event({ type: 'tool-input-delta', toolCallId: 'call_demo', inputTextDelta: text })
  }

  return {
    contentType: eventType,
    headers: { 'X-Vercel-AI-UI-Message-Stream': 'v1' },
    begin: () => [event({ type: 'start', messageId: 'demo' }), event({ type: 'start-step' })],
    step: (step) => [...(step.begins ? start(step.kind) : []), piece(step)],
    finish(ending) {
      // Arguments that were cut are not available.
      if (ending === 'length' && open === 'tool') open = null
      const reason = ending === 'length' ? 'length' : 'tool-calls'
      return [
        ...close(),
        event({ type: 'finish-step' }),
        event({ type: 'finish', finishReason: reason }),
        event('[DONE]'),
      ]
    },
    error: (message) => [event({ type: 'error', errorText: message }), event('[DONE]')],
  }
}

const names = { reasoning: 'REASONING_MESSAGE', text: 'TEXT_MESSAGE', tool: 'TOOL_CALL' } as const

/** `/ag-ui` */
export function agUiShape(): ModelShape {
  const run = { threadId: 'demo', runId: 'demo' }
  let open: ModelStep['kind'] | null = null
  const idOf = (kind: ModelStep['kind']) =>
    kind === 'tool' ? { toolCallId: 'call_demo' } : { messageId: kind }

  function end(): readonly string[] {
    const kind = open
    open = null
    return kind === null ? [] : [event({ type: `${names[kind]}_END`, ...idOf(kind) })]
  }

  function start(kind: ModelStep['kind']): readonly string[] {
    const ended = end()
    open = kind
    const more = kind === 'tool' ? { toolCallName: toolName } : { role: roles[kind] }
    return [...ended, event({ type: `${names[kind]}_START`, ...idOf(kind), ...more })]
  }

  function step({ kind, text, begins }: ModelStep): readonly string[] {
    const type = `${names[kind]}_${kind === 'tool' ? 'ARGS' : 'CONTENT'}`
    return [...(begins ? start(kind) : []), event({ type, ...idOf(kind), delta: text })]
  }

  return {
    contentType: eventType,
    begin: () => [event({ type: 'RUN_STARTED', ...run })],
    step,
    finish: () => [...end(), event({ type: 'RUN_FINISHED', ...run, outcome: { type: 'success' } })],
    error: (message) => [event({ type: 'RUN_ERROR', message, code: 'UNAVAILABLE' })],
  }
}

const roles = { reasoning: 'reasoning', text: 'assistant' } as const
