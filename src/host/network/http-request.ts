// What is asked of a server, and what it answers: the one shape in which anything here uses the network.

/**
 * One question to one server.
 *
 * @example { url: 'https://fulcio.example/api/v2/signingCert', method: 'POST', contentType: 'application/json', body }
 */
export interface HttpRequest {
  /** `https:`; plain `http:` only for this machine (loopback). No login in it. */
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Of {@link body}. */
  readonly contentType?: string
  readonly body?: Uint8Array
  /** What may be answered: `application/json` where it is not said. */
  readonly accept?: string
  /** A bearer token: sent, and never shown. */
  readonly bearer?: string
  /** More texts that must not be shown, wherever a server repeats them. */
  readonly secrets?: readonly string[]
  /** Statuses that are an answer besides those of success, such as 404. */
  readonly statuses?: readonly number[]
  /** Of the answer; 1 MiB where it is not said. */
  readonly bytesMax?: number
  /** For all tries and the pauses between them; 60 s where it is not said. */
  readonly deadlineMs?: number
  /** For one try; 30 s where it is not said. */
  readonly tryTimeoutMs?: number
}

/** The answer, whole. */
export interface HttpResponse {
  readonly status: number
  readonly body: Uint8Array
  /** The header of that name: where the server says what it answers about. Never followed. */
  readonly location?: string
}
