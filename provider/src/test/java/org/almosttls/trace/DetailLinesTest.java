package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Heartbeat;
import org.almosttls.event.TlsEvent.HeartbeatTransferred;
import org.almosttls.event.TlsEvent.KeysChanged;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extensions;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HelloRequest;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.Samples13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of each message of each version, as reviewed; order and content are those of samples, not of a peer. */
class DetailLinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Consumer<InventedSession>> HANDSHAKES = Map.of(
            "tls13", DetailLinesTest::tls13,
            "early", DetailLinesTest::early,
            "tls12", DetailLinesTest::tls12,
            "tls11", DetailLinesTest::tls11,
            "almost", DetailLinesTest::almost);

    private static void tls13(InventedSession session) {
        session.says(Role.CLIENT, Samples13.clientHello())
                .says(Role.SERVER, Samples13.helloRetryRequest())
                .tell(new ChangeCipherSpecTransferred(Direction.SENT))
                .says(Role.CLIENT, Samples13.clientHello())
                .says(Role.SERVER, Samples13.serverHello())
                .tell(new KeysChanged(Direction.RECEIVED));
        for (var type : List.of(
                HandshakeType.ENCRYPTED_EXTENSIONS,
                HandshakeType.CERTIFICATE_REQUEST,
                HandshakeType.CERTIFICATE,
                HandshakeType.COMPRESSED_CERTIFICATE,
                HandshakeType.CERTIFICATE_VERIFY,
                HandshakeType.FINISHED)) session.says(Role.SERVER, Samples13.of(type));
        session.tell(new KeysChanged(Direction.RECEIVED))
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.CLIENT, Samples13.of(HandshakeType.FINISHED))
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.SERVER, Samples13.of(HandshakeType.NEW_SESSION_TICKET))
                .says(Role.CLIENT, Samples13.of(HandshakeType.KEY_UPDATE))
                .tell(new KeysChanged(Direction.SENT))
                .alert(Direction.SENT, AlertDescription.INTERNAL_ERROR);
    }

    private static void early(InventedSession session) {
        session.says(Role.CLIENT, Samples13.clientHello())
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.SERVER, Samples13.serverHello())
                .tell(new KeysChanged(Direction.RECEIVED))
                .says(Role.SERVER, new EncryptedExtensions(Extensions.of(List.of(new EarlyData()))))
                .says(Role.SERVER, Samples13.of(HandshakeType.FINISHED))
                .tell(new KeysChanged(Direction.RECEIVED))
                .says(Role.CLIENT, Samples13.of(HandshakeType.END_OF_EARLY_DATA))
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.CLIENT, Samples13.of(HandshakeType.FINISHED));
    }

    private static void tls12(InventedSession session) {
        session.hellos().shows(Role.SERVER, Synthetic.certificate("server"));
        for (var type : List.of(
                HandshakeType.CERTIFICATE_STATUS,
                HandshakeType.SERVER_KEY_EXCHANGE,
                HandshakeType.CERTIFICATE_REQUEST,
                HandshakeType.SERVER_HELLO_DONE)) session.says(Role.SERVER, Samples.of(type));
        session.says(Role.SERVER, Samples.dheServerKeyExchange()).shows(Role.CLIENT);
        for (var exchange : KeyExchange.values()) session.says(Role.CLIENT, Samples.clientKeyExchange(exchange));
        session.says(Role.CLIENT, Samples.of(HandshakeType.CERTIFICATE_VERIFY))
                .tell(new ChangeCipherSpecTransferred(Direction.SENT))
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.CLIENT, Samples.of(HandshakeType.FINISHED))
                .says(Role.SERVER, Samples.of(HandshakeType.NEW_SESSION_TICKET))
                .tell(new ChangeCipherSpecTransferred(Direction.RECEIVED))
                .tell(new KeysChanged(Direction.RECEIVED))
                .says(Role.SERVER, Samples.of(HandshakeType.FINISHED))
                .tell(new HeartbeatTransferred(Direction.SENT, Heartbeat.REQUEST))
                .tell(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.RESPONSE))
                .tell(new HeartbeatTransferred(Direction.RECEIVED, Heartbeat.DISCARDED))
                .says(Role.SERVER, new HelloRequest())
                .says(Role.CLIENT, Samples.clientHello());
    }

    private static void tls11(InventedSession session) {
        var hello = Samples.serverHello();
        var exchange = (ServerKeyExchange) Samples.of(HandshakeType.SERVER_KEY_EXCHANGE);
        session.says(Role.CLIENT, Samples.clientHello())
                .says(
                        Role.SERVER,
                        new ServerHello(
                                ProtocolVersion.TLS_1_1,
                                hello.random(),
                                hello.sessionId(),
                                hello.cipherSuite(),
                                0,
                                hello.extensions()))
                .says(
                        Role.SERVER,
                        new ServerKeyExchange(exchange.params(), SignatureScheme.NOT_SAID, exchange.signature()))
                .says(Role.CLIENT, new CertificateVerify(SignatureScheme.NOT_SAID, new byte[] {1, 2, 3}))
                .tell(new KeysChanged(Direction.SENT))
                .says(Role.CLIENT, Samples.of(HandshakeType.FINISHED));
    }

    private static void almost(InventedSession session) {
        session.says(Role.CLIENT, Samples.of(HandshakeType.HELLO))
                .shows(Role.SERVER, Synthetic.certificate("server"))
                .says(Role.CLIENT, Samples.of(HandshakeType.ENCRYPTED_MASTER_SECRET))
                .tell(new KeysChanged(Direction.RECEIVED))
                .tell(new KeysChanged(Direction.SENT))
                .tell(new TlsEvent.AlertTransferred(
                        Direction.RECEIVED, AlertLevel.FATAL, AlertDescription.BAD_RECORD_MAC));
    }

    private static void play(Lines lines, String handshake) {
        lines.log().tell(Detail.HANDSHAKE);
        var session = InventedSession.client(lines.log());
        HANDSHAKES.get(handshake).accept(session);
        session.closes(Ending.ABANDONED);
    }

    private static String reviewed(String name) throws IOException {
        try (var in = DetailLinesTest.class.getResourceAsStream("golden/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls13", "early", "tls12", "tls11", "almost"})
    void aHandshakeIsToldToPeopleAsReviewed(String handshake) throws IOException {
        var lines = Lines.text();
        play(lines, handshake);
        var all = lines.all();
        var told = String.join("", all.subList(0, all.size() - 1));
        assertEquals(reviewed("detail-" + handshake + ".txt"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls13", "early", "tls12", "tls11", "almost"})
    void aHandshakeIsToldToMachinesAsReviewed(String handshake) throws IOException {
        var lines = Lines.json();
        play(lines, handshake);
        var told = new StringBuilder();
        for (String line : lines.all().subList(0, lines.all().size() - 1)) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            var node = (ObjectNode) JSON.readTree(line);
            ((ObjectNode) node.get("process")).put("pid", 1);
            told.append(node).append('\n');
        }
        assertEquals(reviewed("detail-" + handshake + ".jsonl"), told.toString());
    }
}
