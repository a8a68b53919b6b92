// A lineage out of a judged release: what is published of it, and what is left out.

import { describe, expect, it } from 'vitest'
import { renderLineage, renderPromotion } from '../../../src/report/gate/index.ts'
import { publicMembers, publicText } from '../../../src/gate/lineage/said-by.ts'
import {
  buildPromotionReport,
  promotedTo,
  saysTheSame,
} from '../../../src/gate/lineage/build-lineage.ts'
import { releaseLineageSchema } from '../../../src/gate/lineage/release-lineage.ts'
import { LINEAGE, saidBy } from './lineages.ts'

describe('what is published', () => {
  it.each([
    '/home/team/app',
    'C:\\build\\app',
    '~/app',
    'file:///srv/app',
    'git+file:///srv/app',
    'https://team:hunter2@git.example/app',
    'https://git.example/app?token=abc',
    '',
    undefined,
  ])('is not %j', (text) => {
    expect(publicText(text)).toBeUndefined()
  })

  it('is what tells others something', () => {
    const repository = 'https://git.example/team/app'
    expect(publicMembers({ repository, ref: '/srv', tree: undefined })).toEqual({ repository })
  })
})

describe('the report of a promotion', () => {
  it('is of one environment, with the deployments to its parts', () => {
    const report = buildPromotionReport(LINEAGE, 'production')
    expect(report).toMatchObject({ outcome: 'accepted', from: ['staging'], to: ['production'] })
    expect(report.deployments).toHaveLength(1)
    expect(report.evidence).toEqual([1, 2, 4, 5, 6].map((entry) => saidBy(entry).sha256))
    expect(promotedTo(LINEAGE)).toEqual(['production'])
  })

  it('is never better than the release, nor than the promotion', () => {
    const outcomeOf = (more: Partial<typeof LINEAGE>) =>
      buildPromotionReport({ ...LINEAGE, ...more }, 'production').outcome
    expect(outcomeOf({ outcome: 'rejected' })).toBe('rejected')
    const promotions = LINEAGE.promotions.map((one) => ({ ...one, saidBy: saidBy(4, 'missing') }))
    expect(outcomeOf({ promotions })).toBe('missing')
    const { set: _, ...rest } = LINEAGE
    expect(buildPromotionReport(rest, 'production')).not.toHaveProperty('set')
    expect(buildPromotionReport(LINEAGE, 'prod')).toMatchObject({
      outcome: 'missing',
      deployments: [],
      reasons: [{ message: 'No record promotes the release there' }],
    })
  })
})

it('a lineage is of its schema, and says the same only where every member does', () => {
  expect(releaseLineageSchema.safeParse(LINEAGE).success).toBe(true)
  const plain = JSON.parse(JSON.stringify(LINEAGE)) as Record<string, never>
  expect(saysTheSame({ ...plain, at: '2026-01-01T00:00:00Z' }, LINEAGE)).toBe(true)
  for (const member of Object.keys(plain)) {
    const { [member]: _, ...rest } = plain
    expect(saysTheSame(rest, LINEAGE)).toBe(false)
  }
})

describe('the text', () => {
  it('is a tree of parts, each with who says it', () => {
    expect(renderLineage(LINEAGE)).toBe(
      [
        'accepted  lineage of production__web__v1.2.0__4711-1\n',
        ...tell(
          'source',
          `commit ${'ab'.repeat(20)} of https://git.example/team/app at refs/heads/main`,
          1,
        ),
        ...tell(
          'build',
          'https://git.example/builder, run https://git.example/team/app/actions/runs/4711, begun by workflow_dispatch',
          1,
        ),
        ...tell('set', `sha256:${'5e'.repeat(32)}, 2 artifacts`, 2),
        ...tell('snapshot', `sha256:${'cd'.repeat(32)}`, 2),
        ...tell('SBOM', `bundle ${saidBy(3).sha256}`, 3),
        ...tell('approval', 'approve rollout: granted', 5),
        ...tell('promotion', 'candidate-tested, from staging to production: stage-reached', 4),
        ...tell(
          'deployment',
          `production-eu, at 2026-04-10T11:00:00Z, sha256:${'5e'.repeat(32)}: deployed-as-intended`,
          6,
        ),
        ...tell(
          'rollback target',
          'production__web__v1.1.0__4700-1: known-good-signed, verified',
          7,
        ),
        '  use              current\n',
      ].join(''),
    )
  })

  it('says what is missing, what was left out, and why it is not accepted', () => {
    const { set: _, snapshot: __, ...rest } = LINEAGE
    const text = renderLineage({
      ...rest,
      outcome: 'rejected',
      sources: [{ commit: 'ab'.repeat(20), saidBy: saidBy(1) }],
      builds: [{ saidBy: saidBy(1) }, { invocation: '4711', saidBy: saidBy(1) }],
      sboms: [],
      use: { status: 'withdrawn', replacement: 'production__web__v1.3.0__1', saidBy: saidBy(9) },
      superseded: [{ sha256: 'ef'.repeat(32), entry: 1, family: 'tracking' }],
      missing: ['set', 'sbom'],
      reasons: [{ message: 'Withdrawn\u202e', code: 'record/withdrawn' }, { message: 'Other' }],
    })
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'rejected  lineage of production__web__v1.2.0__4711-1',
        '  build            a builder whose name is not for the public',
        '  build            a builder whose name is not for the public, run 4711',
        '  use              withdrawn; use production__web__v1.3.0__1 instead',
        `  superseded       tracking ${'ef'.repeat(32)} at entry 1`,
        '  missing          set, sbom',
        '  not accepted: Withdrawn\\u{202e} [record/withdrawn]',
        '  not accepted: Other',
      ]),
    )
  })

  it('tells a promotion in the same form', () => {
    const report = buildPromotionReport(LINEAGE, 'production')
    const text = renderPromotion(report)
    expect(text).toMatch(
      /^accepted {2}promotion of production__web__v1\.2\.0__4711-1 to "production"\n {2}set /,
    )
    expect(text).toMatch(/\n {2}evidence {9}5 statements\n$/)
    const { set: _, ...rest } = report
    expect(renderPromotion(rest)).not.toContain('\n  set ')
  })
})

function tell(label: string, text: string, entry: number): readonly string[] {
  const { sha256 } = saidBy(entry)
  const by = `by "ci" in ${sha256} at entry ${entry}: accepted`
  return [`  ${label.padEnd(17)}${text}\n`, `  ${' '.repeat(17)}${by}\n`]
}
