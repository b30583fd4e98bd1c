/**
 * The client of a TLS 1.2 handshake from ServerHello on (RFC 5246 §7.3), one class per state.
 * Slow work is delegated; a state that delegates is resumed with what the work came to.
 * May use {@code handshake.tls12}, {@code handshake} and what that may use.
 *
 * <pre>
 * WaitCertificate ──Certificate→ WaitCertificateStatus (if promised) ──[CertificateStatus]→
 *                 ──verified→ WaitServerKeyExchange (ECDHE) ──ServerKeyExchange, verified→
 * WaitCertificateRequest ──CertificateRequest→ WaitServerHelloDone ──ServerHelloDone→
 *     send [Certificate], ClientKeyExchange, [CertificateVerify], ChangeCipherSpec, Finished →
 * [WaitNewSessionTicket →] WaitChangeCipherSpec → WaitFinished → Connected
 *
 * resumed: [WaitNewSessionTicket →] WaitChangeCipherSpec → WaitResumedFinished: send ChangeCipherSpec, Finished → Connected
 *
 * again: Connected ──HelloRequest, or at will: send ClientHello→ WaitConsent around the hellos' state, then as before
 *                                                                            ──no_renegotiation→ Connected
 * </pre>
 *
 * <p>Static RSA goes from WaitCertificate to WaitCertificateRequest, which takes ServerHelloDone as well.
 */
package org.almosttls.handshake.tls12.client;
