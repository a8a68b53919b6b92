// One command of a record, for tests of what commands show.

/** A command that ended with that code and wrote nothing. */
export function ranCommand(name: string, exitCode = 0) {
  return {
    name,
    arguments: ['npm', 'run', name],
    folder: '.',
    startedAt: '2026-04-10T12:10:00Z',
    endedAt: '2026-04-10T12:10:40Z',
    exitCode,
    reports: [] as { name: string; sha256: string }[],
    missingReports: [] as string[],
  }
}
