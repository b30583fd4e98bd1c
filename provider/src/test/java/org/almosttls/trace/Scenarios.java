package org.almosttls.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Heartbeat;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.HeartbeatsAgreed;
import org.almosttls.event.TlsEventListener;
import org.almosttls.message.CertificateRequest;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Samples;

/** Sessions that tests look at, by name. */
final class Scenarios {

    private static final Map<String, Consumer<TlsEventListener>> BY_NAME = new TreeMap<>(Map.of(
            "success",
            to -> InventedSession.client(to).established().closes(Ending.CLOSE_NOTIFY),
            "untrusted",
            to -> InventedSession.client(to)
                    .hellos()
                    .shows(Role.SERVER, Synthetic.certificate("server"))
                    .fails(Violation.CERTIFICATE_UNTRUSTED.exception("PKIX path building failed"))
                    .closes(Ending.FAILED),
            "peer-alert",
            to -> InventedSession.server(to)
                    .says(Role.CLIENT, Samples.clientHello())
                    .alert(Direction.RECEIVED, AlertDescription.INTERNAL_ERROR)
                    .closes(Ending.ALERT_RECEIVED),
            "truncated",
            to -> InventedSession.client(to).closes(Ending.TRUNCATED),
            "truncated-later",
            to -> InventedSession.client(to).established().closes(Ending.TRUNCATED),
            "no-client-certificate",
            Scenarios::noClientCertificate,
            "client-authenticated",
            Scenarios::clientAuthenticated,
            "malformed-certificate",
            Scenarios::malformedCertificate,
            "abandoned",
            to -> InventedSession.server(to).established().closes(Ending.ABANDONED)));

    static {
        BY_NAME.put("heartbeats", Scenarios::heartbeats);
    }

    private Scenarios() {}

    private static void heartbeats(TlsEventListener to) {
        InventedSession.client(to)
                .tell(new HeartbeatsAgreed(true))
                .established()
                .tell(new HeartbeatTransferred(Direction.SENT, Heartbeat.REQUEST))
                .tell(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.RESPONSE))
                .tell(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.REQUEST))
                .tell(new HeartbeatTransferred(Direction.SENT, Heartbeat.RESPONSE))
                .tell(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.DISCARDED))
                .tell(new HeartbeatTransferred(Direction.SENT, Heartbeat.REQUEST))
                .closes(Ending.CLOSE_NOTIFY);
    }

    static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    static void play(String name, TlsEventListener to) {
        BY_NAME.get(name).accept(to);
    }

    private static CertificateRequest request() {
        var authority = Synthetic.certificate("ca").getSubjectX500Principal().getEncoded();
        return new CertificateRequest(List.of(64), List.of(SignatureScheme.ECDSA_SECP256R1_SHA256), List.of(authority));
    }

    private static void noClientCertificate(TlsEventListener to) {
        InventedSession.client(to)
                .hellos()
                .shows(Role.SERVER, Synthetic.certificate("server"))
                .says(Role.SERVER, request())
                .shows(Role.CLIENT)
                .alert(Direction.RECEIVED, AlertDescription.HANDSHAKE_FAILURE)
                .closes(Ending.ALERT_RECEIVED);
    }

    private static void clientAuthenticated(TlsEventListener to) {
        var client = Synthetic.certificate("client");
        InventedSession.server(to)
                .hellos()
                .says(Role.SERVER, request())
                .shows(Role.CLIENT, client)
                .completes(List.of(Synthetic.certificate("server")), List.of(client))
                .closes(Ending.CLOSE_NOTIFY);
    }

    private static void malformedCertificate(TlsEventListener to) {
        InventedSession.client(to)
                .hellos()
                .says(Role.SERVER, Samples.of(HandshakeType.CERTIFICATE))
                .fails(Violation.CERTIFICATE_MALFORMED.exception())
                .closes(Ending.FAILED);
    }
}
