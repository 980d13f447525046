// Entry point of the command line: reads the command, checks Node, runs it, sets the exit status.

import { version } from '../shared/version.ts'
import { visibleLines } from '../shared/visibleText.ts'
import { type Command, parseCommandLine } from './commandLine.ts'
import { help } from './help.ts'
import { hasSqlite, runWithNewerNode } from './newerNode.ts'
import { UsageError } from './usageError.ts'

async function run(words: readonly string[]): Promise<number> {
  if (words.length === 0) {
    process.stderr.write(help)
    return 2
  }
  const command = parseCommandLine(words)
  if (command.kind === 'help') {
    process.stdout.write(help)
    return 0
  }
  if (command.kind === 'version') {
    process.stdout.write(`${version}\n`)
    return 0
  }
  if (!hasSqlite()) {
    const status = await runWithNewerNode({
      script: process.argv[1] ?? '',
      words,
      nodeOptions: process.execArgv,
    })
    if (status !== null) return status
    throw new UsageError(`Run it with Node 22.13 or newer; this is Node ${process.versions.node}.`)
  }
  return perform(command)
}

let sessionRan = false

/** Loaded only now: what they import needs `node:sqlite`, which an older Node does not have. */
async function perform(command: Extract<Command, { kind: 'watch' | 'show' }>): Promise<number> {
  if (command.kind === 'watch') {
    const { watch } = await import('./watch.ts')
    const status = await watch(command)
    sessionRan = true
    return status
  }
  return (await import('./show.ts')).show(command)
}

run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
    // A connection that did not answer to its closing may still hold the process.
    if (sessionRan) process.exit()
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      for (const line of visibleLines(error.message).split('\n')) console.error(`lifeline: ${line}`)
      process.exitCode = 2
    } else {
      // Its words may hold what a terminal obeys.
      console.error(
        visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      )
      process.exitCode = 1
    }
  },
)
