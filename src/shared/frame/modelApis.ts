// The APIs of language models that are read, by their decoders' names, as people know them.

export const modelNames = {
  'openai-chat': 'OpenAI chat',
  'openai-responses': 'OpenAI Responses',
  anthropic: 'Anthropic',
  gemini: 'Gemini',
  'gemini-interactions': 'Gemini Interactions',
  ollama: 'Ollama',
  'ai-sdk': 'AI SDK',
  'ag-ui': 'AG-UI',
  langgraph: 'LangGraph',
} as const

export type ModelApi = keyof typeof modelNames

/** `decoder`: a decoder's name. */
export function isModelApi(decoder: string): decoder is ModelApi {
  return Object.hasOwn(modelNames, decoder)
}
