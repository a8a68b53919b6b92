import { describe, expect, it } from 'vitest'
import { isAddress } from '../../../../src/snapshot/lockfiles/python/python-address.ts'
import { parseRequirement } from '../../../../src/snapshot/lockfiles/python/python-name.ts'
import { accepted, said } from '../locked.ts'

const PATH = 'requirements.txt'
const SHA256 = 'ab'.repeat(32)
const HASH = `--hash=sha256:${SHA256}`
const DIGEST = { algorithm: 'sha256', value: SHA256 }
const open = (text: string, siblings?: Record<string, string>) =>
  accepted(PATH, text, siblings).floating.map(({ requirement, line }) => `${line} ${requirement}`)

describe('a requirements file', () => {
  it('locks what is pinned by digests', () => {
    const text = `-i https://u:secret@registry.example/simple\nA_b [x] == 1.0 ; python_version > "3" \\\n  ${HASH} \\\n  # gone\n`
    const lockfile = accepted(PATH, text)
    expect(lockfile.floating).toEqual([])
    expect(lockfile.dependencies).toMatchObject([
      {
        id: 'a-b==1.0',
        name: 'A_b',
        purl: 'pkg:pypi/a-b@1.0',
        digests: [DIGEST],
        registry: 'https://registry.example/simple',
        relationship: 'unknown',
        optional: true,
        locked: { path: PATH, line: 2 },
      },
    ])
    expect(JSON.stringify(lockfile)).not.toContain('secret')
  })

  it.each([
    [`a==1.0 ${HASH}`, false],
    [`a===1.0 ${HASH}`, false],
    ['a==1.0', true],
    [`a==1.* ${HASH}`, true],
    [`a>=1.0 ${HASH}`, true],
    [`a ${HASH}`, true],
    [`a==1.0,<2 ${HASH}`, true],
    ['https://files.example/a-1.0.tar.gz', true],
    [`https://files.example/a-1.0.tar.gz#sha256=${SHA256}`, false],
    [`a @ https://files.example/a-1.0.tar.gz#sha256=${SHA256} ; os_name == "nt"`, false],
    [`https://files.example/a-1.0.tar.gz ${HASH}`, false],
    [`git+https://git.example/a@${'c'.repeat(40)}#egg=a`, false],
    [`a @ git+ssh://git@git.example/a@${'c'.repeat(40)}`, false],
    ['git+https://git.example/a@main#egg=a', true],
    ['git+ssh://git@git.example/a', true],
    ['./lib/a', false],
    ['-e ./lib/a', false],
    ['file:///srv/a.whl', false],
  ])('finds %j open: %j', (line, isOpen) => {
    expect(open(line)).toHaveLength(isOpen ? 1 : 0)
  })

  it('knows the project behind an address', () => {
    const names = (line: string) =>
      accepted(PATH, line).dependencies.map(({ name, version, source }) => [
        name,
        version,
        source.kind,
      ])
    expect(names('https://files.example/a_b-1.0-py3-none-any.whl')).toEqual([['a_b', '1.0', 'url']])
    expect(names('git+https://git.example/x#egg=a[b]&subdirectory=c')).toEqual([
      ['a', undefined, 'git'],
    ])
    expect(names('wheels/a-2.0.tar.gz')).toEqual([['a', '2.0', 'file']])
    expect(names('-e .')).toEqual([['.', undefined, 'link']])
  })

  it('reads what it includes, once, and says where each line is', () => {
    const siblings = {
      'base.txt': `-r more/deep.txt\nb==1.0 ${HASH}\n`,
      'more/deep.txt': `-r ../requirements.txt\n-r ../base.txt\nc>=1\n`,
    }
    const { dependencies, floating } = accepted(
      PATH,
      `# top\n-r ./base.txt\na==1.0 ${HASH}`,
      siblings,
    )
    expect(dependencies.map(({ id, locked }) => `${id} ${locked.path}:${locked.line}`)).toEqual([
      'a==1.0 requirements.txt:3',
      'b==1.0 base.txt:2',
    ])
    expect(floating).toEqual([{ name: 'c', requirement: 'c>=1', line: 2 }])
  })

  it('is open where an include can not be had', () => {
    expect(open('--requirement=../base.txt\n-c missing.txt')).toEqual([
      '1 -r ../base.txt',
      '2 -r missing.txt',
    ])
  })

  it('takes version and digests of a constraint, which asks for nothing itself', () => {
    const siblings = { 'constraints.txt': `a==1.0 ${HASH}\nb==2.0 ${HASH}\n` }
    const { dependencies, floating } = accepted(PATH, '-c constraints.txt\na\nb==1.0', siblings)
    expect(dependencies.map(({ id, digests }) => [id, digests.length])).toEqual([
      ['a==1.0', 1],
      ['b==1.0', 0],
    ])
    expect(floating).toHaveLength(1)
  })

  it('learns who asks from the comments of pip-compile and uv', () => {
    const text = `a==1.0 ${HASH}
    # via -r requirements.in
b==1.0 ${HASH}  # via a, c[x]
c==1.0 ${HASH}
    # via
    #   a
    #   app (pyproject.toml)
# via nobody
d==1.0 ${HASH}
`
    const flags = accepted(PATH, text).dependencies.map(({ name, relationship, dependsOn }) =>
      [name, relationship, ...dependsOn].join(' '),
    )
    expect(flags).toEqual([
      'a direct b==1.0 c==1.0',
      'b transitive',
      'c direct b==1.0',
      'd unknown',
    ])
  })

  it('is one entry for one version on several lines', () => {
    const other = `--hash=sha256:${'cd'.repeat(32)}`
    const text = `a==1.0 ; os_name == "nt" ${HASH}\na==1.0 ${HASH} ${other}\na==2.0 ; os_name == "nt" ${HASH}`
    const { dependencies } = accepted(PATH, text)
    expect(dependencies.map(({ id, digests, optional }) => [id, digests.length, optional])).toEqual(
      [
        ['a==1.0', 2, false],
        ['a==2.0', 1, true],
      ],
    )
  })

  it('is found by its name', () => {
    for (const path of [
      'requirements.txt',
      'requirements-dev.txt',
      'x/dev-requirements.txt',
      'requirements_x.txt',
    ]) {
      expect(said(path, '')).toBe('accepted')
    }
    expect(() => said('notes.txt', '')).toThrow('parser')
  })
})

