// The policies that records are made and judged under, as a folder that a command reads.

import { accept, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { parsePolicies, type Registry } from '../../policy/index.ts'

/** Where a project keeps its policies. */
export const DEFAULT_POLICIES = 'policies/release-assurance'

/** The policies in the folder; without a name, those of {@link DEFAULT_POLICIES}, or none where that is not there. */
export async function readRegistry(
  host: Host,
  folder: string | undefined,
): Promise<Result<Registry | undefined>> {
  const place = folder ?? DEFAULT_POLICIES
  const files = await host.readPolicies(place)
  if (!files.ok) {
    const isAbsent = folder === undefined && files.problems[0].code === 'host/file-missing'
    return isAbsent ? accept(undefined) : files
  }
  const registry = parsePolicies(files.value)
  if (registry.ok) return registry
  const [first, ...more] = registry.problems.map((problem) => ({
    ...problem,
    at: problem.at === undefined ? quote(place) : `${place}/${problem.at}`,
  }))
  return first === undefined ? registry : { ok: false, problems: [first, ...more] }
}
