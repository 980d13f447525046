// The names of the actions that a timeline offers on an error or a notice.

export const errorActionNames = [
  'trust',
  'enter-secret',
  'add-credentials',
  'connect-as',
  'connect-to',
  'connect-with',
  'change-url',
  'use-free-port',
  'show-what-came',
  'retry',
  'edit-profile',
  'raise-limit',
  'choose-folder',
  'keep-in-memory',
  'show-log',
] as const

/** Each has its row in `errorActions`. */
export type ErrorAction = (typeof errorActionNames)[number]
