// Who may import whom: one rule for each module and each dependency of .ci/house.ts.
import {
  CLI_BUILTINS,
  CRYPTO_MODULES,
  DOORS,
  EFFECTFUL,
  LANGUAGES,
  MODULES,
  NEVER_SIGN,
  PURE_BUILTINS,
  SECOND_ENTRIES,
} from './.ci/house.ts'

const within = (modules) => `^src/(${modules.join('|')})/`
const builtins = (names) => `^(node:)?(${names.join('|')})(/|$)`
const packages = (names) => `node_modules/(${names.join('|')})/`

const upwards = MODULES.map((module, position) => ({
  name: `${module}-imports-only-from-above-it`,
  severity: 'error',
  from: { path: within([module]) },
  to: { path: '^src/', pathNot: within(MODULES.slice(0, position + 1)) },
}))

const doors = Object.entries({ ...DOORS, ...LANGUAGES }).map(([name, modules]) => ({
  name: `${name}-only-behind-its-door`,
  severity: 'error',
  from: { path: '^src/', pathNot: within(modules) },
  to: { path: packages([name]) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...upwards,
    ...doors,
    {
      name: 'only-through-the-index',
      comment: 'A module is used through its index.ts, or through that of its second entry',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: `^src/($1/|([^/]+|${SECOND_ENTRIES.join('|')})/index[.]ts$)`,
      },
    },
    {
      name: 'surface-only-through-the-index',
      severity: 'error',
      from: { path: '^src/index[.]ts$' },
      to: { path: '^src/', pathNot: '^src/[^/]+/index[.]ts$' },
    },
    {
      name: 'nobody-imports-the-surface',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index[.]ts$' },
    },
    {
      name: 'a-verifier-carries-no-signing-code',
      severity: 'error',
      from: { path: within(NEVER_SIGN) },
      to: { path: within(['sign']) },
    },
    {
      name: 'pure-modules-have-no-effects',
      severity: 'error',
      from: { path: '^src/', pathNot: within(EFFECTFUL) },
      // The tidy test looks closer: of node:path, only node:path/posix asks nothing of the machine.
      to: { dependencyTypes: ['core'], pathNot: builtins(['crypto', 'path', ...PURE_BUILTINS]) },
    },
    {
      name: 'cryptography-only-where-it-belongs',
      severity: 'error',
      from: { path: '^src/', pathNot: within(CRYPTO_MODULES) },
      to: { dependencyTypes: ['core'], path: builtins(['crypto']) },
    },
    {
      name: 'cli-reaches-the-world-through-host',
      severity: 'error',
      from: { path: within(['cli']) },
      to: { dependencyTypes: ['core'], pathNot: builtins(CLI_BUILTINS) },
    },
    {
      name: 'no-package-without-a-door',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: 'node_modules/',
        pathNot: packages([...Object.keys(DOORS), ...Object.keys(LANGUAGES), '@types/node']),
      },
    },
    {
      name: 'no-cycle',
      comment: 'Types are erased, and what is loaded on use is loaded after its user',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|[.]ci)/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
}
