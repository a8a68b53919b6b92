// A bundler plugin: functions that the program calls seldom lie in files of their own, such as `certified.cjs`, each of which is loaded
// at the first call of any of its functions. Of a run that calls none, neither they nor the libraries behind them take time.

import { join } from 'node:path'
import type { Plugin } from 'rolldown'
import { ROOT } from '../checkout.ts'

type Functions = Readonly<Record<string, readonly string[]>>

/** What needs a certificate, a log or a trusted root. By the file that declares them; no two have one name. */
const CERTIFIED: Functions = {
  'src/bundle/log-entry.ts': ['readLogEntry'],
  'src/trust/key/pem-public-key.ts': ['encodePublicKey', 'parsePemPublicKey', 'readKeyObject'],
  'src/trust/sigstore/trust-entry.ts': [
    'describeNamedRoot',
    'describeRegistryKey',
    'describeTrustedIdentity',
    'parseIdentity',
    'parseNamedRoot',
    'parseRegistryKey',
  ],
  'src/verify/artifact-signature.ts': ['verifyArtifactSignature'],
  'src/verify/signer/certificate-signer.ts': ['findCertificateSigner'],
}

/** What needs no library, and a question or a statement that says more than who signed which bytes. */
const DETAILED: Functions = {
  'src/digest/difference.ts': ['checkSet', 'compareSets'],
  'src/verify/npm/attestations.ts': ['checkNpmAttestations'],
  'src/verify/provenance/asked.ts': ['describeAsked'],
  'src/verify/provenance/builder-pair.ts': ['isNpmBuilder'],
  'src/verify/provenance/fact-checks.ts': ['checkFacts'],
  'src/verify/provenance/source-claim.ts': ['parseSourceUri'],
  'src/verify/provenance/versioned-tag.ts': ['isVersionedTag'],
}

/** What else only some runs call. */
const SELDOM: Functions = {
  'src/bundle/foreign/github.ts': ['parseAttestationList'],
  'src/bundle/foreign/cosign.ts': ['parseCosignBundle', 'parseDetached'],
  'src/bundle/foreign/pypi.ts': ['parseIndexAttestation', 'parseIndexProvenance'],
  'src/cli/misuse.ts': ['describeMisuse'],
  'src/cli/verify/detached-input.ts': ['readDetached'],
  'src/cli/verify/npm-input.ts': ['npmPairExpected', 'readAttestations', 'readPackage'],
  'src/core/json/schema.ts': ['parseBySchema'],
  'src/snapshot/purl/purl.ts': ['buildPurl', 'parsePurl'],
  'src/statement/predicates/cyclonedx.ts': ['parseCycloneDx'],
  'src/statement/predicates/provenance-v0.2.ts': ['parseProvenanceV02'],
  'src/statement/predicates/provenance.ts': ['parseProvenanceBySchema'],
  'src/statement/predicates/release.ts': ['parseRelease', 'parseReleaseV01'],
  'src/statement/predicates/test-result.ts': ['parseTestResult'],
  'src/statement/predicates/verification-result.ts': ['parseVerificationResult'],
  'src/statement/predicates/verification-summary.ts': ['parseVerificationSummary'],
  'src/trust/document-schema.ts': ['parseTrustBySchema'],
  'src/trust/key/openssh-public-key.ts': [
    'parseOpenSshBlob',
    'parseOpenSshPublicKey',
    'splitOpenSshLine',
  ],
  'src/trust/key/public-key.ts': ['isSameKey', 'parsePublicKey', 'parsePublicKeyText'],
  'src/verify/pypi/distribution-name.ts': ['normalizeDistributionName'],
  'src/verify/signer/registry-signer.ts': ['findRegistrySigner'],
}

/** By the file that holds them. */
const FUNCTIONS: Readonly<Record<string, Functions>> = {
  archive: {
    'src/host/artifact-set/archive-file.ts': ['readArchiveFile'],
    'src/host/artifact-set/archive.ts': ['readArchive'],
  },
  certified: CERTIFIED,
  detailed: DETAILED,
  globs: { 'src/host/artifact-set/glob.ts': ['compileGlob'] },
  seldom: SELDOM,
  threads: { 'src/host/artifact-set/hashing/hash-threads.ts': ['startHashThreads'] },
}

/** The inputs of the bundler that hold these functions; their names decide those of the files. */
export const SELDOM_USED = Object.fromEntries(
  Object.keys(FUNCTIONS).map((group) => [group, `\0${group}`]),
)
const STAND_IN = '\0stand-in:'

/** Leads every import of these functions to a stand-in. */
export function loadSeldomUsedLazily(): Plugin {
  const groups = Object.entries(FUNCTIONS).map(([group, functions]) => ({
    id: `\0${group}`,
    file: `./${group}.cjs`,
    functions: new Map(Object.entries(functions).map(([path, names]) => [join(ROOT, path), names])),
  }))
  const groupOf = (file: string) => groups.find(({ functions }) => functions.has(file))
  return {
    name: 'load-seldom-used-lazily',
    async resolveId(source, importer, options) {
      const group = groups.find(({ id, file }) => source === id || source === file)
      if (group !== undefined) return { id: source, external: source === group.file }
      const isOwn = groups.some(({ id }) => id === importer)
      if (importer === undefined || isOwn || importer.startsWith(STAND_IN)) return null
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
      return resolved !== null && groupOf(resolved.id) !== undefined
        ? `${STAND_IN}${resolved.id}`
        : resolved
    },
    load(id) {
      const own = groups.find((group) => group.id === id)
      if (own !== undefined) {
        return [...own.functions]
          .map(([file, names]) => exportFrom(file, names.join(', ')))
          .join('')
      }
      const file = id.startsWith(STAND_IN) ? id.slice(STAND_IN.length) : ''
      const group = groupOf(file)
      const names = group?.functions.get(file)
      if (group === undefined || names === undefined) return null
      const standIns = names.map((name) => exportStandIn(name, group.file))
      return `export * from ${JSON.stringify(file)}\n${standIns.join('')}`
    },
  }
}

function exportFrom(file: string, names: string): string {
  return `export { ${names} } from ${JSON.stringify(file)}\n`
}

function exportStandIn(name: string, file: string): string {
  return `export const ${name} = (...args) => require(${JSON.stringify(file)}).${name}(...args)\n`
}
