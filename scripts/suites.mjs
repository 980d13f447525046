// The test suites by name, in the order in which they run.

/** No test needs a port, a window or a folder that another could have, so two processes share the files. */
const mocha = (pattern, ...flags) => [
  'mocha',
  [
    ...['--reporter', 'test/support/countingReporter.ts'],
    ...['--parallel', '--jobs', '2'],
    ...flags,
    pattern,
  ],
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
  unit: { counts: true, steps: [mocha('test/unit/**/*.test.ts')] },
  wire: { counts: true, steps: [mocha('test/wire/**/*.test.ts')] },
  host: { counts: true, steps: [['node', ['test/host/run.ts']]] },
  ui: {
    counts: true,
    steps: [
      mocha(
        'test/ui/**/*.test.ts',
        '--timeout',
        // Of a window that opens on a loaded machine.
        '240000',
        '--require',
        'test/support/editor/uiHooks.ts',
      ),
    ],
  },
}
