// What runs between the command line framework and a command: the host goes in, the answer comes out.

import type { CommandContext } from '@stricli/core'
import type { Host } from '../host/index.ts'
import type { Answer } from './answer.ts'

/** One run of the program. The command that was chosen leaves its answer, or what it threw, here. */
export interface RunContext extends CommandContext {
  readonly host: Host
  answer?: Answer
  failure?: { readonly thrown: unknown }
}

/**
 * Makes a function of the framework from a command's own: `(host, flags, ...arguments) => Answer`.
 *
 * What it throws is kept, so that the framework prints nothing of its own.
 */
export function answering<FLAGS, ARGS extends readonly unknown[]>(
  run: (host: Host, flags: FLAGS, ...args: ARGS) => Promise<Answer>,
): (this: RunContext, flags: FLAGS, ...args: ARGS) => Promise<void> {
  return async function (flags, ...args) {
    try {
      this.answer = await run(this.host, flags, ...args)
    } catch (thrown) {
      this.failure = { thrown }
    }
  }
}
