// Draws once a picture, however often something has changed.

/** Answers a function that has `draw` called before the next picture. */
export function withNextPicture(draw: () => void): () => void {
  let requested = false
  return () => {
    if (requested) return
    requested = true
    requestAnimationFrame(() => {
      requested = false
      draw()
    })
  }
}
