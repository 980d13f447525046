// Blocks of a Markdown text and the runs of their words, each with its place in the source.

/** How a run is set, as bits. */
export const looks = { strong: 1, emphasis: 2, struck: 4, code: 8 } as const

/** Words of one look that stand together in the source. */
export interface Run {
  readonly text: string
  /** Where it begins in the source, in UTF-16 units. */
  readonly at: number
  /** Bits of `looks`. */
  readonly look: number
  /** Where a link leads. */
  readonly address?: string
}

export type Runs = readonly Run[]

export type CellAlign = 'left' | 'center' | 'right' | null

export interface ListItem {
  /** Of a task: whether it is done; null for other items. */
  readonly done: boolean | null
  readonly blocks: readonly Block[]
}

export type Block = BlockPlace &
  (
    | { readonly kind: 'paragraph'; readonly runs: Runs }
    | { readonly kind: 'heading'; readonly level: number; readonly runs: Runs }
    | { readonly kind: 'code'; readonly language: string; readonly runs: Runs }
    | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
    /** `first`: the number of the first item; null without numbers. */
    | { readonly kind: 'list'; readonly first: number | null; readonly items: readonly ListItem[] }
    | {
        readonly kind: 'table'
        readonly aligns: readonly CellAlign[]
        /** The first row is the head. One may have fewer cells than `aligns`: to fill them up would square the text. */
        readonly rows: readonly (readonly Runs[])[]
      }
    | { readonly kind: 'rule' }
  )

export interface BlockPlace {
  /** The part of the source that it is made of, line breaks behind it left out. */
  readonly from: number
  readonly to: number
}
