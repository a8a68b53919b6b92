// The manifests beside Python's lockfiles: what pyproject.toml (PyPA specification; Poetry's own tables) or a Pipfile
// asks for itself.

import * as z from 'zod/mini'
import { accept, type Result } from '../../../core/index.ts'
import type { LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { readShape } from '../document.ts'
import type { Edge } from '../scopes.ts'
import { readTomlSibling } from '../toml-tree.ts'
import { normalizeName, parseRequirement } from './python-name.ts'

/** The project's own requests: normalized names, each with how firmly it is asked for. */
export type ProjectRequests = readonly (readonly [name: string, kind: Edge['kind']])[]

const REQUIREMENTS = z.optional(z.array(z.string()))
const TABLE = z.optional(z.record(z.string(), z.unknown()))
const GROUPS = z.optional(z.record(z.string(), z.array(z.unknown())))

const PYPROJECT = z.object({
  project: z.optional(
    z.object({
      dependencies: REQUIREMENTS,
      'optional-dependencies': z.optional(z.record(z.string(), z.array(z.string()))),
    }),
  ),
  'dependency-groups': GROUPS,
  tool: z.optional(
    z.object({
      poetry: z.optional(
        z.object({
          dependencies: TABLE,
          'dev-dependencies': TABLE,
          group: z.optional(z.record(z.string(), z.object({ dependencies: TABLE }))),
        }),
      ),
    }),
  ),
})

/** Reads the pyproject.toml beside the lockfile; nothing where there is none. */
export function readPyproject(
  input: LockfileInput,
): Result<ProjectRequests | undefined, SnapshotProblem> {
  const document = readTomlSibling(input, 'pyproject.toml')
  if (!document.ok) return document
  if (document.value === undefined) return accept(undefined)
  const shaped = readShape(document.value, PYPROJECT)
  if (!shaped.ok) return shaped
  const { project, tool, 'dependency-groups': groups = {} } = shaped.value
  const poetry = tool?.poetry
  const extras = Object.values(project?.['optional-dependencies'] ?? {}).flat()
  return accept([
    ...named(project?.dependencies ?? [], 'prod'),
    ...named(extras, 'optional'),
    ...named(Object.values(groups).flat(), 'dev'),
    ...keyed(poetry?.dependencies),
    ...keyed(poetry?.['dev-dependencies'], 'dev'),
    ...Object.entries(poetry?.group ?? {}).flatMap(([group, { dependencies }]) =>
      // "main" is the name that Poetry gives to what ships.
      keyed(dependencies, group === 'main' ? undefined : 'dev'),
    ),
  ])
}

const PIPFILE = z.record(z.string(), z.unknown())

/** Tables of a Pipfile that ask for no packages. */
const PIPFILE_SETTINGS: ReadonlySet<string> = new Set(['pipenv', 'requires', 'scripts', 'source'])

/** Reads the Pipfile beside Pipfile.lock: the requests of each category, or nothing where there is no Pipfile. */
export function readPipfile(
  input: LockfileInput,
): Result<ReadonlyMap<string, ReadonlySet<string>> | undefined, SnapshotProblem> {
  const document = readTomlSibling(input, 'Pipfile')
  if (!document.ok) return document
  if (document.value === undefined) return accept(undefined)
  const shaped = readShape(document.value, PIPFILE)
  if (!shaped.ok) return shaped
  const categories = Object.entries(shaped.value).flatMap(([category, table]) => {
    if (PIPFILE_SETTINGS.has(category) || typeof table !== 'object' || table === null) return []
    return [[category, new Set(Object.keys(table).map(normalizeName))] as const]
  })
  return accept(new Map(categories))
}

/** Names of requirement lines; an include of another group is no request of its own. */
function named(requirements: readonly unknown[], kind: Edge['kind']): ProjectRequests {
  return requirements.flatMap((text) => {
    const requirement = typeof text === 'string' ? parseRequirement(text) : undefined
    return requirement === undefined ? [] : [[normalizeName(requirement.name), kind] as const]
  })
}

/** Names of a table of Poetry's, whose key "python" is the interpreter. */
function keyed(table: z.output<typeof TABLE>, kind?: Edge['kind']): ProjectRequests {
  return Object.entries(table ?? {}).flatMap(([name, request]) => {
    if (name === 'python') return []
    const isOptional =
      typeof request === 'object' && request !== null && 'optional' in request && request.optional
    return [[normalizeName(name), kind ?? (isOptional === true ? 'optional' : 'prod')] as const]
  })
}
