// The fault of a tap that cannot listen.

import type { Fault } from '../protocols/fault.ts'

/** `port`: the one that was asked for; null takes any that is free. */
export function cannotListen(error: unknown, port: number | null): Fault {
  const message = error instanceof Error ? error.message : String(error)
  const cause = error instanceof Error && 'code' in error ? String(error.code) : message
  if (cause === 'EADDRINUSE' && port !== null) {
    return {
      code: 'tap-port-taken',
      message: `Another program listens on port ${port} of this machine.`,
      advice: 'Choose another port, or none to have a free one; or end the program that has it.',
      fields: ['tap.port'],
      cause,
    }
  }
  const refused = cause === 'EACCES' && port !== null
  return {
    code: 'tap-cannot-listen',
    message: refused
      ? `You may not listen on port ${port} of this machine.`
      : `The tap cannot listen: ${message}.`,
    advice: 'Choose another port, one above 1023, or none to have a free one.',
    fields: ['tap.port'],
    cause,
  }
}
