// Short ways to read a report that a test writes down.

import { readTestReport, type TestReportOptions } from '../../../../src/record/observation/index.ts'

/** What the text comes to: the report, or its problems. */
export function readText(text: string, options: TestReportOptions = {}) {
  return readTestReport(Buffer.from(text), options)
}

/** A suite in JUnit's XML around this content. */
export function suite(content: string, attributes = 'name="s"'): string {
  return `<testsuites><testsuite ${attributes}>${content}</testsuite></testsuites>`
}

/** The lists of a report that was read, without those that are empty; or the codes and words of its problems. */
export async function listsOf(text: string, options: TestReportOptions = {}) {
  const report = await readText(text, options)
  if (!report.ok) return report.problems.map(({ code, message }) => `${code}: ${message}`)
  const { format: _, counts: __, replaced: ___, repository: ____, ...lists } = report.value
  return Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0))
}
