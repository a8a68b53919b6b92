// The folder that the commands about policies look at.

import { accept, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import { parseText } from '../flags.ts'
import { DEFAULT_POLICIES, readRegistry } from '../record/registry-input.ts'
import { usage } from '../usage.ts'

/** `[DIR]`, for the framework. */
export const FOLDER_ARGUMENT = {
  kind: 'tuple',
  parameters: [
    {
      brief: `Folder of policies; without it, ${DEFAULT_POLICIES}`,
      placeholder: 'dir',
      parse: parseText,
      optional: true,
    },
  ],
} as const

/** The policies in it. */
export async function readFolder(
  host: Host,
  folder: string = DEFAULT_POLICIES,
): Promise<Result<Registry>> {
  const registry = await readRegistry(host, folder)
  if (!registry.ok) return registry
  return registry.value === undefined
    ? usage(`Expected policies in ${folder}`)
    : accept(registry.value)
}
