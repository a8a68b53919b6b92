// The order of the house (docs/architecture.md), as data for the boundary rules and the tidy test.

/** The modules of `src/`, bottom to top: each imports only from those before it. */
export const MODULES = [
  'core',
  'yaml',
  'digest',
  'snapshot',
  'statement',
  'bundle',
  'trust',
  'sign',
  'verify',
  'policy',
  'record',
  'ledger',
  'gate',
  'screen',
  'report',
  'host',
  'cli',
] as const

/**
 * A second entry of a module, for what few of those who use it need: whoever only reads records loads no reader of test reports and no
 * words about gates, and whoever only names a package none of lockfiles.
 */
export const SECOND_ENTRIES = [
  'record/observation',
  'report/gate',
  'report/inspection',
  'snapshot/purl',
] as const

export type ModuleName = (typeof MODULES)[number]

/** Everything but these is pure: no files, no network, no clock, no environment. */
export const EFFECTFUL: readonly ModuleName[] = ['host', 'cli']

/** A verifier carries no signing code. */
export const NEVER_SIGN: readonly ModuleName[] = [
  'verify',
  'policy',
  'record',
  'ledger',
  'gate',
  'report',
]

/** What pure modules may take from Node; `node:crypto` only where it is named. */
export const PURE_BUILTINS = ['assert', 'path/posix', 'util'] as const
export const CRYPTO_MODULES: readonly ModuleName[] = ['digest', 'trust', 'sign', 'verify', 'host']

/** `cli` reaches the world through `host`, so it takes no more than this from Node. */
export const CLI_BUILTINS = ['assert', 'path', 'process', 'util'] as const

/** The modules that each dependency is behind. In each of them one file imports it: its door. */
export const DOORS: Readonly<Record<string, readonly ModuleName[]>> = {
  '@yarnpkg/parsers': ['snapshot'],
  canonicalize: ['core'],
  '@bufbuild/cel': ['host'],
  '@bufbuild/protobuf': ['host'],
  '@noble/ciphers': ['sign'],
  '@noble/curves': ['verify'],
  '@sigstore/core': ['verify'],
  '@sigstore/tuf': ['host'],
  '@sigstore/verify': ['verify'],
  jose: ['trust'],
  'js-yaml': ['snapshot'],
  'jsonc-parser': ['snapshot'],
  junit2json: ['record'],
  'packageurl-js': ['snapshot'],
  picomatch: ['snapshot', 'host'],
  'smol-toml': ['snapshot'],
  tar: ['host'],
  yaml: ['yaml'],
}

/**
 * Two dependencies are languages more than libraries: schemas are written in zod wherever documents
 * are read, commands in stricli. Bundles and what they hold are narrowed by hand: a start of
 * `assay verify` loads no schema.
 */
export const LANGUAGES: Readonly<Record<string, readonly ModuleName[]>> = {
  '@stricli/core': ['cli'],
  zod: MODULES.filter((name) => name !== 'bundle' && name !== 'verify'),
}
