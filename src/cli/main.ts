// Entry point of the command line: reads the command, checks Node, runs it, sets the exit status.

import { CaptureError } from '../engine/capture/captureError.ts'
import { version } from '../shared/version.ts'
import { visibleLines } from '../shared/visibleText.ts'
import { type Command, parseCommandLine } from './commandLine.ts'
import { help } from './help.ts'
import { isNewEnough, runWithNewerNode } from './newerNode.ts'
import { createOutput, statusOf } from './output.ts'
import { UsageError } from './usageError.ts'

async function run(words: readonly string[]): Promise<number> {
  if (words.length === 0) {
    process.stderr.write(help)
    return 2
  }
  const command = parseCommandLine(words)
  if (command.kind === 'help') return say(help)
  if (command.kind === 'version') return say(`${version}\n`)
  if (!isNewEnough(process.versions.node)) {
    const status = await runWithNewerNode({
      script: process.argv[1] ?? '',
      words,
      nodeOptions: process.execArgv,
    })
    if (status !== null) return status
    throw new UsageError(`Run it with Node 22.16 or newer; this is Node ${process.versions.node}.`)
  }
  return perform(command)
}

async function say(text: string): Promise<number> {
  const output = createOutput(process.stdout, () => {})
  output.write(text)
  await output.drained()
  return statusOf(output)
}

let sessionRan = false

/** Loaded only now: an older Node does not have all that they import. */
async function perform(command: Extract<Command, { kind: 'watch' | 'show' }>): Promise<number> {
  if (command.kind === 'watch') {
    const { watch } = await import('./watch.ts')
    sessionRan = true
    return watch(command)
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
    if (error instanceof UsageError || error instanceof CaptureError) {
      for (const line of visibleLines(error.message).split('\n')) console.error(`lifeline: ${line}`)
      process.exitCode = error instanceof UsageError ? 2 : 1
    } else {
      // Its words may hold what a terminal obeys.
      console.error(
        visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      )
      process.exitCode = 1
    }
    if (sessionRan) process.exit()
  },
)
