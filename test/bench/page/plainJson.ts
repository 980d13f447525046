// Messages between a page and its host as text: typed arrays keep their kind, as they do in VS Code.

const kinds = { Uint8Array, Uint32Array, Float64Array } as const

interface Packed {
  readonly packed: keyof typeof kinds
  readonly values: readonly number[]
}

export function toJson(message: unknown): string {
  return JSON.stringify(message, (_, value: unknown) => {
    const kind = value?.constructor?.name as keyof typeof kinds
    return kind in kinds ? { packed: kind, values: Array.from(value as Uint8Array) } : value
  })
}

export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, value: Packed | null) =>
    value?.packed ? kinds[value.packed].from(value.values) : value,
  )
}
