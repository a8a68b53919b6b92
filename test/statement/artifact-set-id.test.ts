import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildArtifactSetId, parseArtifactSetId } from '../../src/statement/index.ts'

const ID = {
  channel: 'staging',
  target: 'render_staging_rollout',
  release: 'v1.2.0',
  run: '4711-1',
}

const built = (parts: Partial<typeof ID>) => {
  const result = buildArtifactSetId({ ...ID, ...parts })
  return result.ok ? result.value : result.problems.map(({ code }) => code)
}

describe('buildArtifactSetId()', () => {
  it('joins channel, target, release and run', () => {
    expect(built({})).toBe('staging__render_staging_rollout__v1.2.0__4711-1')
  })

  it('writes a ref reversibly', () => {
    const text = built({ release: 'refs/heads/main' })
    expect(text).toBe('staging__render_staging_rollout__refs%2fheads%2fmain__4711-1')
    expect(parseArtifactSetId(String(text))).toEqual({
      ok: true,
      value: { ...ID, release: 'refs/heads/main' },
    })
  })

  it.each([
    ['upper case', { channel: 'Staging' }, { channel: 'staging2' }],
    ['an underscore in front', { target: '_a' }, { target: 'a_a' }],
    ['an underscore at the end', { target: 'a_' }, { target: 'a' }],
    ['two underscores', { release: 'a__b' }, { release: 'a_b_c' }],
    ['nothing', { run: '' }, { run: '0' }],
    ['a blank', { release: 'v 1' }, { release: 'v-1' }],
    ['a percent sign', { release: 'a%2fb' }, { release: 'a/b' }],
    ['a dot in front', { release: '..' }, { release: '1..2' }],
    ['a letter outside ASCII', { channel: 'stäging' }, { channel: 'staging+eu' }],
    ['a slash at the end', { release: 'a/' }, { release: 'a/b/c' }],
  ])('refuses %s', (_, refused, accepted) => {
    expect(built(refused)).toEqual(['statement/artifact-set-id'])
    expect(built(accepted)).toEqual(expect.stringContaining('__'))
  })

  it('refuses a name that is too long for a folder', () => {
    expect(built({ release: 'a'.repeat(200) })).toEqual(['statement/artifact-set-id'])
  })
})

describe('parseArtifactSetId()', () => {
  it.each([
    '',
    'a__b__c',
    'a__b__c__d__e',
    'a__b__c__',
    'a__b__c/d__e',
    'A__b__c__d',
    'a___b__c__d',
  ])('refuses %j', (text) => {
    expect(parseArtifactSetId(text)).toMatchObject({
      ok: false,
      problems: [{ code: 'statement/artifact-set-id' }],
    })
  })

  it('reads back what buildArtifactSetId() makes', () => {
    const part = fc.stringMatching(/^[a-z0-9](?:[a-z0-9./_-]{0,8}[a-z0-9])?$/)
    fc.assert(
      fc.property(part, part, part, part, (channel, target, release, run) => {
        const id = { channel, target, release, run }
        const built = buildArtifactSetId(id)
        fc.pre(built.ok)
        expect(built.ok && parseArtifactSetId(built.value)).toEqual({ ok: true, value: id })
      }),
    )
  })
})
