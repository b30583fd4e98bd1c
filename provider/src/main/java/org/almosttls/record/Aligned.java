package org.almosttls.record;

/**
 * Proof that no handshake message is half received, without which the read keys cannot change (RFC 5246 §7.1). Only
 * {@link HandshakeReassembler} makes one.
 */
public final class Aligned {

    Aligned() {}
}
