// How a session's thread is started, by the extension and by the command line.

/**
 * In a flood V8 would let the space for new objects grow by some 50 MB more, and be no faster.
 */
export const sessionThreadOptions = { resourceLimits: { maxYoungGenerationSizeMb: 32 } } as const
