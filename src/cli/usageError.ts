// A mistake of the user on the command line: one sentence that says what to change. Exit status 2.

export class UsageError extends Error {
  override readonly name = 'UsageError'
}
