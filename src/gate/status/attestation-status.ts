// What an attestation policy comes to: whether provenance with its claims is recorded, and whether all that it asks for is there.

import type { Counter } from '../counters.ts'

/**
 * An attestation policy, as it stands.
 *
 * @example { id: 'attestation_policy.lineage', fulfilment: 'recorded-not-fulfilled', isRecorded: true }
 */
export interface AttestationStatus {
  readonly id: string
  readonly fulfilment: 'fulfilled' | 'recorded-not-fulfilled' | 'defined-no-signed-records'
  /** The releases of all its targets have provenance with the claims that it asks for. */
  readonly isRecorded: boolean
}

/** Every attestation policy, as it was counted. */
export function attestationStatuses(counters: readonly Counter[]): readonly AttestationStatus[] {
  const counter = counters.find(({ name }) => name === 'attestation-policies')
  const which = (asked: string) =>
    (counter?.beside ?? []).filter(({ word }) => word === asked).flatMap(({ counted }) => counted)
  return (counter?.counted ?? []).map((id) => {
    const isRecorded = which('recorded').includes(id)
    const otherwise = isRecorded ? 'recorded-not-fulfilled' : 'defined-no-signed-records'
    const isFulfilled = isRecorded && which('fulfilled').includes(id)
    return { id, fulfilment: isFulfilled ? 'fulfilled' : otherwise, isRecorded }
  })
}
