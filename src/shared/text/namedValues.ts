// Names with their values, in order: header fields, query parameters.

/** Letter case as it was written or came; a name may come again. */
export type NamedValues = readonly (readonly [name: string, value: string])[]
