// A folder of policies: every YAML and JSON file in it and below it. A link could lead to policies of someone else: none is followed.

import { type Dirent, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { accept, compareCodePoints, LIMITS, quote, type Result, refuse } from '../core/index.ts'
import type { PolicyFile } from '../policy/index.ts'
import { readBytes } from './files.ts'
import type { HostProblem } from './problem.ts'
import { refusedByWorld } from './world-fault.ts'

const POLICY_NAME = /\.(?:ya?ml|json)$/
/** Cases lie beside a policy in a file, or in a folder. */
const CASES_NAME = /\.test(?:\.(?:ya?ml|json)$|\/)/
/** The signature of a policy lies beside it. */
const BUNDLE_NAME = /\.sigstore\.json$/

/** What of a folder of policies is read. */
export type PolicyPart = 'policies' | 'cases'

function isPart(path: string, part: PolicyPart): boolean {
  if (!POLICY_NAME.test(path) || BUNDLE_NAME.test(path)) return false
  return CASES_NAME.test(path) === (part === 'cases')
}

/** Folders inside of folders. */
const DEPTH_MAX = 8

/**
 * Reads the policies of a folder, or their cases, sorted by their paths from it.
 *
 * @param workingFolder absolute; what a relative folder counts from
 */
export async function readPolicies(
  workingFolder: string,
  folder: string,
  part: PolicyPart = 'policies',
): Promise<Result<readonly PolicyFile[], HostProblem>> {
  const paths = listPolicies(resolve(workingFolder, folder), folder, part)
  if (!paths.ok) return paths
  const files: PolicyFile[] = []
  let bytesLeft: number = LIMITS.policiesBytesMax
  for (const name of paths.value) {
    const bytesMax = Math.min(LIMITS.policyBytesMax, bytesLeft)
    const bytes = await readBytes(workingFolder, join(folder, name), { bytesMax })
    if (!bytes.ok) return bytes
    bytesLeft -= bytes.value.length
    files.push({ name, bytes: bytes.value })
  }
  return accept(files)
}

function listPolicies(
  root: string,
  shown: string,
  part: PolicyPart,
): Result<readonly string[], HostProblem> {
  const paths: string[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = readFolder(join(root, folder), join(shown, folder))
    if (!entries.ok) return entries
    for (const entry of entries.value) {
      const path = folder + entry.name
      if (entry.isSymbolicLink()) return refuse(linkProblem(join(shown, path)))
      if (entry.isDirectory()) open.push(`${path}/`)
      else if (isPart(path, part)) paths.push(path)
    }
    const isDeep = open.some((path) => path.split('/').length > DEPTH_MAX + 1)
    if (isDeep || open.length + paths.length > LIMITS.policyFilesMax) {
      const expected = `at most ${LIMITS.policyFilesMax} policies, ${DEPTH_MAX} folders deep`
      const message = `Cannot read ${quote(shown)}: expected ${expected}`
      return refuse({ code: 'host/policies-too-many', message })
    }
  }
  return accept(paths.toSorted(compareCodePoints))
}

function readFolder(location: string, shown: string): Result<readonly Dirent[], HostProblem> {
  try {
    return accept(readdirSync(location, { withFileTypes: true }))
  } catch (cause) {
    return refusedByWorld(`read ${quote(shown)}`, cause)
  }
}

function linkProblem(path: string): HostProblem {
  return {
    code: 'host/policies-link',
    message: `Cannot read ${quote(path)}: expected a file or folder, found a link`,
    hint: 'Put the file itself there',
  }
}
