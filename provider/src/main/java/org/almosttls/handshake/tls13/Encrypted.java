package org.almosttls.handshake.tls13;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Transition;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.Finished;
import org.almosttls.record.CompatibleProtection;
import org.almosttls.record.PlainAlertProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.SkippingProtection;
import org.almosttls.registry.Role;

/** A handshake whose messages are encrypted; what is left is to prove who is who, and that both saw the same. */
public record Encrypted(Agreement agreement, HandshakeKeys keys, Transcript transcript) implements AutoCloseable {

    public Encrypted plus(byte[] message) {
        return at(transcript.plus(message));
    }

    /** As far as {@code seen}. */
    public Encrypted at(Transcript seen) {
        return new Encrypted(agreement, keys, seen);
    }

    public Seen seen() {
        return new Seen(agreement, transcript);
    }

    public Encrypted with(Agreement known) {
        return new Encrypted(known, keys, transcript);
    }

    /** RFC 9850 §2.1: the labels of a key log. */
    public Transition toldBy(Transition transition) {
        return transition
                .report(agreement.told(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET", keys.client().secret()))
                .report(agreement.told(
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET", keys.server().secret()));
    }

    /** For what this end sends. */
    public RecordProtection sealing(Role sender) {
        return agreement.sealing(keys.of(sender));
    }

    /** For what the server sends: RFC 8446 §5 lets ChangeCipherSpec come in between as it is. */
    public RecordProtection openingServers() {
        return new CompatibleProtection(agreement.opening(keys.of(Role.SERVER)));
    }

    /** For what the client sends, who may refuse the server before it has keys. */
    public RecordProtection openingClients() {
        return new CompatibleProtection(new PlainAlertProtection(agreement.opening(keys.of(Role.CLIENT))));
    }

    /** The same where early data may come first that is not wanted (RFC 8446 §4.2.10). */
    public RecordProtection openingAfterEarlyData() {
        return new CompatibleProtection(
                new PlainAlertProtection(SkippingProtection.of(() -> agreement.opening(keys.of(Role.CLIENT)))));
    }

    /** RFC 8446 §4.4.4: over all messages so far, the Finished itself excepted. */
    public Finished finished(Role sender) {
        try (var key = keys.of(sender).finishedKey()) {
            return new Finished(key.verifyData(seen().hash()));
        }
    }

    /** RFC 8446 §4.4.4: whoever receives Finished must verify that its contents are correct. */
    public void requireCorrect(Finished finished, Role sender) throws TlsAlertException {
        try (var key = keys.of(sender).finishedKey()) {
            Violation.WRONG_FINISHED.unless(key.verifies(seen().hash(), finished.verifyData()));
        }
    }

    /** What comes once the server's Finished is the last message of the transcript. */
    public ApplicationKeys applicationKeys() {
        return ApplicationKeys.derive(agreement, keys, transcript);
    }

    @Override
    public void close() {
        keys.close();
    }
}
