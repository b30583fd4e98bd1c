/**
 * The TLS 1.2 handshake (RFC 5246): what its client and its server have in common once the hellos agree.
 * The same for every cipher suite, but for the objects chosen by it.
 * May use {@code handshake} and what that may use; never another family.
 */
package org.almosttls.handshake.tls12;
