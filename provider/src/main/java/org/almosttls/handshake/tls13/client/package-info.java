/**
 * The client of a TLS 1.3 handshake from ServerHello on (RFC 8446 §A.1), one class per state.
 * Slow work is delegated; a state that delegates is resumed with what the work came to.
 * May use {@code handshake.tls13}, {@code handshake} and what that may use.
 *
 * <pre>
 * [HelloRetryRequest: send ClientHello → WaitSecondServerHello ──ServerHello→]
 * WaitHandshakeKeys ──computed: send ChangeCipherSpec→ WaitEncryptedExtensions
 *     ──EncryptedExtensions where a pre-shared key is gone on from (§4.2.11)→ WaitFinished
 *     ──EncryptedExtensions→ WaitCertificateOrRequest
 * WaitCertificateOrRequest ──[CertificateRequest]→ WaitCertificate ──Certificate, verified→
 * WaitCertificateVerify ──CertificateVerify, verified→ WaitFinished ──Finished:
 *     send [EndOfEarlyData (§4.5)], [Certificate, [CertificateVerify]], Finished→ Connected
 *
 * Connected ──NewSessionTicket→ Connected
 *           ──KeyUpdate: [send KeyUpdate]→ Connected
 *           ──CertificateRequest, chosen: send Certificate, [CertificateVerify], Finished→ Connected
 * </pre>
 */
package org.almosttls.handshake.tls13.client;
