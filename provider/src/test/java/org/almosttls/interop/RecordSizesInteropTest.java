package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short records with other stacks, by either extension; each end asks for them where its stack lets it. */
@Timeout(60)
class RecordSizesInteropTest {

    private static final int MUCH = 100_000;
    private static final int FEW = 100;
    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String CBC = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384";
    private static final String NEWER = "TLS_AES_128_GCM_SHA256";

    /** What a packet's size is above the plaintext that is asked for. */
    private static final int AROUND = 325;

    private static final Openssl OPENSSL = new Openssl();

    private static Terms server(String suite) {
        return Terms.server(TestCertificates.rsaServer()).only(version(suite)).suites(suite);
    }

    private static String version(String suite) {
        return suite.contains("_WITH_") ? "TLSv1.2" : "TLSv1.3";
    }

    private static Terms client(String suite) {
        return Terms.client().only(version(suite)).suites(suite);
    }

    /** Another stack's client or server, with options of its own. */
    private static Opposite openssl(List<String> more) {
        return new Opposite() {
            @Override
            public boolean can(Ability ability) {
                return OPENSSL.can(ability);
            }

            @Override
            public Correspondent listen(Terms own) {
                return OPENSSL.listen(own, more);
            }

            @Override
            public Correspondent call(Terms own, int port) {
                return OPENSSL.call(own, port, more);
            }
        };
    }

    private static Map<String, String> exchanged(Conversation conversation, int theirs, int applicationBuffer)
            throws Exception {
        try (conversation) {
            conversation.handshake().exchange(MUCH, theirs);
            assertEquals(applicationBuffer, conversation.ours.session().getApplicationBufferSize());
        }
        return conversation.line();
    }

    private static void assertShort(int most, String records, Map<String, String> line) {
        int count = Integer.parseInt(line.get("almosttls.records." + records));
        assertTrue(count >= MUCH / most, count + " records " + records + " of at most " + most);
    }

    static Stream<Arguments> facesAndLengths() {
        return Arrays.stream(Face.values())
                .flatMap(face -> Stream.of(512, 1024, 2048, 4096).map(length -> Arguments.of(face, length)));
    }

    /** RFC 6066 §4: what OpenSSL's client asks for, ours keeps to, and it to its own. */
    @ParameterizedTest
    @MethodSource("facesAndLengths")
    void anOpensslClientGetsTheFragmentLengthItAsksFor(Face face, int length) throws Exception {
        Peers.OPENSSL.require();
        for (String suite : List.of(SUITE, CBC, NEWER)) {
            var opposite = openssl(List.of("-maxfraglen", Integer.toString(length)));
            var line = exchanged(
                    new Conversation.Ends(opposite, face, Role.SERVER).begin(client(suite), server(suite)),
                    MUCH,
                    length);
            assertShort(length, "sent", line);
            assertShort(length, "received", line);
        }
    }

