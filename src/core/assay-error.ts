// What the world did to us: a full disk, a folder that may not be read, a peer that hung up. Thrown from `host` only.

/** An effect failed, and no document is to blame; trying again may help (exit code 3). */
export class AssayError extends Error {
  override readonly name = 'AssayError'
  /** `host/reason`, stable over versions. */
  readonly code: string
  /** What the person can do next. */
  readonly hint: string | undefined

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.hint = options.hint
  }
}
