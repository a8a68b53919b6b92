import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { outcomeOfTests } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'
import { listsOf, readText, suite } from './reading.ts'

const CASE = '<testcase name="a"/>'

describe('JUnit XML', () => {
  it('names a case by its suites, its class where that is not one of them, and itself', async () => {
    const inner = '<testsuite name="in"><testcase classname="s.in" name="b"/></testsuite>'
    const text = suite(
      `<testcase classname="s" name="a"/><testcase classname="C" name="a"/>${inner}`,
    )
    expect(await listsOf(text)).toEqual({ passed: ['s > C > a', 's > a', 's > in > b'] })
  })

  it('takes one suite without those around it, and suites without a name', async () => {
    expect(await listsOf(`<testsuite>${CASE}</testsuite>`)).toEqual({ passed: ['a'] })
    expect(
      await listsOf(
        `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- a --><?x y?>\n<testsuites>${CASE}</testsuites>\n`,
      ),
    ).toEqual({
      passed: ['a'],
    })
  })

  it.each([
    ['<failure/>', 'failed'],
    ['<error>no</error>', 'failed'],
    ['<failure/><error/>', 'failed'],
    ['<failure/><rerunFailure><stackTrace>x</stackTrace></rerunFailure>', 'failed'],
    ['<rerunError/>', 'failed'],
    ['<skipped/>', 'skipped'],
    ['<skipped type="todo"/><failure/>', 'todo'],
    ['<flakyFailure/>', 'warned'],
    ['<flakyError/>', 'warned'],
    ['<warning/>', 'warned'],
    ['<flakyError/><failure/>', 'failed'],
    [
      '<properties><property name="a" value="b"/></properties><system-out>a</system-out><system-err/>',
      'passed',
    ],
    ['some text', 'passed'],
  ])('takes a case with %s for %s', async (content, outcome) => {
    const text = suite(`<testcase name="a">${content}</testcase>`)
    expect(await listsOf(text)).toEqual({ [outcome]: ['s > a'] })
  })

  it.each([
    ['status="run"', 'passed'],
    ['status="notrun"', 'skipped'],
    ['status="run" result="SUPPRESSED"', 'skipped'],
    ['status="failed"', 'failed'],
    ['status=""', 'passed'],
    // An attribute is no element, whatever it is called.
    ['failure="no"', 'passed'],
  ])('takes a case with %s for %s', async (attributes, outcome) => {
    expect(await listsOf(suite(`<testcase name="a" ${attributes}/>`))).toEqual({
      [outcome]: ['s > a'],
    })
  })

  it.each(['<skipped/><failure/>', '<error/><skipped type="disabled"/>'])(
    'refuses a case that failed and was skipped: %s',
    async (content) => {
      const found = await readText(suite(`<testcase name="a">${content}</testcase>`))
      expect(codes(found)).toEqual(['record/test-report-contradiction'])
    },
  )

  it.each([
    ['an attribute twice', '<testcase name="a" status="failed" status="passed"/>'],
    ['one of two quotes', `<testcase name="a" name = 'b'/>`],
    ['an attribute twice in a later line', `${CASE}\n<testcase\nname="b"\nname="c"/>`],
    ['a sign that begins an element in a value', '<testcase name="a<b"/>'],
    ['an element in a value', `<testcase name="a" x='<failure/>'/>`],
  ])('refuses %s, which is no XML', async (_, content) => {
    expect(codes(await readText(suite(content)))).toEqual(['record/test-report-format'])
  })

  it('takes attributes of one name in two elements, and signs that are escaped', async () => {
    const text = suite(`<testcase name="a&lt;b" x = '>'/><testcase name="c" x="name='d'"/>`)
    expect(await listsOf(text)).toEqual({ passed: ['s > a<b', 's > c'] })
  })

  it('refuses a word about a case that is not known', async () => {
    const found = await readText(suite('<testcase name="a" status="maybe"/>'))
    expect(codes(found)).toEqual(['record/test-report-result'])
  })

  it('counts what failed outside of every case as a failed case', async () => {
    expect(await listsOf(suite(`<error/>${CASE}`))).toEqual({ passed: ['s > a'], failed: ['s'] })
    expect(await listsOf(suite('<failure/>', ''))).toEqual([
      'record/test-report-name: Expected a name for each test, found one without',
    ])
  })

  it('takes the worst of several cases with one name', async () => {
    const text = suite(`${CASE}<testcase name="a"><skipped/></testcase>${CASE}`)
    const report = valueOf(await readText(text))
    expect(report).toMatchObject({
      passed: [],
      skipped: ['s > a'],
      counts: { cases: 3, passed: 2 },
    })
  })

  it('calls a report without any test that ran missing', async () => {
    for (const text of [
      '<testsuites/>',
      suite(''),
      suite('<testcase name="a"><skipped/></testcase>'),
    ]) {
      expect(outcomeOfTests(valueOf(await readText(text))), text).toBe('missing')
    }
    expect(outcomeOfTests(valueOf(await readText(suite(CASE))))).toBe('accepted')
    const warned = suite('<testcase name="a"><warning/></testcase>')
    expect(outcomeOfTests(valueOf(await readText(warned)))).toBe('accepted')
  })

  it('refuses cases without a name', async () => {
    expect(codes(await readText(suite('<testcase/>')))).toEqual(['record/test-report-name'])
    expect(codes(await readText(suite('<testcase name=" "/>')))).toEqual([
      'record/test-report-name',
    ])
  })

  it('spells what does not print, and keeps two names apart', async () => {
    const text = suite('<testcase name="\u001b[2J&#x202e;"/><testcase name="\\u{1b}[2J\\u{202e}"/>')
    expect(await listsOf(text)).toEqual({
      passed: ['s > \\u{1b}[2J\\u{202e}', 's > \\u{5c}u{1b}[2J\\u{5c}u{202e}'],
    })
  })

  it('refuses a name that is longer than names are', async () => {
    const long = (length: number) => suite(`<testcase name="${'n'.repeat(length)}"/>`, '')
    expect(codes(await readText(long(LIMITS.testNameMax)))).toBe('accepted')
    expect(codes(await readText(long(LIMITS.testNameMax + 1)))).toEqual(['record/test-report-name'])
  })

  it('refuses elements that it does not know, and known ones where they mean nothing', async () => {
    for (const text of [
      suite('<faliure/>'),
      suite('<__proto__/>'),
      suite('<x:testcase xmlns:x="y" name="a"/>'),
      suite('<testcase name="a"><testcase name="b"/></testcase>'),
      suite('<skipped/>'),
      '<testsuites><skipped/></testsuites>',
      '<report/>',
      '<',
      '< testsuites/>',
      '<!-- without an end <testsuites/>',
      suite('<testcase name="&#27;"/>'),
    ]) {
      expect(codes(await readText(text)), text).toEqual(['record/test-report-format'])
    }
  })

  it('refuses document types and entities, wherever they stand', async () => {
    const entity = '[<!ENTITY a "b">]'
    for (const text of [
      `<!DOCTYPE testsuites ${entity}>${suite(CASE)}`,
      `<?xml version="1.0"?><!-- --><!DOCTYPE testsuites SYSTEM "file:///etc/passwd">${suite(CASE)}`,
      suite(`<!DOCTYPE testsuites>${CASE}`),
      suite('<testcase name="&a;"/>'),
      suite('<testcase name="a">&b;</testcase>'),
    ]) {
      expect(codes(await readText(text)), text).toEqual(['record/test-report-format'])
    }
    const text = suite('<testcase name="&lt;&#38;&quot;"><![CDATA[<!DOCTYPE a>]]></testcase>')
    expect(await listsOf(text)).toEqual({ passed: ['s > <&"'] })
  })

  it('refuses what stands behind the root', async () => {
    for (const more of [suite(CASE), '<testsuite/>', 'words', '<testcase name="a"/>']) {
      expect(codes(await readText(suite(CASE) + more)), more).not.toBe('accepted')
    }
    expect(codes(await readText(`${suite(CASE)}<!-- words -->\n`))).toBe('accepted')
  })

  it('refuses documents that are cut, with the place where it is known', async () => {
    for (const text of [
      '<testsuites>',
      '<testsuites>\n<testsuite name="a">',
      suite(CASE).slice(0, -1),
    ]) {
      expect(codes(await readText(text)), text).toEqual(['record/test-report-cut'])
    }
    expect(await readText('<testsuites>\n<testsuite></testcase>\n</testsuites>')).toMatchObject({
      problems: [{ code: 'record/test-report-format', at: 'line 2' }],
    })
  })

  it('refuses other encodings than UTF-8', async () => {
    const declared = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?>${suite(CASE)}`
    expect(codes(await readText(declared('UTF-8')))).toBe('accepted')
    expect(codes(await readText(declared('ISO-8859-1')))).toEqual(['record/test-report-format'])
  })

  it('refuses suites deeper than anything that is read, also where the stack ends first', async () => {
    const deep = (depth: number) =>
      `${'<testsuite name="s">'.repeat(depth)}${CASE}${'</testsuite>'.repeat(depth)}`
    expect(codes(await readText(deep(LIMITS.jsonDepthMax)))).toBe('accepted')
    expect(codes(await readText(deep(LIMITS.jsonDepthMax + 1)))).toEqual([
      'record/test-report-limit',
    ])
    expect(codes(await readText(deep(100_000)))).toEqual(['record/test-report-limit'])
  })

  it('refuses an element with more attributes than any has, at once', async () => {
    const attributes = (count: number) =>
      Array.from({ length: count }, (_, index) => `a${index}=">"`).join(' ')
    expect(codes(await readText(suite(CASE, attributes(1_000_000))))).toEqual([
      'record/test-report-limit',
    ])
    expect(codes(await readText(suite(CASE, attributes(100))))).toBe('accepted')
    // Quotes elsewhere are no attributes.
    const words = `"'`.repeat(500)
    const text = suite(`<system-out>${words}</system-out><!--<a ${words}--><![CDATA[<a ${words}]]>`)
    expect(codes(await readText(text))).toBe('accepted')
    for (const cut of [
      '<testsuites a="',
      '<testsuites a="b"',
      '<testsuites><!-- "',
      '<testsuites><?x "',
    ]) {
      expect(codes(await readText(`${cut}>`)), cut).not.toBe('accepted')
    }
  })

  it('refuses a million cases, and reads as many as it takes', async () => {
    const many = (count: number) => suite(CASE.repeat(count))
    expect(codes(await readText(many(1_000_000)))).toEqual(['record/test-report-limit'])
    expect(codes(await readText(many(LIMITS.testCasesMax)))).toBe('accepted')
    expect(codes(await readText(suite('<property/>'.repeat(LIMITS.testCasesMax * 5))))).toEqual([
      'record/test-report-limit',
    ])
  })
})

