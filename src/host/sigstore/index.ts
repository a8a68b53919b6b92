export { obtainIdentityToken } from './identity-token.ts'
export { requestCertificate, requestLogEntry, requestTimestamp } from './services.ts'
