// Entry point of the command line: reads the command, checks Node, runs it, sets the exit status.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import { harmlessFault } from '../shared/text/harmlessFault.ts'
import { visibleLine, visibleLines } from '../shared/text/visibleText.ts'
import { version } from '../shared/version.ts'
import type { Command } from './command.ts'
import { parseCommandLine } from './commandLine.ts'
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

function say(text: string): number {
  const output = createOutput()
  output.write(text)
  output.drain()
  return statusOf(output.failure)
}

/** Loaded after the check, since an older Node lacks some of their imports. */
async function perform(
  command: Extract<Command, { kind: 'watch' | 'show' | 'compare' | 'doctor' | 'serve' }>,
): Promise<number> {
  if (command.kind === 'watch') return (await import('./watch.ts')).watch(command)
  if (command.kind === 'compare') return (await import('./compare.ts')).compare(command)
  if (command.kind === 'doctor') return (await import('./doctor.ts')).doctor(command)
  if (command.kind === 'serve') return (await import('./serve.ts')).serve(command)
  return (await import('./show.ts')).show(command)
}

function tellFailure(error: unknown): void {
  if (error instanceof UsageError || error instanceof CaptureError) {
    for (const line of error.message.split('\n')) console.error(`lifeline: ${visibleLine(line)}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  } else {
    // The message may hold control characters.
    const fault = harmlessFault(error)
    console.error(visibleLines(fault.stack ?? fault.message))
    process.exitCode = 1
  }
}

/** The same file is the program of the thread in which `watch` runs its session. */
async function runThread(port: MessagePort): Promise<void> {
  const { watchSession } = await import('./watchSession.ts')
  await watchSession(port, workerData)
}

if (parentPort) {
  void runThread(parentPort)
} else {
  run(process.argv.slice(2)).then((status) => {
    process.exitCode = status
  }, tellFailure)
}
