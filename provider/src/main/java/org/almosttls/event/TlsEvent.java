package org.almosttls.event;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Clock;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.Secret;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Role;

/** Something that happened on a connection. */
public sealed interface TlsEvent {

    /**
     * The connection begins; first event of each.
     *
     * @param config what this end wants; its judges and credentials are not for listeners to call
     */
    record Opened(TlsConfig config, Optional<Endpoint> local, Optional<Endpoint> peer) implements TlsEvent {}

    /**
     * A connection of another stack, which is only watched, begins; then the first event of it.
     *
     * @param provider whose stack it is
     * @param allowed what this end says that it may agree to; a client says it in its ClientHello, and may not be asked
     * @param account what of all that follows but the end is not told to listeners that do not want it at once
     */
    record Watched(
            String provider,
            Role role,
            Optional<Endpoint> local,
            Optional<Endpoint> peer,
            Optional<Allowed> allowed,
            Account account,
            Clock clock)
            implements TlsEvent {}

    /** What another stack is set up for, as far as it says; by the platform's names, in its order of preference. */
    record Allowed(List<String> versions, List<String> cipherSuites, List<String> applicationProtocols) {}

    /** The ends of the transport of a connection that is only watched were found later than it began. */
    record Located(Optional<Endpoint> local, Optional<Endpoint> peer) implements TlsEvent {}

    /** What nobody can know who only watches, by the names of the session log's fields; may be told more than once. */
    record Hidden(List<String> fields) implements TlsEvent {}

    /** A whole handshake message went over the wire; {@code bytes} include its header. */
    record MessageTransferred(Direction direction, HandshakeMessage message, byte[] bytes) implements TlsEvent {}

    /**
     * A handshake message went over the wire, or began to, that is not decoded; what it says is not known.
     *
     * @param header its first four octets, or what came of them
     * @param octets how many came of all of it
     * @param why the rule that it breaks; empty if the rest did not come, or nobody here knows how it is read
     */
    record MessageUndecoded(Direction direction, byte[] header, int octets, Optional<TlsAlertException> why)
            implements TlsEvent {

        public static final int HEADER_LENGTH = 4;

        /** Of a message that is whole. */
        public static MessageUndecoded of(Direction direction, byte[] message, Optional<TlsAlertException> why) {
            return new MessageUndecoded(direction, Arrays.copyOf(message, HEADER_LENGTH), message.length, why);
        }
    }

    /** A ChangeCipherSpec went over the wire. */
    record ChangeCipherSpecTransferred(Direction direction) implements TlsEvent {}

    /**
     * A secret exists; told before anything is protected by it. Labels are those of RFC 9850, and for AlmostTLSv1 the
     * textbook's, with no random beside them.
     */
    record SecretDerived(String label, byte[] clientRandom, Secret secret) implements TlsEvent {}

    /** What is sent or received from now on is protected by new keys. */
    record KeysChanged(Direction direction) implements TlsEvent {}

    /** The handshake is finished. */
    record HandshakeCompleted(NegotiatedSession session) implements TlsEvent {}

    /** RFC 8446 §4.6.2: the client was asked after the handshake who it is, and has answered, if only that it does not say. */
    record ClientIdentified(NegotiatedSession session) implements TlsEvent {}

    /**
     * A record went over the wire. Only for who wants {@code Kind.RECORD}.
     *
     * @param header what anybody sees of it
     * @param content the type of what is in it, if that is known
     * @param place which one it is, if that is known; empty where nobody counts
     */
    record RecordTransferred(Direction direction, Header header, Optional<ContentType> content, Optional<Place> place)
            implements TlsEvent {}

    /**
     * What is in front of a fragment, and whether that is protected.
     *
     * @param length of the fragment
     */
    record Header(ContentType type, int version, int length, boolean isProtected) {}

    /**
     * RFC 8446 §5.3: where a record stands.
     *
     * @param keys how often this direction has turned to new keys before it
     * @param sequence its number under these keys, from 0 on
     */
    record Place(int keys, long sequence) {}

    /** An alert went over the wire. */
    record AlertTransferred(Direction direction, AlertLevel level, AlertDescription description) implements TlsEvent {}

    /**
     * RFC 6520 §2: heartbeats may come from the peer from now on.
     *
     * @param mayAsk whether the peer allows them to be sent to it
     */
    record HeartbeatsAgreed(boolean mayAsk) implements TlsEvent {}

    /** A heartbeat message went over the wire, or waits to. */
    record HeartbeatTransferred(Direction direction, Heartbeat kind) implements TlsEvent {}

    /** Which heartbeat message. */
    enum Heartbeat {
        REQUEST,
        RESPONSE,
        /** One that is no good, or that nobody awaits, which is passed over. */
        DISCARDED
    }

    /** This end noticed a violation, by the peer or of its own; its alert, if it can be sent, follows. */
    record Failed(TlsAlertException cause) implements TlsEvent {}

    /** The connection is over; last event of each. */
    record Closed(Ending ending, Traffic traffic) implements TlsEvent {}

    /** How a connection ended. */
    enum Ending {
        /** Both ends said close_notify, or this end did and the peer then closed the transport. */
        CLOSE_NOTIFY,
        /** The transport ended without the peer's close_notify: data may be missing (RFC 5246 §7.2.1). */
        TRUNCATED,
        /** A fatal alert came. */
        ALERT_RECEIVED,
        /** This end noticed a violation. */
        FAILED,
        /** The transport failed, or was closed by this end, without any of the above. */
        ABANDONED,
        /** This end closed the transport, in a protocol without closure. */
        TRANSPORT_CLOSED,
        /** The transport ended between two records, in a protocol without closure: nobody knows if data is missing. */
        TRANSPORT_ENDED
    }

    /** Application data of a connection: octets of plaintext and records, each way. */
    record Traffic(long bytesSent, long bytesReceived, long recordsSent, long recordsReceived) {}
}
