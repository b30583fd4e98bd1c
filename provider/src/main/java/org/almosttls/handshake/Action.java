package org.almosttls.handshake;

import java.util.List;
import java.util.function.Supplier;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.KeyExporter;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.event.TlsEvent;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.Aligned;
import org.almosttls.record.NextProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordVersions;

/** Something that a state wants its connection to do. */
public sealed interface Action {

    /** Sends a handshake message. */
    record Send(EncodedMessage message) implements Action {}

    /** Sends ChangeCipherSpec, in a record of its own. */
    record SendChangeCipherSpec() implements Action {}

    /** Sends an alert of level warning; the connection goes on. */
    record Warn(AlertDescription description) implements Action {}

    /** Reads what comes from now on under these keys. */
    record ProtectReads(RecordProtection protection, Aligned proof) implements Action {}

    /** Sends what is sent from now on under these keys. */
    record ProtectWrites(RecordProtection protection) implements Action {}

    /** RFC 8446 §4.6.3: the same once data flows, which it goes on to do. */
    record UpdateReads(RecordProtection protection, Aligned proof) implements Action {}

    /** From now on the keys that are sent under can be renewed; taken over. */
    record RenewWrites(NextProtection following) implements Action {}

    /** RFC 8446 §4.6.3: says KeyUpdate and renews the keys that are sent under, unless that is about to be done. */
    record UpdateWrites(boolean requestsToo) implements Action {}

    /** Decodes the messages to come by this table. */
    record Decode(HandshakeDecoder decoder) implements Action {}

    /** From now on records carry exactly this version (RFC 5246 §E.1). */
    record FixRecordVersion(int version) implements Action {}

    /** From now on records that are not protected are sent with this version, and taken with any (RFC 8446 §5.1). */
    record FixSentVersion(int version) implements Action {}

    /** The first record is of one of these (AlmostTLSv1 §2), whether it is still to come or has come. */
    record ExpectRecords(RecordVersions versions) implements Action {}

    /** RFC 8446 §4.2.10: until another hello comes, passes over early data that comes before it. */
    record SkipEarlyData() implements Action {}

    /** RFC 8446 §4.2.10: sends this before the handshake is done. */
    record SendEarlyData(byte[] data) implements Action {}

    /** RFC 8446 §4.2.10: takes so many octets of early data, until the keys change. */
    record TakeEarlyData(long most) implements Action {}

    /** From now on records of either end hold at most so many octets of plaintext (RFC 6066 §4). */
    record LimitRecords(int plaintext) implements Action {}

    /** From now on this end's records hold at most so many octets of plaintext (RFC 8449 §4). */
    record LimitSent(int plaintext) implements Action {}

    /**
     * What is agreed on heartbeats from now on (RFC 6520).
     *
     * @param takes whether they may come
     * @param asks whether they may be sent too
     */
    record Beat(boolean takes, boolean asks) implements Action {}

    /** From now on says what is wrong, or over, as this family does. */
    record UseAlerts(AlertProtocol alerts) implements Action {}

    /**
     * RFC 8446 §4.6.2: sends handshake messages with nothing between them, unless this end has said that it sends no more.
     * They are made only then, as one of them depends on the keys that are sent under just then.
     */
    record Answer(Supplier<List<EncodedMessage>> messages) implements Action {}

    /**
     * Has slow work done off the connection's locks; nothing is received until it is.
     *
     * @param aside whether data is, since it may take somebody's decision
     */
    record Delegate(Work work, boolean aside) implements Action {}

    /** RFC 8446 §4.6.2: no data comes until {@link Identify}. */
    record AwaitProof() implements Action {}

    /** RFC 8446 §4.6.2: the client has been asked who it is and has answered; the session is this one from now on. */
    record Identify(NegotiatedSession session) implements Action {}

    /** Erases what the actions before this one have needed; also if one of them fails. */
    record Erase(Completion secrets) implements Action {}

    /** From now on the connection's failure is that of the session of this id too (RFC 5246 §7.2.2). */
    record Associate(byte[] sessionId) implements Action {}

    /** Has the store keep a copy of the session; what is in here is erased in any case. */
    record Keep(ResumableSession session) implements Action {}

    /** From now on keys for applications come from there (RFC 5705); taken over. */
    record Export(KeyExporter exporter) implements Action {}

    /** Tells the listeners. */
    record Report(TlsEvent event) implements Action {}

    /** The handshake is finished: application data may flow both ways. */
    record Establish(NegotiatedSession session) implements Action {}

    /** Another handshake is under way or asked for, while application data goes on to flow (RFC 5246 §6.2.1). */
    record Reopen() implements Action {}

    /** That handshake is not to be; everything stays as it was. */
    record Settle() implements Action {}

    /** Slow work: path validation, private-key operations, choice of credentials. Holds only what it owns. */
    @FunctionalInterface
    interface Work {
        Completion run() throws TlsAlertException;
    }
}
