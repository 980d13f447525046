// Runs the host tests in a real VS Code: the desktop one where it is given, else the VS Code server.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron'
import * as esbuild from 'esbuild'
import type { Page } from 'playwright-core'
import { launchChromium } from '../support/editor/chromium.ts'
import { findDesktopExecutable } from '../support/editor/desktopCode.ts'
import { startVscodeServer } from '../support/editor/vscodeServer.ts'
import { projectFolder } from '../support/places.ts'

const bundleFolder = join(projectFolder, 'out', 'host')
const testsPath = join(bundleFolder, 'suite.js')
const limitMs = 8 * 60_000

/** One bundle for each test file, as the extension host loads it. */
async function bundle(): Promise<void> {
  const folder = join(projectFolder, 'test', 'host')
  const names = await readdir(folder, { recursive: true })
  const tests = names.filter((name) => name.endsWith('.test.ts'))
  await rm(bundleFolder, { recursive: true, force: true })
  await mkdir(bundleFolder, { recursive: true })
  await writeFile(join(bundleFolder, 'package.json'), '{ "type": "commonjs" }\n')
  await esbuild.build({
    entryPoints: Object.fromEntries(
      [...tests, 'suite.ts'].map((name) => [
        // Flat, since the suite looks beside itself only.
        name.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '-'),
        join(folder, name),
      ]),
    ),
    outdir: bundleFolder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'bufferutil', 'utf-8-validate'],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  })
}

async function runInDesktop(executable: string, workspace: string): Promise<number> {
  process.stdout.write(`Host tests in ${executable}\n`)
  return runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: testsPath,
    launchArgs: [workspace],
    extensionTestsEnv: { LIFELINE_COUNTS: process.env.LIFELINE_COUNTS },
  })
}

async function runInServer(workspace: string): Promise<number> {
  process.stdout.write('Host tests in the VS Code server\n')
  const report = join(bundleFolder, 'report.txt')
  const server = await startVscodeServer({ env: { LIFELINE_REPORT: report } })
  const browser = await launchChromium()
  const said: string[] = []
  try {
    const page = await browser.newPage()
    let finish: (code: number) => void = () => {}
    let fail: (error: Error) => void = () => {}
    const ended = new Promise<number>((resolve, reject) => {
      finish = resolve
      fail = reject
    })
    const timer = setTimeout(() => fail(new Error('The host tests took too long.')), limitMs)
    page.once('crash', () => fail(new Error('The window crashed.')))
    // VS Code's own name for what the extension host prints, and for its last word.
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      said.push(args.map(String).join(' '))
    })
    await page.exposeFunction('codeAutomationExit', (code: number) => finish(code))
    const window = { folder: workspace, development: projectFolder, tests: testsPath }
    await page.goto(server.windowAddress(window))
    const code = await ended.catch((error: Error) => {
      process.stderr.write(`${error.message}\n`)
      return 1
    })
    clearTimeout(timer)
    if (code !== 0) await keepEvidence(page, [...said, server.output()])
    return code
  } finally {
    process.stdout.write(await readFile(report, 'utf8').catch(() => 'No test has run.\n'))
    await browser.close()
    await server.close()
  }
}

async function keepEvidence(page: Page, lines: readonly string[]): Promise<void> {
  const folder = join(projectFolder, 'test', 'artefacts')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, 'host-failure.png') })
  await writeFile(join(folder, 'host-failure.log'), lines.join('\n'))
  process.stderr.write(`A picture and the log of the window are in ${folder}.\n`)
}

await bundle()
const workspace = await mkdtemp(join(tmpdir(), 'lifeline-host-'))
try {
  const desktop = await findDesktopExecutable(downloadAndUnzipVSCode)
  process.exitCode = desktop ? await runInDesktop(desktop, workspace) : await runInServer(workspace)
} finally {
  await rm(workspace, { recursive: true, force: true })
}
