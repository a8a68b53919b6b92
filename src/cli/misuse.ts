// What the framework has against a command line, in the words of the house: what is expected, and what was found.

import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError as describe,
} from '@stricli/core'
import { countOf, quote } from '../core/index.ts'

/** One sentence for whatever was thrown while the options were read. */
export function describeMisuse(thrown: unknown): string {
  if (!(thrown instanceof ArgumentScannerError)) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
  return describe(thrown, {
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) => {
      const message = exception instanceof Error ? exception.message : String(exception)
      const isFoundSaid = message.includes(', found ')
      return `${message}${isFoundSaid ? '' : `, found ${quote(input)}`} (${name})`
    },
    FlagNotFoundError: ({ input, corrections }) => {
      const others = corrections.map((name) => `--${name}`).join(' or ')
      const more = corrections.length === 0 ? '' : `; did you mean ${others}?`
      return `Expected an option of this command, found ${quote(`--${input}`)}${more}`
    },
    UnsatisfiedFlagError: ({ externalFlagName, nextFlagName }) =>
      `Expected a value for --${externalFlagName}, found ${nextFlagName === undefined ? 'none' : `--${nextFlagName}`}`,
    UnsatisfiedPositionalError: ({ placeholder }) =>
      `Expected ${placeholder.toUpperCase()}, found none`,
    UnexpectedPositionalError: ({ expectedCount, input }) =>
      `Expected at most ${countOf(expectedCount, 'word')} beside the options, found ${quote(input)}`,
    EnumValidationError: ({ externalFlagName, input, values }) =>
      `Expected ${values.join(' or ')}, found ${quote(input)} (${externalFlagName})`,
    UnexpectedFlagError: ({ externalFlagName, previousInput, input }) =>
      `Expected --${externalFlagName} once, found ${quote(previousInput)} and ${quote(input)}`,
  })
}