describe('the numbers of JUnit XML', () => {
  const failing = '<testcase name="b"><failure/></testcase>'
  const skipped = '<testcase name="c"><skipped/></testcase>'

  it.each([
    ['tests="3" failures="1" errors="0" skipped="1" disabled="0"', CASE + failing + skipped],
    // GoogleTest counts what it did not run as disabled.
    ['tests="2" skipped="0" disabled="1"', `${CASE}<testcase name="c" status="notrun"/>`],
    // pytest has two cases for a test that failed, and failed again while it was taken down.
    [
      'tests="1" failures="1" errors="1"',
      '<testcase name="a"><failure/></testcase><testcase name="a"><error/></testcase>',
    ],
    // Some count each failure of a case, and what failed outside of it.
    [
      'tests="1" failures="3" errors="2"',
      '<testcase name="a"><failure/><failure/><error/></testcase><failure/><error/>',
    ],
  ])('agree where they are %s', async (attributes, content) => {
    expect(codes(await readText(suite(content, `name="s" ${attributes}`)))).toBe('accepted')
  })

  it.each([
    ['tests="4"', 'Expected the attribute tests as the cases show it, which is 3, found "4"'],
    ['failures="0"', 'Expected the attribute failures as the cases show it, which is 1, found "0"'],
    ['errors="1"', 'Expected the attribute errors as the cases show it, which is 0, found "1"'],
    [
      'skipped="0x1"',
      'Expected the attribute skipped as the cases show it, which is 1, found "0x1"',
    ],
    ['disabled="2"', 'Expected the attribute disabled as the cases show it, which is 1, found "2"'],
    [
      'disabled="no"',
      'Expected the attribute disabled as the cases show it, which is 1, found "no"',
    ],
  ])('contradict the cases where they are %s', async (attribute, message) => {
    const content = CASE + failing + skipped
    const inner = await readText(suite(content, `name="s" ${attribute}`))
    expect(inner).toMatchObject({
      problems: [{ code: 'record/test-report-contradiction', message, at: 's' }],
    })
    const outer = await readText(
      `<testsuites ${attribute}>${suite(content).slice('<testsuites>'.length)}`,
    )
    expect(outer).toMatchObject({ problems: [{ message }] })
  })

  it('may be told by Node in comments, behind the last case alone', async () => {
    const words = '<!-- fail 1 -->'
    expect(codes(await readText(`<testsuites>${failing}${words}</testsuites>`))).toBe('accepted')
    expect(codes(await readText(`<testsuites>${CASE}${words}</testsuites>`))).toEqual([
      'record/test-report-contradiction',
    ])
    const quoted = `<testcase name="a"><system-out><![CDATA[${words}]]></system-out></testcase>`
    expect(codes(await readText(`<testsuites>${quoted}</testsuites>`))).toBe('accepted')
  })
})
