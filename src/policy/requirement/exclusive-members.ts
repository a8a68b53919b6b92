// Rules about which members of an object may stand together; JSON Schema and types can say them, the schema library can not.

import type * as z from 'zod/mini'
import { quote } from '../../core/index.ts'

type Members = Readonly<Record<string, unknown>>
type MemberCheck = z.core.CheckFn<Members>

/** Exactly one of the members is there; with `when`, only where that member is there. */
export function exactlyOne(names: readonly string[], when?: string): MemberCheck {
  return ({ value, issues }) => {
    const found = names.filter((name) => value[name] !== undefined)
    if (found.length === 1 || (when !== undefined && value[when] === undefined)) return
    const shown = found.length === 0 ? 'none' : found.map(quote).join(' and ')
    const message = `Expected exactly one of ${names.map(quote).join(', ')}, found ${shown}`
    issues.push({ code: 'custom', message, input: value, path: found.slice(1, 2) })
  }
}

/** None of the members is there without the other one. */
export function onlyBeside(names: readonly string[], other: string): MemberCheck {
  return ({ value, issues }) => {
    if (value[other] !== undefined) return
    for (const name of names.filter((name) => value[name] !== undefined)) {
      const message = `Expected ${quote(name)} only beside ${quote(other)}`
      issues.push({ code: 'custom', message, input: value, path: [name] })
    }
  }
}
