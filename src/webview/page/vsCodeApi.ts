// The part of VS Code that a page speaks to, which it gets once.

export interface VsCodeApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

/** To be called once: VS Code refuses the second call. */
export function takeVsCodeApi(): VsCodeApi {
  return acquireVsCodeApi()
}
