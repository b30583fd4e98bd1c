package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6066 §8, RFC 8446 §4.4.2.1: what OpenSSL's and GnuTLS's servers staple arrives, by either face and in each version. */
@Timeout(60)
class StapledByServersTest {

    private static final TestAuthority CA = new TestAuthority("Stapling CA");
    private static final TestIdentity SERVER =
            CA.issue("stapling").names(TestCertificates.HOST).rsa(2048).identity();
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2", "TLSv1.1");

    @TempDir
    Path folder;

    private static byte[] good() {
        return CA.statusOf(SERVER.certificate(), CertificateStatus.GOOD, Instant.now());
    }

    private String file(byte[] response) throws IOException {
        return Files.write(folder.resolve("response.der"), response).toString();
    }

    private static void assertTold(byte[] response, Opposite opposite, Face face, String version) throws Exception {
        var client = Terms.client().trusting(CA.certificate()).only(version);
        var server = Terms.server(SERVER).only(version);
        try (var conversation = new Conversation.Ends(opposite, face, Role.CLIENT).begin(client, server)) {
            conversation.handshake().exchange(100, 100);
            var told = ((ExtendedSSLSession) conversation.ours.session()).getStatusResponses();
            assertEquals(1, told.size());
            assertArrayEquals(response, told.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void anOpensslServerStaples(Face face) throws Exception {
        Peers.OPENSSL.require();
        byte[] response = good();
        var opposite = new Openssl("-status_file", file(response));
        for (String version : VERSIONS) assertTold(response, opposite, face, version);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void aGnutlsServerStaples(Face face) throws Exception {
        Peers.GNUTLS_SERV.require();
        byte[] response = good();
        var opposite = new Gnutls("--ocsp-response", file(response));
        for (String version : VERSIONS) assertTold(response, opposite, face, version);
    }
}
