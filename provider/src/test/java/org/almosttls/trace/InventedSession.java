package org.almosttls.trace;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.RecordSizes;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Traffic;
import org.almosttls.event.TlsEventListener;
import org.almosttls.message.Certificate;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Samples;

/** A session whose events a test tells one by one; its clock goes on by one millisecond with each event. */
final class InventedSession {

    private final TlsEventListener listener;
    private final ConnectionId id;
    private final Role role;
    private final SteppingClock clock = new SteppingClock();

    private InventedSession(TlsEventListener listener, Role role, long number) {
        this.listener = listener;
        this.role = role;
        this.id = new ConnectionId(number);
    }

    /** A client, connection 7, that has just begun. */
    static InventedSession client(TlsEventListener listener) {
        return begin(listener, Role.CLIENT, 7);
    }

    static InventedSession server(TlsEventListener listener) {
        return begin(listener, Role.SERVER, 7);
    }

    static InventedSession begin(TlsEventListener listener, Role role, long number) {
        var session = new InventedSession(listener, role, number);
        var local = Optional.of(new Endpoint("127.0.0.1", role == Role.CLIENT ? 40000 : 8443));
        var peer = Optional.of(new Endpoint("127.0.0.1", role == Role.CLIENT ? 8443 : 40000));
        return session.tell(new TlsEvent.Opened(Synthetic.config(role, session.clock), local, peer));
    }

    /** One that begins with this event. */
    static InventedSession begin(TlsEventListener listener, TlsEvent.Opened opened) {
        return new InventedSession(listener, opened.config().role(), 7).tell(opened);
    }

    InventedSession tell(TlsEvent event) {
        listener.on(new Moment(id, clock.now(), clock.nanoTime()), event);
        clock.step();
        return this;
    }

    InventedSession says(Role by, HandshakeMessage message) {
        var direction = by == role ? Direction.SENT : Direction.RECEIVED;
        return tell(new TlsEvent.MessageTransferred(
                direction, message, EncodedMessage.of(message).bytes()));
    }

    InventedSession hellos() {
        return says(Role.CLIENT, Samples.clientHello()).says(Role.SERVER, Samples.serverHello());
    }

    InventedSession shows(Role by, X509Certificate... chain) {
        return says(
                by,
                new Certificate(
                        List.of(chain).stream().map(InventedSession::encoded).toList()));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    InventedSession completes(List<X509Certificate> serverChain, List<X509Certificate> clientChain) {
        return tell(new TlsEvent.HandshakeCompleted(new NegotiatedSession(
                ProtocolVersion.TLS_1_2,
                Synthetic.ECDHE_RSA,
                new byte[0],
                clock.now(),
                Optional.of(NamedGroup.X25519),
                Optional.of(SignatureScheme.RSA_PSS_RSAE_SHA256),
                List.of(),
                true,
                RecordSizes.MAX_PLAINTEXT,
                CompressionMethod.NULL,
                role == Role.CLIENT ? serverChain : clientChain,
                role == Role.CLIENT ? clientChain : serverChain,
                List.of("localhost"),
                Optional.of("h2"),
                List.of())));
    }

    /** An ordinary session until its data has flowed. */
    InventedSession established() {
        var chain = List.of(Synthetic.certificate("server"), Synthetic.certificate("ca"));
        return hellos().completes(chain, List.of());
    }

    InventedSession alert(Direction direction, AlertDescription description) {
        return tell(new TlsEvent.AlertTransferred(direction, AlertLevel.FATAL, description));
    }

    InventedSession fails(TlsAlertException cause) {
        tell(new TlsEvent.Failed(cause));
        return alert(Direction.SENT, cause.violation().alert());
    }

    InventedSession closes(Ending ending) {
        return tell(new TlsEvent.Closed(ending, new Traffic(120, 3400, 2, 3)));
    }
}
