/**
 * The server of a TLS 1.3 handshake from ClientHello on (RFC 8446 §A.2), one class per state.
 * Slow work is delegated; a state that delegates is resumed with what the work came to.
 * May use {@code handshake.tls13}, {@code handshake} and what that may use.
 *
 * <pre>
 * WaitNegotiation ──no share in the chosen group: send HelloRetryRequest, ChangeCipherSpec→
 *                 WaitSecondClientHello ──ClientHello→ WaitNegotiation
 *               ──chosen: send ServerHello, ChangeCipherSpec, EncryptedExtensions, [CertificateRequest],
 *                 Certificate, CertificateVerify, Finished→
 *               ──goes on from a pre-shared key (§4.2.11): the same without the messages of certificates→
 * [WaitEndOfEarlyData ──EndOfEarlyData (§4.5)→]
 * [WaitCertificate ──Certificate, verified→ [WaitCertificateVerify ──CertificateVerify, verified→]]
 * WaitFinished ──Finished: [send NewSessionTicket]→ Connected
 *
 * Connected ──KeyUpdate: [send KeyUpdate]→ Connected
 *           ──this end wishes: send CertificateRequest→ Connected ──Certificate→ [WaitCertificate ──verified→
 *           WaitCertificateVerify ──CertificateVerify, verified→] WaitFinished ──Finished:
 *           [send NewSessionTicket]→ Connected
 * </pre>
 */
package org.almosttls.handshake.tls13.server;
