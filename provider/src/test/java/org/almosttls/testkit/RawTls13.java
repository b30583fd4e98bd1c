package org.almosttls.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.keyschedule.KnownTrafficSecret;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.record.RecordPadding;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.Tls13Protections;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;

/** Says whatever it likes under the keys that an end of a TLS 1.3 connection has told its listener. */
public final class RawTls13 {

    private static final int ROOM = 1 << 15;

    private final RecordProtection sealing;

    private RawTls13(RecordProtection sealing) {
        this.sealing = sealing;
    }

    /** In the place of the end that has just got these keys, before it has said anything. */
    public static RawTls13 under(String label, End teller, CipherSuite suite) {
        var crypto = PerOperationBackend.platform();
        var known = Tls13Suite.of(suite).orElseThrow();
        var told = teller.events()
                .all(SecretDerived.class)
                .filter(secret -> secret.label().equals(label))
                .findFirst()
                .orElseThrow();
        try (var secret = KnownTrafficSecret.of(crypto, known.hash(), told.secret());
                var keys = secret.recordKeys(known)) {
            return new RawTls13(new Tls13Protections(known, crypto).sealing(keys, RecordPadding.NONE));
        }
    }

    public byte[] seal(ContentType type, byte... content) throws TlsAlertException {
        var network = ByteBuffer.allocate(ROOM);
        sealing.seal(type, ByteBuffer.wrap(content), network);
        return Arrays.copyOf(network.array(), network.position());
    }

    public byte[] seal(HandshakeMessage message) throws TlsAlertException {
        return seal(ContentType.HANDSHAKE, EncodedMessage.of(message).bytes());
    }
}
