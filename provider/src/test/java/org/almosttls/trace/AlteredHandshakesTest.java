package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.MessageUndecoded;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a handshake that was recorded and altered everything is told that can be, and nothing else goes wrong. */
class AlteredHandshakesTest {

    private static final int ROUNDS = 40;
    private static final int HEADERS = 64;
    private static final List<ProtocolVersion> VERSIONS = List.of(
            ProtocolVersion.TLS_1_3, ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1, ProtocolVersion.ALMOST_1);
    private static final List<Class<? extends TlsEvent>> MESSAGES = List.of(
            MessageTransferred.class,
            MessageUndecoded.class,
            ChangeCipherSpecTransferred.class,
            AlertTransferred.class);

    private final Random random = new Random(8446);
    private final Lines json = Lines.json();
    private final Lines text = Lines.text();
    private boolean established;

    private static TlsConfig config(Role role, ProtocolVersion version) {
        if (version.equals(ProtocolVersion.ALMOST_1))
            return (role == Role.CLIENT ? TestConfig.bob() : TestConfig.alice()).build();
        var end = role == Role.CLIENT
                ? TestConfig.client(TestCertificates.ecClient())
                : TestConfig.server(TestCertificates.ecServer()).asking(ClientAuthentication.WANT);
        return version.equals(ProtocolVersion.TLS_1_3)
                ? Tls13.only(end).groups(NamedGroup.X25519).build()
                : end.versions(version).build();
    }

    /** All that this end is sent in a handshake without damage. */
    private static byte[] recorded(Role role, ProtocolVersion version) throws Exception {
        var client = new End(config(Role.CLIENT, version));
        var server = new End(config(Role.SERVER, version));
        var said = new ByteArrayOutputStream();
        boolean toClient = role == Role.CLIENT;
        while (ConnectionPair.carry(client, server, bytes -> noted(bytes, toClient ? null : said))
                | ConnectionPair.carry(server, client, bytes -> noted(bytes, toClient ? said : null))) continue;
        assertTrue(client.connection().session().isPresent());
        return said.toByteArray();
    }

    private static byte[] noted(byte[] bytes, ByteArrayOutputStream said) {
        if (said != null) said.writeBytes(bytes);
        return bytes;
    }

    private byte[] altered(byte[] recorded) {
        boolean cut = random.nextInt(4) == 0;
        byte[] altered = Arrays.copyOf(recorded, cut ? 1 + random.nextInt(recorded.length) : recorded.length);
        for (int i = cut ? 1 : 0; i < 1 + random.nextInt(3); i++)
            altered[random.nextInt(random.nextBoolean() ? altered.length : Math.min(HEADERS, altered.length))] =
                    (byte) random.nextInt();
        return altered;
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, TLSv1.3",
        "SERVER, TLSv1.3",
        "CLIENT, TLSv1.2",
        "SERVER, TLSv1.2",
        "CLIENT, TLSv1.1",
        "SERVER, TLSv1.1",
        "CLIENT, AlmostTLSv1",
        "SERVER, AlmostTLSv1"
    })
    void nothingElseGoesWrong(Role role, String name) throws Exception {
        var version = VERSIONS.stream()
                .filter(each -> each.jsseName().equals(name))
                .findAny()
                .orElseThrow();
        byte[] recorded = recorded(role, version);
        assertEquals(0, played(config(role, version), recorded));
        assertTrue(established);
        int undecoded = 0;
        for (int round = 0; round < ROUNDS; round++) undecoded += played(config(role, version), altered(recorded));
        assertTrue(undecoded > 0);
    }

    /** How many messages were not decoded. */
    private int played(TlsConfig config, byte[] octets) throws Exception {
        var heard = new RecordingListener();
        int before = json.all().size();
        for (var lines : List.of(json, text)) lines.log().tell(Detail.RECORD);
        play(End.heardBy(FanOut.of(List.of(json.log(), text.log(), heard)), config), octets);
        var lines = json.all().subList(before, json.all().size());
        for (String line : lines) assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
        long messages = MESSAGES.stream().flatMap(heard::all).count();
        assertEquals(heard.all(RecordTransferred.class).count(), of(lines, "record"));
        assertEquals(messages, of(lines, "message"));
        assertEquals(1, of(lines, "session"));
        assertSecret(heard, String.join("", lines));
        assertSecret(heard, String.join("", text.all()));
        return (int) heard.all(MessageUndecoded.class).count();
    }

    private static long of(List<String> lines, String kind) {
        return lines.stream()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .count();
    }

    /** As far as it goes; then the transport ends. */
    private void play(End end, byte[] octets) throws Exception {
        try {
            end.flush();
            end.deliver(octets);
            end.receive();
            end.flush();
            end.connection().closeInbound();
        } catch (TlsAlertException | PeerAlertException expected) {
            assertFalse(expected instanceof TlsAlertException wrong && wrong.violation() == Violation.INTERNAL);
        }
        established = end.connection().session().isPresent();
        end.flush();
        end.connection().abandon();
    }

    private static void assertSecret(RecordingListener heard, String lines) {
        for (SecretDerived secret : heard.all(SecretDerived.class).toList())
            assertFalse(lines.contains(HexFormat.of().formatHex(secret.secret().bytes())), secret::label);
    }
}
