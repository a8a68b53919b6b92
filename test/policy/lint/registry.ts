// Requirements beside the shipped policies: lint looks at what is there for their evidence as well.

import type { Registry } from '../../../src/policy/index.ts'
import { registryOf as registryAlone } from '../requirement/documents.ts'
import { shippedRegistry } from '../shipped.ts'

const SHIPPED = shippedRegistry()

/** One policy of these requirements, which knows of the shipped policies of other kinds. */
export function registryOf(...requirements: readonly object[]): Registry {
  const alone = registryAlone(...requirements)
  return { ...alone, of: (kind) => (kind === 'requirements' ? alone : SHIPPED).of(kind) }
}
