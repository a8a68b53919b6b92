// CEL (cel.dev): the only door to the library that evaluates it. Its errors are values; here each of them is a fault.

import { celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { type Instant, isJsonObject, type JsonObject, type JsonValue } from '../../core/index.ts'
import type { ExpressionAnswer, ExpressionFault, ExpressionQuestion } from '../../policy/index.ts'
import { findExcess } from './bounds.ts'

type Program = ReturnType<typeof plan>

/** An expression that is ready to be asked, or why it never is. */
type Planned = { readonly run: Program } | { readonly refusal: ExpressionAnswer }

/** Answers questions one after the other; each expression is read once. */
export function createCel(): (question: ExpressionQuestion) => ExpressionAnswer {
  const env = celEnv()
  const planned = new Map<string, Planned>()
  return ({ expression, document, now }) => {
    const known = planned.get(expression) ?? planExpression(expression, env)
    planned.set(expression, known)
    return 'refusal' in known ? known.refusal : ask(known.run, { document, now })
  }
}

function planExpression(expression: string, env: ReturnType<typeof celEnv>): Planned {
  try {
    const { expr } = parse(expression)
    const excess = findExcess(expr)
    return excess === undefined ? { run: plan(env, expr) } : { refusal: fault('bounds', excess) }
  } catch (cause) {
    // A text that is nested without end is read until there is no more stack.
    return messageOf(cause).includes('call stack')
      ? { refusal: fault('bounds', 'It is nested too deep to be read') }
      : { refusal: fault('syntax', messageOf(cause)) }
  }
}

function ask(run: Program, { document, now }: Omit<ExpressionQuestion, 'expression'>) {
  try {
    const result = run(variablesOf(document, now))
    if (typeof result === 'boolean') return { holds: result }
    if (isCelError(result)) return fault('evaluation', result.message)
    return fault('not-boolean', 'It comes to something else than true or false')
  } catch (cause) {
    return fault('evaluation', messageOf(cause))
  }
}

function fault(kind: ExpressionFault, message: string): ExpressionAnswer {
  return { fault: kind, message }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

type Input = NonNullable<Parameters<Program>[0]>[string]

/** Without a prototype: names that every object inherits are no variables. */
function variablesOf(document: JsonObject, now: Instant): Readonly<Record<string, Input>> {
  const variables = Object.entries(document).map(([name, value]) => [name, inputOf(value)] as const)
  const values = Object.fromEntries([...variables, ['now', timestampFromMs(now)]])
  return Object.assign(Object.create(null) as Record<string, Input>, values)
}

/** Whole numbers are `int`, others `double`; objects are maps from their names. */
function inputOf(value: JsonValue): Input {
  if (Number.isSafeInteger(value)) return BigInt(value as number)
  if (isJsonObject(value)) {
    return new Map(Object.entries(value).map(([name, member]) => [name, inputOf(member)]))
  }
  return Array.isArray(value) ? value.map(inputOf) : value
}
