/**
 * OCSP responses for a server's own certificates (RFC 6960), fetched by HTTP and kept for a while, to be stapled.
 * May use {@code config}; beside {@code crypto.bc} the only room that imports {@code org.bouncycastle}, for its ASN.1.
 */
package org.almosttls.ocsp;
