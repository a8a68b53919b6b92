// A bundler plugin: functions that the program calls seldom lie in a file of their own, `seldom.cjs`, which is loaded at the
// first call of any of them. Of a run that calls none, neither they nor the libraries behind them take time.

import { join } from 'node:path'
import type { Plugin } from 'rolldown'
import { ROOT } from '../checkout.ts'

/** By the file that declares them. Each is a plain function, and no two have one name. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  'src/core/json/schema.ts': ['parseBySchema'],
  'src/snapshot/purl.ts': ['buildPurl', 'parsePurl'],
  'src/statement/predicates/cyclonedx.ts': ['parseCycloneDx'],
  'src/statement/predicates/provenance-v0.2.ts': ['parseProvenanceV02'],
  'src/statement/predicates/provenance.ts': ['parseProvenanceBySchema'],
  'src/statement/predicates/release.ts': ['parseRelease', 'parseReleaseV01'],
  'src/statement/predicates/test-result.ts': ['parseTestResult'],
  'src/statement/predicates/verification-result.ts': ['parseVerificationResult'],
  'src/statement/predicates/verification-summary.ts': ['parseVerificationSummary'],
  'src/trust/key/openssh-public-key.ts': [
    'parseOpenSshBlob',
    'parseOpenSshPublicKey',
    'splitOpenSshLine',
  ],
  'src/trust/key/pem-public-key.ts': ['encodePublicKey', 'parsePemPublicKey', 'readKeyObject'],
  'src/trust/sigstore/root/parse-trusted-root.ts': ['parseTrustedRootJson'],
  'src/trust/sigstore/trust-entry.ts': [
    'describeNamedRoot',
    'describeRegistryKey',
    'describeTrustedIdentity',
    'parseIdentity',
    'parseNamedRoot',
    'parseRegistryKey',
  ],
  'src/verify/signer/certificate-signer.ts': ['findCertificateSigner'],
}

/** The input of the bundler that holds these functions; its name decides that of the file. */
export const SELDOM_USED = '\0seldom-used'
const FILE = './seldom.cjs'
const STAND_IN = '\0stand-in:'

/** Leads every import of these functions to a stand-in. */
export function loadSeldomUsedLazily(): Plugin {
  const functions = new Map(
    Object.entries(FUNCTIONS).map(([path, names]) => [join(ROOT, path), names]),
  )
  return {
    name: 'load-seldom-used-lazily',
    async resolveId(source, importer, options) {
      if (source === SELDOM_USED) return SELDOM_USED
      if (source === FILE) return { id: FILE, external: true }
      if (importer === undefined || importer === SELDOM_USED || importer.startsWith(STAND_IN))
        return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      return resolved !== null && functions.has(resolved.id)
        ? `${STAND_IN}${resolved.id}`
        : resolved
    },
    load(id) {
      if (id === SELDOM_USED) {
        return [...functions].map(([file, names]) => exportFrom(file, names.join(', '))).join('')
      }
      const file = id.startsWith(STAND_IN) ? id.slice(STAND_IN.length) : undefined
      const names = file === undefined ? undefined : functions.get(file)
      if (file === undefined || names === undefined) return null
      return `export * from ${JSON.stringify(file)}\n${names.map(exportStandIn).join('')}`
    },
  }
}

function exportFrom(file: string, names: string): string {
  return `export { ${names} } from ${JSON.stringify(file)}\n`
}

function exportStandIn(name: string): string {
  return `export const ${name} = (...args) => require(${JSON.stringify(FILE)}).${name}(...args)\n`
}
