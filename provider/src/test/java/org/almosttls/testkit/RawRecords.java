package org.almosttls.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.handshake.tls12.Tls12Rules;
import org.almosttls.keyschedule.KeyBlock;
import org.almosttls.keyschedule.Tls12MasterSecret;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.Tls12Protections;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;

/** A client after its handshake that says whatever it likes under its keys, and reads what the server says. */
public final class RawRecords {

    private static final int HEADER = 5;

    private final RecordProtection sealing;
    private final RecordProtection opening;

    private RawRecords(RecordProtection sealing, RecordProtection opening) {
        this.sealing = sealing;
        this.opening = opening;
    }

    /** Does the handshake of this pair, and then takes the place of its client. */
    public static RawRecords ofClient(ConnectionPair pair) throws TlsAlertException, PeerAlertException {
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        // The secret is erased when the handshake ends.
        var keys = Keys.of(pair);
        pair.handshake();
        var raw = new RawRecords(keys.sealing(Role.CLIENT), keys.opening(Role.SERVER));
        raw.passOverFinished(keys.sealing(Role.SERVER));
        return raw;
    }

    /**
     * What protects what {@code writer} says, from its first record under the keys: what an end knows of its own
     * connection lets it seal whatever it likes. The client has sent all it has to send of its handshake, and its secret is still there.
     */
    public static RecordProtection sealing(ConnectionPair pair, Role writer) {
        return Keys.of(pair).sealing(writer);
    }

    private record Keys(Tls12Protections protections, KeyBlock block) {

        static Keys of(ConnectionPair pair) {
            var derived =
                    pair.client().events().all(SecretDerived.class).findFirst().orElseThrow();
            return of(pair, Secret.owning(derived.secret().bytes().clone()));
        }

        private static Keys of(ConnectionPair pair, Secret secret) {
            var ours = first(pair.client(), ClientHello.class);
            var theirs = first(pair.client(), ServerHello.class);
            var suite = Tls12Suite.of(theirs.cipherSuite()).orElseThrow();
            var rules = Tls12Rules.of(theirs.legacyVersion()).orElseThrow();
            var crypto = PerOperationBackend.platform();
            var master = Tls12MasterSecret.resumed(rules.prf(crypto, suite), secret);
            int version = theirs.legacyVersion().code();
            return new Keys(
                    new Tls12Protections(version, suite, false, crypto, new FixedRandomness(5)),
                    master.keyBlock(suite, ours.random(), theirs.random()));
        }

        RecordProtection sealing(Role writer) {
            return protections.sealing(block.writtenBy(writer));
        }

        RecordProtection opening(Role writer) {
            return protections.opening(block.writtenBy(writer));
        }
    }

    private static <M extends HandshakeMessage> M first(End end, Class<M> kind) {
        return end.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Record 0 of each direction was Finished. */
    private void passOverFinished(RecordProtection ofServer) throws TlsAlertException {
        seal(ContentType.HANDSHAKE, new byte[16]);
        open(sealed(ofServer, ContentType.HANDSHAKE, new byte[16]));
    }

    /** A record of the client's with this content, which may be longer than any that it should send. */
    public byte[] seal(ContentType type, byte[] content) throws TlsAlertException {
        return sealed(sealing, type, content);
    }

    private static byte[] sealed(RecordProtection by, ContentType type, byte[] content) throws TlsAlertException {
        var network = ByteBuffer.allocate(by.sealedLength(content.length));
        by.seal(type, ByteBuffer.wrap(content), network);
        return Arrays.copyOf(network.array(), network.position());
    }

    /** The content of the server's next record. */
    public byte[] open(byte[] record) throws TlsAlertException {
        var fragment = ByteBuffer.wrap(record).position(HEADER);
        var type = ContentType.of(record[0]);
        var content = ByteBuffer.allocate(opening.openedBound(fragment.remaining()));
        opening.open(type.orElseThrow(), fragment.getShort(1) & 0xFFFF, fragment, content);
        return Arrays.copyOf(content.array(), content.position());
    }
}
