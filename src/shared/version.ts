// Lifeline's own version, as the manifest has it.

export const version = '0.1.0'
