import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'gradle.lockfile'

describe('a lockfile of Gradle', () => {
  it('locks versions by name alone, and does not say who asks', () => {
    const { kind, dependencies } = accepted(
      PATH,
      '# generated\ncom.example:a-b:1.0=compileClasspath\nempty=x,y\n',
    )
    expect(kind).toBe('gradle')
    expect(dependencies).toEqual([
      {
        id: 'com.example:a-b:1.0',
        purl: 'pkg:maven/com.example/a-b@1.0',
        name: 'com.example:a-b',
        version: '1.0',
        ecosystem: 'maven',
        digests: [],
        source: { kind: 'registry' },
        relationship: 'unknown',
        dev: false,
        optional: false,
        peer: false,
        locked: { path: PATH, line: 2 },
        dependsOn: [],
      },
    ])
  })

  it.each([
    ['testRuntimeClasspath', true],
    ['testCompileClasspath,debugUnitTestRuntimeClasspath', true],
    ['testRuntimeClasspath,runtimeClasspath', false],
    ['testedCompileClasspath', false],
    ['latestRuntimeClasspath', false],
    ['checkstyle', false],
  ])('is for development in %s: %s', (configurations, dev) => {
    expect(accepted(PATH, `a:b:1=${configurations}`).dependencies[0]?.dev).toBe(dev)
  })

  it('leaves a snapshot open', () => {
    expect(accepted(PATH, 'a:b:1-SNAPSHOT=x').floating).toEqual([
      { name: 'a:b', requirement: '1-SNAPSHOT', line: 1 },
    ])
    expect(accepted(PATH, 'a:b:1=x').floating).toEqual([])
  })

  it('is found by its names', () => {
    expect(said('app/buildscript-gradle.lockfile', 'empty=')).toBe('accepted')
    expect(said('settings-gradle.lockfile', '')).toBe('accepted')
  })
})

describe('a lockfile of Gradle is refused', () => {
  it.each([
    ['with a line of the older form', 'syntax', 'a:b:1', 'a:b:1=x'],
    ['with a part too much', 'syntax', 'a:b:c:1=x', 'a:b:1=x'],
    ['without a configuration', 'syntax', 'a:b:1=', 'a:b:1=x,y'],
    ['with an empty configuration', 'syntax', 'a:b:1=x,,y', 'a:b:1=x,y'],
    ['with a module twice', 'entry', 'a:b:1=y\na:b:1=x', 'a:b:1=y\na:b:2=x'],
  ])('%s', (_, code, refused, twin) => {
    const line = refused.split('\n').length
    expect(said(PATH, refused)).toBe(`${code} at gradle.lockfile line ${line}`)
    expect(said(PATH, twin)).toBe('accepted')
  })

  it('with bytes that are not UTF-8', () => {
    expect(said(PATH, Uint8Array.of(0xff))).toBe('syntax at gradle.lockfile line 1, column 1')
    expect(said(PATH, '\ufeffa:b:1=x')).toBe('syntax at gradle.lockfile line 1')
    expect(said(PATH, 'a:b:1=x')).toBe('accepted')
  })
})
