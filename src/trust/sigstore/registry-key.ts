// The keys with which a package registry signs what was published to it (npm: publish attestations).

import type { PublicKey } from '../key/public-key.ts'
import type { ValidityPeriod } from './root/validity-period.ts'

/**
 * A key of a package registry.
 *
 * @example { name: 'npm-DhQ8wR5APB', keyId: 'SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U', publicKey, validFor: { start: 1736726400000 } }
 */
export interface RegistryKey {
  readonly name: string
  /** As the registry calls it in the hints of its bundles: a name, computed from nothing that we know. */
  readonly keyId: string
  readonly publicKey: PublicKey
  readonly validFor: ValidityPeriod
}
