// `npm test [suite …]`: set-up, build, then every suite; ends with the counts over all of them.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from './build.mjs'
import { environment, run, SetupError, say, storage } from './process.mjs'
import { runScript, setup } from './setup.mjs'
import { suites } from './suites.mjs'

/** A suite that hangs is ended, so that the others still run. No suite takes a third of it on a quiet machine. */
const limitMs = 65 * 60_000

/** Runs one suite; resolves with its counts. No counts, or none at all, is a failure. */
async function runSuite(name) {
  const { steps, counts } = suites[name]
  const countsFile = join(storage, 'counts', `${name}.json`)
  mkdirSync(dirname(countsFile), { recursive: true })
  rmSync(countsFile, { force: true })
  const env = environment({ LIFELINE_COUNTS: countsFile })
  let failed = false
  const stopped = []
  for (const [program, args] of steps) {
    const onLimit = () => {
      failed = true
      // Its tests fail by what is taken from them, and none of them says so.
      stopped.push(`${program} had not finished after ${limitMs / 60_000} minutes and was ended.`)
    }
    if ((await run(program, args, { env, limitMs, onLimit })) !== 0) failed = true
  }
  if (!counts) {
    return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0, failures: stopped }
  }
  const result = existsSync(countsFile)
    ? JSON.parse(readFileSync(countsFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 }
  const none = result.passed + result.failed === 0
  if (none && stopped.length === 0) say(`The ${name} suite ran no test.`)
  return {
    ...result,
    // A suite that failed as a whole has one failure at least.
    failed: Math.max(result.failed, failed || none ? 1 : 0),
    failures: [...(result.failures ?? []), ...stopped],
  }
}

await runScript(async () => {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !(name in suites))
  if (unknown.length > 0) {
    throw new SetupError(
      `There is no suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`,
    )
  }
  const names = Object.keys(suites).filter((name) => wanted.length === 0 || wanted.includes(name))
  const server = names.some((name) => name === 'host' || name === 'ui')
  await setup({ browser: server, server, broker: names.includes('wire') })
  const total = { passed: 0, failed: 0, skipped: 0 }
  const lines = []
  const failures = []
  try {
    await build()
    for (const name of names) {
      say(`\n— ${name}`)
      const startedAt = performance.now()
      const result = await runSuite(name)
      for (const key of Object.keys(total)) total[key] += result[key]
      // Told at the end: what keeps the last lines only must have them.
      failures.push(...result.failures.map((failure) => `✘ ${name}: ${failure}`))
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      lines.push(`${name.padEnd(6)} ${format(result)} in ${seconds} s`)
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    // A build that fails fails them all; the last line still says so.
    say(error.message)
    total.failed += 1
  }
  say(`\n${[...failures, ...lines].join('\n')}\n\n${format(total)}`)
  return total.failed === 0 ? 0 : 1
})

function format({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