    /** OpenSSL's server knows only the older of the two extensions that ours asks by. */
    @ParameterizedTest
    @MethodSource("facesAndLengths")
    void anOpensslServerKeepsToTheFragmentLength(Face face, int length) throws Exception {
        Peers.OPENSSL.require();
        for (String suite : List.of(SUITE, CBC, NEWER)) {
            var ends = new Conversation.Ends(openssl(List.of()), face, Role.CLIENT);
            var line = exchanged(ends.begin(client(suite).packets(length + AROUND), server(suite)), MUCH, length);
            assertShort(length, "sent", line);
            assertShort(length, "received", line);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void opensslMaySendShortRecordsUnasked(Role role) throws Exception {
        Peers.OPENSSL.require();
        var ends = new Conversation.Ends(openssl(List.of("-max_send_frag", "512")), Face.SOCKET, role);
        for (String suite : List.of(CBC, NEWER))
            assertShort(512, "received", exchanged(ends.begin(client(suite), server(suite)), MUCH, 1 << 14));
    }

    static Stream<Arguments> suitesAndLimits() {
        return Stream.of(SUITE, NEWER)
                .flatMap(suite -> Stream.of(512, 600, 1000, 4096).map(limit -> Arguments.of(suite, limit)));
    }

    /** RFC 8449: GnuTLS knows the newer one. */
    @ParameterizedTest
    @MethodSource("suitesAndLimits")
    void aGnutlsServerKeepsToOurSizeLimit(String suite, int limit) throws Exception {
        Peers.GNUTLS_SERV.require();
        for (var face : Face.values()) {
            var ends = new Conversation.Ends(new Gnutls(), face, Role.CLIENT);
            var line = exchanged(ends.begin(client(suite).packets(limit + AROUND), server(suite)), MUCH, 1 << 14);
            assertShort(limit, "received", line);
        }
    }

    /** Its client sends as much of what it reads as fits one record, and drops the rest: so it is to say little. */
    @ParameterizedTest
    @MethodSource("suitesAndLimits")
    void oursKeepsToTheSizeLimitOfAGnutlsClient(String suite, int limit) throws Exception {
        Peers.GNUTLS_CLI.require();
        for (var face : Face.values()) {
            var ends = new Conversation.Ends(new Gnutls(), face, Role.SERVER);
            var line = exchanged(ends.begin(client(suite).packets(limit), server(suite)), FEW, 1 << 14);
            assertShort(limit, "sent", line);
        }
    }

    static Stream<Arguments> javas() {
        var bouncy = new BouncyCastleJsseProvider(new BouncyCastleProvider());
        return Stream.of(
                Arguments.of(Contexts.PLATFORM, Contexts.OURS),
                Arguments.of(Contexts.OURS, Contexts.PLATFORM),
                Arguments.of(Contexts.OURS, bouncy));
    }

    /** For TLS 1.3 Bouncy Castle finds no key that the platform manages. */
    static Stream<Arguments> versionsOfJavas() {
        return Stream.concat(
                javas().map(it -> Arguments.of("TLSv1.2", it.get()[0], it.get()[1])),
                javas().limit(2).map(it -> Arguments.of("TLSv1.3", it.get()[0], it.get()[1])));
    }

    private static EnginePair pair(String version, Provider client, Provider server, int packets) {
        var calling = Contexts.named(version, client).createSSLEngine(TestCertificates.HOST, 443);
        return new EnginePair(
                limited(calling, packets),
                Contexts.named(version, server, TestCertificates.rsaServer()).createSSLEngine());
    }

    private static SSLEngine limited(SSLEngine engine, int packets) {
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setMaximumPacketSize(packets);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static byte[] sent(EngineEnd from, EngineEnd to) throws Exception {
        byte[] data = new byte[MUCH];
        new Random(1).nextBytes(data);
        byte[] network = from.wrapAll(data);
        to.deliver(network);
        to.unwrapAll();
        assertArrayEquals(data, to.data());
        return network;
    }

    private static int longestRecord(byte[] network) {
        int longest = 0;
        for (int at = 0; at < network.length; ) {
            int length = (network[at + 3] & 0xFF) << 8 | network[at + 4] & 0xFF;
            longest = Math.max(longest, length);
            at += 5 + length;
        }
        return longest;
    }

    @ParameterizedTest
    @MethodSource("versionsOfJavas")
    void javaKeepsToTheFragmentLength(String version, Provider client, Provider server) throws Exception {
        var pair = pair(version, client, server, 512 + AROUND).handshake();
        assertEquals(version, pair.client().engine().getSession().getProtocol());
        for (byte[] network : List.of(sent(pair.client(), pair.server()), sent(pair.server(), pair.client())))
            assertTrue(longestRecord(network) <= 512 + 24, longestRecord(network) + " octets");
    }

    /** As the platform's own: the session tells how little room is enough. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theSessionTellsTheFragmentLengthAsThePlatformDoes(String version) throws Exception {
        for (var ours : List.of(
                pair(version, Contexts.PLATFORM, Contexts.OURS, 512 + AROUND)
                        .handshake()
                        .server(),
                pair(version, Contexts.OURS, Contexts.PLATFORM, 512 + AROUND)
                        .handshake()
                        .client())) {
            assertEquals(512, ours.engine().getSession().getApplicationBufferSize());
            assertTrue(ours.engine().getSession().getPacketBufferSize() < 4096);
        }
    }

    /** RFC 6066 §4: the length holds for resumptions; TLS 1.2 sessions of both stacks go by their ids. */
    @ParameterizedTest
    @MethodSource("javas")
    void aResumedSessionKeepsItsFragmentLength(Provider client, Provider server) throws Exception {
        var calling = Contexts.client(client);
        var answering = Contexts.with(server, TestCertificates.rsaServer());
        byte[][] ids = new byte[2][];
        for (int i = 0; i < ids.length; i++) {
            var pair = new EnginePair(
                            limited(calling.createSSLEngine(TestCertificates.HOST, 443), 512 + AROUND),
                            answering.createSSLEngine())
                    .handshake();
            assertTrue(longestRecord(sent(pair.client(), pair.server())) <= 512 + 24);
            assertTrue(longestRecord(sent(pair.server(), pair.client())) <= 512 + 24);
            ids[i] = pair.client().engine().getSession().getId();
        }
        assertArrayEquals(ids[0], ids[1]);
    }
}
