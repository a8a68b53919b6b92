// The most memory that this process has held. Not `maxRSS`: that begins at what the parent held when it forked.

import { readFileSync } from 'node:fs'

/** In KiB. */
export function readPeakKibibytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kibibytes)
}

// As a preload it tells the peak when the process ends.
if (process.env['ASSAY_BENCH_PEAK'] === 'tell') {
  process.on('exit', () => process.stderr.write(`PEAK ${readPeakKibibytes()}`))
}
