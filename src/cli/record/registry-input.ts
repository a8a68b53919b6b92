// The policies that records are made and judged under, as a folder that a command reads.

import { accept, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { parsePolicies, parsePolicy, type PolicyFile, type Registry } from '../../policy/index.ts'

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
    ...(problem.code === 'policy/other-document' && { hint: hintAt(place, files.value) }),
  }))
  return first === undefined ? registry : { ok: false, problems: [first, ...more] }
}

/** Nothing in a folder of policies is passed over: it could be meant as one. So another folder has to be named. */
function hintAt(place: string, files: readonly PolicyFile[]): string {
  const inner = Map.groupBy(files, ({ name }) => name.slice(0, Math.max(0, name.indexOf('/'))))
  const whole = [...inner].filter(
    ([folder, own]) => folder !== '' && own.every((file) => parsePolicy(file).ok),
  )
  const alone = 'A folder of policies holds nothing else that is YAML or JSON'
  if (whole.length === 0) return alone
  return `${alone}; of policies alone are ${whole.map(([folder]) => quote(`${place}/${folder}`)).join(', ')}`
}
