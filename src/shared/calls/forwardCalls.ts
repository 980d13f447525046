// Calls that pass through: checked by their table on the way in, and handed to whoever answers them.

/** For each call of `Api` a check for each argument, which throws or answers with the argument. */
export type CallTable<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (...args: infer Args) => unknown
    ? { readonly [I in keyof Args]: (value: unknown) => Args[I] }
    : never
}

/** The methods that answer, under the same names; they may be synchronous. */
type Answering<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Answer | Promise<Answer>
    : never
}

type Method = (...args: readonly unknown[]) => unknown

/** Hands each call of the table to the methods that `target` gives at that time. Rejects when either throws. */
export function forwardCalls<Api>(
  table: CallTable<Api>,
  target: () => Answering<Api> | Promise<Answering<Api>>,
): Api {
  return mapCalls(
    table,
    (name) =>
      async (...args) =>
        methodOf(await target(), name)(...args),
  )
}

/** The same calls with every argument checked first; those beyond the table's are left out. */
export function checkCalls<Api>(table: CallTable<Api>, api: Api): Api {
  return mapCalls(
    table,
    (name, checks) =>
      async (...args) =>
        methodOf(api, name)(...checks.map((check, index) => check(args[index]))),
  )
}

/** One method for each row. */
function mapCalls<Api>(
  table: CallTable<Api>,
  method: (name: string, checks: readonly ((value: unknown) => unknown)[]) => Method,
): Api {
  const rows = Object.entries(table) as [string, readonly ((value: unknown) => unknown)[]][]
  return Object.fromEntries(rows.map(([name, checks]) => [name, method(name, checks)])) as Api
}

/** The type of the table guarantees that it exists. */
function methodOf(api: unknown, name: string): Method {
  return (api as Record<string, Method>)[name] as Method
}
