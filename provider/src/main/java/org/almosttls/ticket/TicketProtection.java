package org.almosttls.ticket;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/**
 * RFC 5077 §4: {@code key_name(16) iv(16) encrypted_state mac(32)}, AES-CBC and then HMAC-SHA-256 over all before it. A
 * fleet that shares a key draws IVs without knowing of each other's: here a random one may repeat, once in 2^64 tickets,
 * and gives away no more than that two states begin alike, where GCM would give away its key.
 */
final class TicketProtection {

    private static final int IV_LENGTH = 16;
    private static final int BLOCK = 16;
    private static final int MAC_LENGTH = 32;
    private static final int HEAD = TicketKey.NAME_LENGTH + IV_LENGTH;

    private final CryptoBackend crypto;

    TicketProtection(CryptoBackend crypto) {
        this.crypto = crypto;
    }

    /** Erases the state. */
    byte[] seal(TicketKey key, byte[] state, Randomness randomness) {
        int padding = BLOCK - state.length % BLOCK;
        var padded = Arrays.copyOf(state, state.length + padding);
        Arrays.fill(padded, state.length, padded.length, (byte) padding);
        Arrays.fill(state, (byte) 0);
        var iv = randomness.bytes(IV_LENGTH);
        var ticket = ByteBuffer.allocate(HEAD + padded.length + MAC_LENGTH);
        ticket.put(key.name()).put(iv);
        try (var cipher = crypto.aesCbc(Direction.SEAL, key.cipher())) {
            cipher.process(iv, ByteBuffer.wrap(padded), ticket);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
        return ticket.put(mac(key, ticket.array())).array();
    }

    /** Which key a ticket says it is under; nothing if it is too short to be one. */
    static Optional<byte[]> keyName(byte[] ticket) {
        int encrypted = ticket.length - HEAD - MAC_LENGTH;
        return encrypted > 0 && encrypted % BLOCK == 0
                ? Optional.of(Arrays.copyOf(ticket, TicketKey.NAME_LENGTH))
                : Optional.empty();
    }

    /** The state, for the caller to erase; nothing if the ticket is not as it was made under this key. */
    Optional<byte[]> open(TicketKey key, byte[] ticket) {
        try (var said = Secret.owning(Arrays.copyOfRange(ticket, ticket.length - MAC_LENGTH, ticket.length))) {
            if (!said.matches(mac(key, ticket))) return Optional.empty();
        }
        var iv = Arrays.copyOfRange(ticket, TicketKey.NAME_LENGTH, HEAD);
        var padded = new byte[ticket.length - HEAD - MAC_LENGTH];
        try (var cipher = crypto.aesCbc(Direction.OPEN, key.cipher())) {
            cipher.process(iv, ByteBuffer.wrap(ticket, HEAD, padded.length), ByteBuffer.wrap(padded));
            // Whoever has the key may have another idea of padding; nobody else comes this far.
            int padding = padded[padded.length - 1];
            return padding >= 1 && padding <= BLOCK
                    ? Optional.of(Arrays.copyOf(padded, padded.length - padding))
                    : Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /** Over all of the ticket but the MAC. */
    private byte[] mac(TicketKey key, byte[] ticket) {
        var mac = new byte[MAC_LENGTH];
        try (var hmac = crypto.hmac(HashAlgorithm.SHA256, key.mac())) {
            hmac.update(ticket, 0, ticket.length - MAC_LENGTH).tag(mac, 0);
        }
        return mac;
    }
}
