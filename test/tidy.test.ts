// How the sources are written: order, doors, purity, sizes, names, documented exports, tested codes.

import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../.ci/checkout.ts'
import {
  CRYPTO_MODULES,
  DOORS,
  EFFECTFUL,
  LANGUAGES,
  MODULES,
  NEVER_SIGN,
  PURE_BUILTINS,
  SECOND_ENTRIES,
} from '../.ci/house.ts'
import { listProblemCodes } from '../.ci/problem-codes.ts'
import { listAmbientEffects } from './tidy/ambient-effect.ts'
import {
  descend,
  listFiles,
  listImports,
  listUndocumentedExports,
  readSources,
} from '../.ci/source-file.ts'

const ORDER: readonly string[] = MODULES
const FILE_LINES_MAX = 300
const FOLDER_FILES_MAX = 20

const sources = readSources('src')
const modules = [...new Set(sources.map((source) => source.module))].filter((name) => name !== '')
const pure = sources.filter(({ module }) => !(EFFECTFUL as readonly string[]).includes(module))

describe('modules', () => {
  it('are there', () => {
    expect(modules.length).toBeGreaterThan(0)
    expect(sources.length).toBeGreaterThan(modules.length)
  })

  it('are those of the house, each with its index.ts', () => {
    expect(modules.filter((name) => !ORDER.includes(name))).toEqual([])
    // cli is a program: nothing imports it.
    const imported = modules.filter((name) => name !== 'cli')
    expect(imported.filter((name) => !existsSync(join(ROOT, 'src', name, 'index.ts')))).toEqual([])
  })

  it('are those that docs/architecture.md lists, in the order of the house', () => {
    const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    const listed = [...text.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name)
    expect(listed).toEqual(MODULES.filter((name) => modules.includes(name)))
  })

  it('import only from those above them, through their index.ts', () => {
    const wrong = sources.flatMap((source) => {
      const position = ORDER.indexOf(source.module)
      return (
        listImports(source)
          .filter(({ specifier }) => specifier.startsWith('.'))
          .map(({ specifier }) => join(dirname(source.path), specifier))
          // The program tells its version.
          .filter((target) => !(source.path === 'src/cli/version.ts' && target === 'package.json'))
          .filter((target) => {
            const [, module = '', rest] = /^src\/(?:([^/]+)\/)?(.+)$/.exec(target) ?? []
            if (module === source.module) return false
            const above = position === -1 || ORDER.indexOf(module) < position
            return !above || !isEntry(module, rest)
          })
          .map((target) => `${source.path} imports ${target}`)
      )
    })
    expect(wrong).toEqual([])
  })

  it('that verify or judge carry no signing code', () => {
    const verifiers = sources.filter(({ module }) =>
      (NEVER_SIGN as readonly string[]).includes(module),
    )
    const wrong = verifiers.filter((source) =>
      listImports(source).some(({ specifier }) => specifier.includes('/sign/')),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

describe('dependencies', () => {
  it('are each imported by one file of the modules they belong to', () => {
    const wrong = Object.entries(DOORS).flatMap(([name, owners]) => {
      const users = sources.filter((source) => packagesOf(source).includes(name))
      const crowded = owners.filter(
        (owner) => users.filter((user) => user.module === owner).length > 1,
      )
      const strangers = users.filter(
        ({ module }) => !(owners as readonly string[]).includes(module),
      )
      const paths = users.map(({ path }) => path).join(', ')
      return crowded.length + strangers.length === 0 ? [] : [`${name}: ${paths}`]
    })
    expect(wrong).toEqual([])
  })

  it('are no others than those of the house', () => {
    const known = new Set([...Object.keys(DOORS), ...Object.keys(LANGUAGES)])
    expect(sources.flatMap(packagesOf).filter((name) => !known.has(name))).toEqual([])
  })

  it('are languages only where these are spoken', () => {
    const wrong = sources.filter((source) =>
      packagesOf(source).some(
        (name) =>
          (LANGUAGES[name] as readonly string[] | undefined)?.includes(source.module) === false,
      ),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('leave the full zod out, because it costs every start', () => {
    const wrong = sources.filter((source) =>
      listImports(source).some(({ specifier, typeOnly }) => specifier === 'zod' && !typeOnly),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

describe('pure modules', () => {
  it('use no clock, no chance, no environment and no network', () => {
    expect(pure.flatMap(listAmbientEffects)).toEqual([])
  })

  it('take nothing from Node that has an effect', () => {
    const wrong = pure.flatMap((source) => {
      const crypto = (CRYPTO_MODULES as readonly string[]).includes(source.module) ? ['crypto'] : []
      const allowed = new Set([...PURE_BUILTINS, ...crypto].map((name) => `node:${name}`))
      return listImports(source)
        .filter(({ specifier, typeOnly }) => specifier.startsWith('node:') && !typeOnly)
        .filter(({ specifier }) => !allowed.has(specifier))
        .map(({ specifier }) => `${source.path} imports ${specifier}`)
    })
    expect(wrong).toEqual([])
  })
})

describe('files', () => {
  const written = [
    ...sources,
    ...readSources('test'),
    ...readSources('bench'),
    ...readSources('.ci'),
  ]

  it('have at most 300 lines', () => {
    const long = written.filter(({ text }) => text.split('\n').length > FILE_LINES_MAX + 1)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  it('of the documentation have at most 300 lines', () => {
    const pages = [...listFiles('docs', '.md'), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md']
    const long = pages.filter((path) => {
      return readFileSync(join(ROOT, path), 'utf8').split('\n').length > FILE_LINES_MAX + 1
    })
    expect(pages.length).toBeGreaterThan(10)
    expect(long).toEqual([])
  })

  it('are named by kebab-case nouns that say what is inside', () => {
    const wrong = written.filter(({ path }) => {
      const name = basename(path)
      return (
        !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/.test(name) ||
        /^(?:utils?|helpers?|types?|misc|common)\./.test(name)
      )
    })
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('lie in folders that are split by noun before they grow large', () => {
    const folders = Map.groupBy(sources, ({ path }) => dirname(path))
    // cli has one file for each command.
    folders.delete('src/cli')
    const crowded = [...folders].filter(([, files]) => files.length > FOLDER_FILES_MAX)
    expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([])
  })

  it('open with a comment that says what they are', () => {
    const named = sources.filter(({ path }) => !['index.ts', 'problem.ts'].includes(basename(path)))
    expect(
      named.filter(({ text }) => !/^(?:#!.*\n)?\//.test(text)).map(({ path }) => path),
    ).toEqual([])
  })

  it('re-export by name', () => {
    expect(sources.filter(({ text }) => /^export \*/m.test(text)).map(({ path }) => path)).toEqual(
      [],
    )
  })

  it('say why a branch goes untested', () => {
    const ignored = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/v8 ignore[^\n]*/g)].map(([comment]) => `${path}: ${comment}`),
    )
    expect(ignored.filter((comment) => !/ -- \S.{9,}/.test(comment))).toEqual([])
  })
})

describe('exports', () => {
  it('are documented', () => {
    expect(sources.flatMap(listUndocumentedExports)).toEqual([])
  })
})

describe('problem codes', () => {
  const codes = listProblemCodes(sources)

  it('are there, and begin with the name of their module', () => {
    expect(codes.length).toBeGreaterThan(0)
    expect(codes.filter(({ module, code }) => !code.startsWith(`${module}/`))).toEqual([])
  })

  it('each say in a comment what is wrong, for docs/errors.md', () => {
    expect(codes.filter(({ meaning }) => meaning === '').map(({ code }) => code)).toEqual([])
  })

  it('are all that the sources use, also those of what is thrown', () => {
    const known = new Set(codes.map(({ code }) => code))
    const used = sources.flatMap(({ path, tree }) =>
      descend(tree)
        .filter((node) => ts.isStringLiteral(node))
        .filter(({ text }) => new RegExp(`^(?:${ORDER.join('|')})/[a-z0-9-]+$`).test(text))
        .filter(({ text }) => !known.has(text))
        .map(({ text }) => `${path}: ${text}`),
    )
    expect(used).toEqual([])
  })

  it('each occur in a test', () => {
    const tests = [
      ...listFiles('test', '.ts'),
      ...listFiles('test', '.txt'),
      ...listFiles('fixtures', 'expect.json'),
    ]
      .map((path) => readFileSync(join(ROOT, path), 'utf8'))
      .join('\n')
    expect(codes.map(({ code }) => code).filter((code) => !tests.includes(code))).toEqual([])
  })
})

function isEntry(module: string, rest: string | undefined): boolean {
  const path = `${module}/${rest ?? ''}`
  return [module, ...SECOND_ENTRIES].some((entry) => path === `${entry}/index.ts`)
}

function packagesOf(source: Parameters<typeof listImports>[0]): readonly string[] {
  return listImports(source)
    .map(({ specifier }) => specifier)
    .filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
}

describe('requirements and attacks', () => {
  const ID =
    /\b(?:A-\d{2,3}|X\d{1,2}|(?:BT|BUN|CP|CS|DH|DIST|DS|DSSE|ENV|FT|FUL|GH|JCS|JSON|JWK|NPM|OCI|PEP|PM|PROV|PURL|RD|RK|SB|SRC|STM|TR|TS|TUF|VA|VSA)-\d{1,2})\b/g

  const lines = ['requirements.md', 'attacks.md'].flatMap((name) =>
    readFileSync(join(ROOT, 'docs', name), 'utf8').split('\n'),
  )
  const defined = lines.flatMap((line) => /^\| ([A-Z]+-?\d+) \|/.exec(line)?.[1] ?? [])

  it('each have one meaning', () => {
    expect(defined.length).toBeGreaterThan(100)
    expect(defined.filter((id, at) => defined.indexOf(id) !== at)).toEqual([])
  })

  it('that are cited by id stand in docs/requirements.md or docs/attacks.md', () => {
    const known = new Set(defined)
    const cited = ['src', 'test', 'fixtures/verify', 'docs'].flatMap((folder) => {
      const files = ['.ts', '.md'].flatMap((ending) => listFiles(folder, ending))
      return files.flatMap((path) => readFileSync(join(ROOT, path), 'utf8').match(ID) ?? [])
    })
    expect(cited.length).toBeGreaterThan(100)
    expect([...new Set(cited)].filter((id) => !known.has(id))).toEqual([])
  })
})
