// The policies that the project ships, for tests that judge records under them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePolicies, type PolicyFile, type Registry } from '../../src/policy/index.ts'
import { ROOT } from '../../.ci/checkout.ts'

const FOLDER = 'policies/release-assurance'

/** Every policy file of the folder. */
function shippedFiles(): readonly PolicyFile[] {
  return readdirSync(join(ROOT, FOLDER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.yaml$/.test(entry.name))
    .map(({ parentPath, name }) => ({
      name: join(parentPath, name).slice(ROOT.length + 1),
      bytes: readFileSync(join(parentPath, name)),
    }))
}

/** The shipped registry; with `edit`, of files that were changed. */
export function shippedRegistry(
  edit: (text: string, name: string) => string = (text) => text,
): Registry {
  const files = shippedFiles().map(({ name, bytes }) => ({
    name,
    bytes: Buffer.from(edit(Buffer.from(bytes).toString(), name)),
  }))
  const registry = parsePolicies(files)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return registry.value
}
