package org.almosttls.handshake.tls12;

import org.almosttls.registry.ProtocolVersion;

/**
 * What later messages need of the hellos themselves.
 *
 * @param clientVersion the version the client named, which leads an RSA premaster secret (RFC 5246 §7.4.7.1)
 * @param client the client's random, 32 octets
 * @param server the server's random, 32 octets
 */
public record HelloRandoms(ProtocolVersion clientVersion, byte[] client, byte[] server) {}
