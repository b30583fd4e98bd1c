/**
 * The client's side of the hellos: {@code Start} sends ClientHello, {@code WaitServerHello} takes the answer.
 * May use the families' client rooms and all that they may use.
 *
 * <pre>
 * Start ──ClientHello→ WaitServerHello ──ServerHello (1.3)→ tls13.client.WaitHandshakeKeys
 *                                      ──HelloRetryRequest (1.3)→ tls13.client.WaitSecondServerHello
 *                                      ──ServerHello (1.2)→ tls12.client.WaitCertificate
 *                                      ──ServerHello (1.2) that resumes→ tls12.client.WaitChangeCipherSpec
 * </pre>
 */
package org.almosttls.handshake.hello.client;
