// The limits of a relay, which a hostile program or server could otherwise make it pass.

const MiB = 1024 * 1024

export const relayLimits = {
  /**
   * Bytes that were told and not worked off yet. Beyond them what passes is not told any more, until half of them are left: nobody
   * is held back for the sake of the recording.
   */
  inFlightBytes: 64 * MiB,
  /** What an event costs beside its bytes, so that a flood of empty ones counts, too. */
  eventBytes: 256,
  /** What a program may send while its server is dialled. */
  waitingBytes: 64 * 1024,
  /** What faults may hold of one way before its sender is held back. */
  heldBytes: MiB,
  /** How long a program that was answered and sent away may take to leave, in ms. */
  lingerMs: 2000,
  /** So long at a time, in ms, a session works off what its relay tells, before it hears anything else. */
  turnMs: 10,
  /** What a stopped tap has not worked off after this time, in ms, is recorded without its bytes. */
  stopWorkMs: 2000,
  /** How long sockets may take to close when the tap stops, in ms. */
  stopMs: 500,
  /** A side that has finished is asked after this time, in ms, whether it is still there. */
  probeMs: 10_000,
} as const
