// Runs the command line as its own process and collects what it says.

import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))
const bundle = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url))

export interface CommandResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly child: ChildProcess
  readonly finished: Promise<CommandResult>
  /** Resolves when standard output holds the text; rejects when the process ends without it. */
  seen(text: string): Promise<void>
  /** Resolves with what standard error has of this form; rejects when the process ends without it. */
  told(form: RegExp): Promise<string>
}

export interface CommandOptions {
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Where standard output goes instead of being collected; a shell opens it. */
  readonly into?: string
  /** What `npm run build` made of it, in place of the source. */
  readonly built?: boolean
}

/** `words`: what follows `lifeline`. */
export function startCommand(
  words: readonly string[],
  options: CommandOptions = {},
): RunningCommand {
  const command = [process.execPath, options.built ? bundle : source, ...words]
  const redirected = ['/bin/sh', '-c', `exec "$@" > ${options.into}`, 'sh', ...command]
  const [program = '', ...args] = options.into === undefined ? command : redirected
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const finished = new Promise<CommandResult>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })

  /** Resolves with what `find` finds first in what comes. */
  function found<T>(stream: Readable, what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const one = find()
        if (one === undefined) return
        stream.off('data', look)
        resolve(one)
      }
      stream.on('data', look)
      look()
      child.on('close', () => reject(new Error(`ended without ${what}:\n${stdout}${stderr}`)))
    })
  }

  return {
    child,
    finished,
    async seen(text) {
      await found(child.stdout, text, () => stdout.includes(text) || undefined)
    },
    told: (form) => found(child.stderr, String(form), () => form.exec(stderr)?.[0]),
  }
}

export function runCommand(...words: string[]): Promise<CommandResult> {
  return startCommand(words).finished
}