describe('a requirements file is refused', () => {
  it.each([
    ['an option that pip does not know', 'syntax', '--install a', '--pre'],
    ['an option without its value', 'syntax', 'a==1.0 --hash', `a==1.0 ${HASH}`],
    ['an option with a value that it does not take', 'syntax', '--pre=1', '--require-hashes'],
    ['a short digest', 'digest', 'a==1.0 --hash=sha256:00', `a==1.0 --hash sha256:${SHA256}`],
    ['a digest of a tree', 'digest', `a==1.0 --hash=dirHash:${SHA256}`, `a==1.0 ${HASH}`],
    ['a digest of another algorithm', 'digest', 'a==1.0 --hash=crc:00', `a==1.0 ${HASH}`],
    [
      'a short digest in an address',
      'digest',
      'https://a.example/a-1.zip#sha256=00',
      'https://a.example/a-1.zip',
    ],
    ['no name', 'syntax', '==1.0', 'a==1.0'],
    ['two specifiers without a comma', 'syntax', 'a==1.0 >2', 'a==1.0, >2'],
    ['a name that ends in a dash', 'syntax', 'a-', 'a'],
    ['an option in the middle', 'syntax', 'a -x', '-e .'],
  ])('with %s', (_, code, refused, twin) => {
    expect(said(PATH, `\n${refused}`)).toBe(`${code} at requirements.txt line 2`)
    expect(said(PATH, `\n${twin}`)).toBe('accepted')
  })

  it('in an included file, with the place there', () => {
    expect(said(PATH, '-r a.txt', { 'a.txt': '\n\n?' })).toBe('syntax at a.txt line 3')
    expect(said(PATH, '-r a.txt', { 'a.txt': '\n\nb' })).toBe('accepted')
  })
})

describe('parseRequirement()', () => {
  it.each([
    ['a', { name: 'a', extras: [], specifier: '' }],
    ['a [x, y] (>=1, <2) ; b', { name: 'a', extras: ['x', 'y'], specifier: '>=1,<2', marker: 'b' }],
    [
      'a@https://b.example/c;d',
      { name: 'a', extras: [], specifier: '', url: 'https://b.example/c;d' },
    ],
    [
      'a @ https://b.example/c ; d',
      { name: 'a', extras: [], specifier: '', url: 'https://b.example/c', marker: 'd' },
    ],
  ])('reads %j', (text, expected) => {
    expect(parseRequirement(text)).toEqual(expected)
  })

  it.each(['', '-a', 'a b', 'a [', 'a =1', 'a ==', 'a @', 'ä'])(
    'knows no requirement in %j',
    (text) => {
      expect(parseRequirement(text)).toBeUndefined()
    },
  )

  it.each(['a@https://b.example/c.whl', 'a', 'a==1'])('is for what is no address: %j', (text) => {
    expect(isAddress(text)).toBe(false)
    expect(isAddress(`./${text}`)).toBe(true)
  })
})
