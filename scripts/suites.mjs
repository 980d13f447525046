// The test suites by name, in the order in which they run.

const mocha = (pattern, ...flags) => [
  'mocha',
  ['--reporter', 'test/support/countingReporter.ts', ...flags, pattern],
]

/**
 * `steps` are programs with their arguments. `counts` says that the suite writes its own counts; one
 * without is one test, which passes when every step exits with 0.
 */
export const suites = {
  types: {
    counts: false,
    steps: [
      ['tsc', ['-p', 'tsconfig.json']],
      ['tsc', ['-p', 'tsconfig.webview.json']],
    ],
  },
  lint: { counts: false, steps: [['biome', ['ci', '.']]] },
  // No test here needs a port, a window or a clock of its own, so two processes share the files.
  unit: { counts: true, steps: [mocha('test/unit/**/*.test.ts', '--parallel', '--jobs', '2')] },
  wire: { counts: true, steps: [mocha('test/wire/**/*.test.ts')] },
  host: { counts: true, steps: [['node', ['test/host/run.ts']]] },
  ui: {
    counts: true,
    steps: [
      mocha(
        'test/ui/**/*.test.ts',
        '--timeout',
        // Of a window that opens on a loaded machine.
        '120000',
        '--require',
        'test/support/editor/uiHooks.ts',
      ),
    ],
  },
}
