/**
 * The server of a TLS 1.2 handshake from ClientHello on (RFC 5246 §7.3), one class per state.
 * Slow work is delegated; a state that delegates is resumed with what the work came to.
 * May use {@code handshake.tls12}, {@code handshake} and what that may use.
 *
 * <pre>
 * WaitSelection: send ServerHello, Certificate, [ServerKeyExchange], [CertificateRequest], ServerHelloDone →
 * WaitCertificate (if requested) → WaitClientKeyExchange → WaitCertificateVerify (if one came) →
 * WaitChangeCipherSpec → WaitFinished: send [NewSessionTicket], ChangeCipherSpec, Finished → Connected
 *
 * resumed: WaitSelection: send ServerHello, [NewSessionTicket], ChangeCipherSpec, Finished →
 * WaitChangeCipherSpec → WaitResumedFinished → Connected
 *
 * again: Connected ──ClientHello→ WaitSelection; or at will: send HelloRequest → WaitRenewal ──ClientHello→ WaitSelection
 *                                                                              ──no_renegotiation→ Connected
 * </pre>
 */
package org.almosttls.handshake.tls12.server;
