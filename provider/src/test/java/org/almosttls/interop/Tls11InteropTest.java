package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.KeyExchange;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 4346: TLS 1.1 with stacks that are not ours. The role that is named is ours. */
@Timeout(60)
class Tls11InteropTest {

    private static final String OLD = "TLSv1.1";
    private static final int MUCH = 100_000;

    /** The others that speak it. */
    enum Other {
        OPENSSL(new Openssl()),
        GNUTLS(new Gnutls());

        private final Opposite opposite;

        Other(Opposite opposite) {
            this.opposite = opposite;
        }
    }

    @BeforeAll
    static void areThere() {
        Peers.OPENSSL.require();
        Peers.GNUTLS_CLI.require();
        Peers.GNUTLS_SERV.require();
    }

    static Stream<Arguments> ends() {
        return Arrays.stream(Other.values())
                .flatMap(other -> Arrays.stream(Face.values())
                        .flatMap(face -> Arrays.stream(Role.values()).map(role -> Arguments.of(other, face, role))));
    }

    static Stream<Arguments> suites() {
        var suites = Tls12Suite.ALL.stream()
                .filter(suite -> suite.isCbc() && suite.mac() == HashAlgorithm.SHA1)
                .toList();
        return ends().flatMap(end ->
                suites.stream().map(suite -> Arguments.of(end.get()[0], end.get()[1], end.get()[2], suite)));
    }

    private static TestIdentity identity(Tls12Suite suite) {
        return suite.authentication().keyTypes().contains("RSA")
                ? TestCertificates.rsaServer()
                : TestCertificates.ecServer();
    }

    /** RFC 8422 §5.1.1: a field for those that name any, else a curve, the certificate's among them. */
    private static List<String> groups(Tls12Suite suite) {
        return suite.keyExchange() == KeyExchange.DHE ? List.of("ffdhe2048") : List.of("x25519", "secp256r1");
    }

    @ParameterizedTest
    @MethodSource("suites")
    void dataGoesBothWays(Other other, Face face, Role role, Tls12Suite suite) throws Exception {
        String name = suite.suite().name();
        var client = Terms.client().only(OLD).suites(name).groups(groups(suite));
        var server = Terms.server(identity(suite)).only(OLD).suites(name).groups(groups(suite));
        var conversation = new Conversation.Ends(other.opposite, face, role).begin(client, server);
        try (conversation) {
            conversation.handshake().exchange(MUCH, MUCH + 1);
            assertEquals(OLD, conversation.ours.session().getProtocol());
            assertEquals(name, conversation.ours.session().getCipherSuite());
        }
        assertEquals("1.1", conversation.line().get("tls.protocol.version"));
    }

    static Stream<Arguments> clients() {
        return ends().flatMap(end -> Stream.of(TestCertificates.rsaClient(), TestCertificates.ecClient())
                .map(client -> Arguments.of(end.get()[0], end.get()[1], end.get()[2], client)));
    }

    /** RFC 4346 §7.4.8: RSA signs MD5 and SHA-1, ECDSA SHA-1. */
    @ParameterizedTest
    @MethodSource("clients")
    void clientsProveWhoTheyAre(Other other, Face face, Role role, TestIdentity identity) throws Exception {
        var client = Terms.client().only(OLD).as(identity);
        var server = Terms.server(TestCertificates.rsaServer()).only(OLD).asking(ClientAuthentication.NEED);
        var conversation = new Conversation.Ends(other.opposite, face, role).begin(client, server);
        try (conversation) {
            conversation.handshake().exchange(100, 100);
        }
        assertEquals("authenticated", conversation.line().get("almosttls.client_authentication"));
    }
}
