// One external parameter of a build, by its name or by a JSON Pointer (RFC 6901).

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { ProvenanceFacts } from './provenance-facts.ts'

/** Compares the parameter's text: a text as it is, any other value as JSON. */
export function checkParameter(
  { parameters, isComplete }: ProvenanceFacts,
  { name, value }: { readonly name: string; readonly value: string },
): Check {
  const found = showValue(valueAt(parameters, name))
  const facts = { expected: quote(value), found: found === '' ? 'none' : quote(found) }
  // PROV-4: unset, null and empty are the same; PROV-16: but unset is nothing where the list is not complete.
  if (found === value && (found !== '' || isComplete)) {
    return passed('parameter', `The parameter ${quote(name)} has the expected value`, facts)
  }
  if (found === '') {
    const message = `The build had no parameter ${quote(name)}`
    return failed('parameter', 'missing', 'verify/parameter-missing', message, facts)
  }
  const message = `The parameter ${quote(name)} has another value`
  return failed('parameter', 'rejected', 'verify/parameter', message, facts)
}

function valueAt(parameters: ProvenanceFacts['parameters'], name: string): unknown {
  const path = name.startsWith('/') ? name.slice(1).split('/').map(unescape) : [name]
  // own members only, so that "constructor" is no parameter.
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined,
    parameters,
  )
}

/** RFC 6901 section 4. */
function unescape(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

function showValue(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
