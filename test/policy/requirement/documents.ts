// Policies of requirements for tests: one document around them, read as a folder of it alone.

import type { Problem, Result } from '../../../src/core/index.ts'
import { parsePolicies, type Registry } from '../../../src/policy/index.ts'

export const POLICY = 'policy.mine'

/** A policy with these requirements, which may be written wrongly. */
export function documentOf(...requirements: readonly object[]): object {
  return {
    schema: 'assay/policy/v1',
    kind: 'requirements',
    id: POLICY,
    version: 1,
    title: 'Mine',
    scope: { stages: ['production'] },
    requirements,
  }
}

/** A folder of that policy alone. */
function readRequirements(...requirements: readonly object[]): Result<Registry> {
  const document = documentOf(...requirements)
  return parsePolicies([
    { name: 'mine.json', bytes: Buffer.from(JSON.stringify(document, null, 2)) },
  ])
}

/** What the folder is refused for, in short. */
export function refusalsOf(...requirements: readonly object[]): readonly string[] | 'accepted' {
  const registry = readRequirements(...requirements)
  return registry.ok ? 'accepted' : registry.problems.map(describe)
}

function describe({ code, message, at }: Problem): string {
  return `${code} ${message}, ${at ?? ''}`
}

/** The registry of these requirements, which have to be right. */
export function registryOf(...requirements: readonly object[]): Registry {
  const registry = readRequirements(...requirements)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems, null, 2))
  return registry.value
}

/** A requirement with an id and a title, and the rest as it is given. */
export function draft(members: object, id = 'one'): object {
  return { id, title: 'One', ...members }
}
