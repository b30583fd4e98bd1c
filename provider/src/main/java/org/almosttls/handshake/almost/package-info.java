/**
 * AlmostTLSv1, the textbook protocol (docs/almost-tls-v1.md): what Bob, the client, and Alice, the server, have in common.
 * Hello, certificate, encrypted master secret; four keys; data. No negotiation, no nonces, no Finished, no closure.
 * May use {@code handshake} and what that may use; never another family.
 */
package org.almosttls.handshake.almost;
