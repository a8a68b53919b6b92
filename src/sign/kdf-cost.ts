// What a passphrase may cost to try: a key file from elsewhere names its own parameters, and could name a year of work.

import { type Result, accept, refuse } from '../core/index.ts'
import type { SignProblem } from './problem.ts'

/** RFC 7914: N is the cost, r the block size, p the parallelism. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** RFC 7914 with 16 MiB: openssl and Node refuse to read PKCS#8 that needs more than 32 MiB. */
export const SCRYPT_COST: ScryptCost = { N: 16_384, r: 8, p: 5 }

/** 128 MiB, and about eight times the work of our own keys. */
const SCRYPT_MAX = { bytes: 128 * 1024 * 1024, work: 5_242_880 } as const

/** About as long. */
const PBKDF2_ITERATIONS_MAX = 10_000_000

/** The same parameters, when trying a passphrase with them is affordable. */
export function judgeScryptCost({ N, r, p }: ScryptCost): Result<ScryptCost, SignProblem> {
  const whole = [N, r, p].every((value) => Number.isSafeInteger(value) && value > 0)
  // RFC 7914 section 2: N is a power of two, and larger than one.
  const powerOfTwo = whole && N > 1 && Number.isInteger(Math.log2(N))
  if (powerOfTwo && 128 * N * r <= SCRYPT_MAX.bytes && N * r * p <= SCRYPT_MAX.work) {
    return accept({ N, r, p })
  }
  return tooCostly('scrypt')
}

/** The same number of rounds, when it is affordable. */
export function judgePbkdf2Cost(iterations: number | undefined): Result<number, SignProblem> {
  const allowed = iterations !== undefined && iterations > 0 && iterations <= PBKDF2_ITERATIONS_MAX
  return allowed ? accept(iterations) : tooCostly('PBKDF2')
}

function tooCostly(kdf: string): Result<never, SignProblem> {
  return refuse({
    code: 'sign/kdf-cost',
    message: `Expected ${kdf} parameters of a reasonable cost, found others`,
    hint: 'Encrypt the key again, with the parameters that its tool uses by default',
  })
}
