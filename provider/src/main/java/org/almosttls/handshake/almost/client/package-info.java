/**
 * Bob, the client of AlmostTLSv1 (docs/almost-tls-v1.md §3), one class per state.
 * Slow work is delegated; a state that delegates is resumed with what the work came to.
 * May use {@code handshake.almost}, {@code handshake} and what that may use.
 *
 * <pre>
 * SayHello ──Hello→ WaitCertificate ──Certificate, verified→ send EncryptedMasterSecret → Connected
 * </pre>
 */
package org.almosttls.handshake.almost.client;
