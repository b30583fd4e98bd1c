/**
 * The TLS 1.3 handshake (RFC 8446): what its client and its server have in common once the hellos agree.
 * The same for every cipher suite, group and certificate, but for the objects chosen by them.
 * May use {@code handshake} and what that may use, and {@code compression}; never another family.
 */
package org.almosttls.handshake.tls13;
