package org.almosttls.interop;

import java.time.Instant;
import java.util.List;
import org.almosttls.ocsp.TestResponder;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6066 §8, RFC 8446 §4.4.2.1: what our servers staple, OpenSSL's and GnuTLS's clients read, by either face. */
@Timeout(60)
class StapledToClientsTest {

    private static final String SWITCH = "jdk.tls.server.enableStatusRequestExtension";
    private static final String ADDRESS = "jdk.tls.stapling.responderURI";
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2", "TLSv1.1");

    private static final TestAuthority CA = new TestAuthority("Servers' CA");
    private static final TestIdentity SERVER =
            CA.issue("server").names(TestCertificates.HOST).rsa(2048).identity();

    private TestResponder responder;

    @BeforeEach
    void staple() {
        responder = TestResponder.saying(CA.statusOf(
                SERVER.certificate(), CertificateStatus.GOOD, Instant.now().minusSeconds(60)));
        System.setProperty(SWITCH, "true");
        System.setProperty(ADDRESS, responder.address().toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(SWITCH);
        System.clearProperty(ADDRESS);
        responder.close();
    }

    private static void assertTold(String words, Opposite opposite, Face face, String version) throws Exception {
        var client = Terms.client().trusting(CA.certificate()).only(version);
        var server = Terms.server(SERVER).only(version);
        try (var conversation = new Conversation.Ends(opposite, face, Role.SERVER).begin(client, server)) {
            conversation.handshake().exchange(100, 100);
            ((CommandLinePeer) conversation.theirs).process.output().await(words);
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void anOpensslClientReadsTheStatus(Face face) throws Exception {
        Peers.OPENSSL.require();
        for (String version : VERSIONS) assertTold("Cert Status: good", new Openssl("-status"), face, version);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void aGnutlsClientReadsTheStatus(Face face) throws Exception {
        Peers.GNUTLS_CLI.require();
        for (String version : VERSIONS) assertTold("OCSP status request", new Gnutls(), face, version);
    }
}
