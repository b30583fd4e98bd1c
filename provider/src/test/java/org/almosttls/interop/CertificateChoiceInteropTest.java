package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has several certificates shows the one that its peer has asked for (RFC 5246 §7.4, RFC 8446 §4.4.2). */
@Timeout(60)
class CertificateChoiceInteropTest {

    private static final TestAuthority CA = new TestAuthority("RSA CA", "SHA256withRSA");
    private static final TestAuthority OTHER_CA = new TestAuthority("Other RSA CA", "SHA256withRSA");

    /** All of one's own: by kind of key, by issuer, and one that few can verify. */
    private static final TestIdentity EC = issue(CA, "EC").ec("secp256r1").identity();

    private static final TestIdentity RSA = issue(CA, "RSA").rsa(2048).identity();
    private static final TestIdentity OTHER =
            issue(OTHER_CA, "Other").ec("secp384r1").identity();
    private static final TestIdentity BY_SHA_512 =
            issue(CA, "EC by SHA-512").ec("secp256r1").signedBy("SHA512withRSA").identity();

    private static TestAuthority.Issue issue(TestAuthority authority, String name) {
        return authority.issue(name).names(TestCertificates.HOST);
    }

    /** With each of these, which each stack picks from by the same rules. */
    private static SSLContext ours(TestIdentity... identities) {
        var trust = Contexts.trust(TestCertificates.trustStore(CA.certificate(), TestCertificates.ca()));
        return Contexts.of("TLS", Contexts.OURS, Contexts.keys(identities), trust);
    }

    private static final Terms ASKING =
            Terms.server(TestCertificates.ecServer()).asking(ClientAuthentication.WANT);

    /** What our client, which has all, shows to such a server. */
    private static void assertShown(TestIdentity expected, Face face, Opposite server, Terms terms) throws Exception {
        var shown = called(ours(OTHER, RSA, EC), face, server, terms).getLocalCertificates();
        assertArrayEquals(expected.chain().toArray(), shown);
    }

    /** The session of a client of ours, once data has gone to and fro. */
    private static ExtendedSSLSession called(SSLContext client, Face face, Opposite server, Terms terms)
            throws Exception {
        var theirs = server.listen(terms);
        var ours = face.call(client, Terms.client().only(terms.version()), theirs.port());
        return established(new Conversation(ours, theirs, new SessionLines()));
    }

    private static ExtendedSSLSession established(Conversation conversation) throws Exception {
        try (conversation) {
            conversation.handshake().exchange(10, 10);
            return (ExtendedSSLSession) conversation.ours.session();
        }
    }

    static Stream<Arguments> facesAndVersions() {
        return Arrays.stream(Face.values())
                .flatMap(face -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(face, version)));
    }

    /** The authorities are those of a server's {@code -CAfile}. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void anOpensslServerSeesTheCertificateThatItWants(Face face) throws Exception {
        Peers.OPENSSL.require();
        var byCa = ASKING.trusting(CA.certificate());
        assertShown(RSA, face, new Openssl("-client_sigalgs", "RSA+SHA256"), byCa);
        assertShown(EC, face, new Openssl("-client_sigalgs", "ECDSA+SHA256:RSA+SHA256"), byCa);
        var byOther = ASKING.trusting(OTHER_CA.certificate());
        assertShown(OTHER, face, new Openssl("-client_sigalgs", "RSA+SHA256:ECDSA+SHA256:ECDSA+SHA384"), byOther);
    }

    /** RFC 8446 §4.2.3: schemes of TLS 1.3 are for keys, and those for certificates may be others. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void anOpensslServerOfTls13SeesTheCertificateThatItWants(Face face) throws Exception {
        Peers.OPENSSL.require();
        var byCa = ASKING.only("TLSv1.3").trusting(CA.certificate());
        assertShown(RSA, face, new Openssl("-client_sigalgs", "rsa_pss_rsae_sha256:RSA+SHA256"), byCa);
        assertShown(EC, face, new Openssl("-client_sigalgs", "ECDSA+SHA256:RSA+SHA256"), byCa);
        var byOther = ASKING.only("TLSv1.3").trusting(OTHER_CA.certificate());
        var any = "rsa_pss_rsae_sha256:RSA+SHA256:ECDSA+SHA256:ECDSA+SHA384";
        assertShown(OTHER, face, new Openssl("-client_sigalgs", any), byOther);
    }

    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void anOpensslServerSeesNoCertificateThatItDoesNotWant(Face face, String version) throws Exception {
        Peers.OPENSSL.require();
        var stranger = new TestAuthority("Stranger");
        var terms = ASKING.only(version).trusting(stranger.certificate());
        assertNull(called(ours(OTHER, RSA, EC), face, new Openssl(), terms).getLocalCertificates());
    }

    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void aGnutlsServerSeesTheCertificateThatItWants(Face face, String version) throws Exception {
        Peers.GNUTLS_SERV.require();
        assertShown(OTHER, face, new Gnutls(), ASKING.only(version).trusting(OTHER_CA.certificate()));
    }

    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void aServerOfThePlatformSeesTheCertificateThatItWants(Face face, String version) throws Exception {
        assertShown(OTHER, face, platform(), ASKING.only(version).trusting(OTHER_CA.certificate()));
    }

    private static Opposite platform() {
        return new Jsse(Contexts.PLATFORM, Set.of());
    }

    /** RFC 5246 §7.4.4: the names of those whom our trust manager accepts, and the types that our schemes fit. */
    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void anOpensslClientReadsWhomOurServerTrusts(Face face, String version) throws Exception {
        Peers.OPENSSL.require();
        var ours = face.listen(ours(EC), ASKING.only(version));
        var theirs = new Openssl().call(Terms.client().only(version).trusting(CA.certificate()), ours.port());
        try (var conversation = new Conversation(ours, theirs, new SessionLines())) {
            conversation.handshake();
            var said = ((CommandLinePeer) theirs).process.output();
            said.await("Acceptable client certificate CA names\\n(CN = AlmostTLS Test CA\\nCN = RSA CA"
                    + "|CN = RSA CA\\nCN = AlmostTLS Test CA)\\n");
            if (version.equals("TLSv1.2")) said.await("Client Certificate Types: (ECDSA sign, RSA sign)");
        }
    }

    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void aClientOfThePlatformReadsWhomOurServerTrusts(Face face, String version) throws Exception {
        var asked = new AtomicReference<Set<Principal>>();
        var client = Contexts.of(
                version,
                Contexts.PLATFORM,
                new X509ExtendedKeyManager[] {new Curious(asked)},
                Contexts.trust(TestCertificates.trustStore(CA.certificate())));
        var ours = face.listen(ours(EC), ASKING.only(version));
        var theirs = (SSLSocket) client.getSocketFactory().createSocket(Ours.LOOPBACK, ours.port());
        var shaking = new Thread(() -> shake(theirs), "platform's client");
        shaking.start();
        try (ours) {
            ours.handshake();
        }
        shaking.join();
        assertEquals(
                Set.of(
                        CA.certificate().getSubjectX500Principal(),
                        TestCertificates.ca().getSubjectX500Principal()),
                asked.get());
    }

    /** Listens until our end is closed. */
    private static void shake(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (IOException refused) {
            // What it was asked is what counts.
        }
    }

    /** What our server, which has all, shows to such a client. */
    private static ExtendedSSLSession shown(Face face, String version, Opposite client, TestIdentity... own)
            throws Exception {
        var ours = face.listen(ours(own), Terms.server(own[0]).only(version));
        var theirs = client.call(Terms.client().only(version).trusting(CA.certificate()), ours.port());
        return established(new Conversation(ours, theirs, new SessionLines()));
    }

    /** RFC 5246 §7.4.2, RFC 8446 §4.4.2.2: the signature in the certificate counts as much as the key in it. */
    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void anOpensslClientSeesAChainThatItVerifies(Face face, String version) throws Exception {
        Peers.OPENSSL.require();
        var few = new Openssl("-sigalgs", "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256");
        assertEquals(
                RSA.certificate(), shown(face, version, few, BY_SHA_512, RSA).getLocalCertificates()[0]);
        var more = new Openssl("-sigalgs", "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256:RSA+SHA512");
        assertEquals(
                BY_SHA_512.certificate(),
                shown(face, version, more, BY_SHA_512, RSA).getLocalCertificates()[0]);
    }

    /** RFC 8446 §4.2.3: the platform's clients verify SHA-1 in certificates, whether they do in handshakes or not. */
    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void whatAClientOfThePlatformVerifiesInCertificatesIsKnown(Face face, String version) throws Exception {
        var said = List.of(shown(face, version, platform(), EC).getPeerSupportedSignatureAlgorithms());
        assertTrue(said.containsAll(List.of("SHA1withRSA", "SHA1withECDSA", "SHA256withRSA")), said::toString);
    }

    /** Servers of three stacks bear with signature_algorithms_cert. */
    @ParameterizedTest
    @MethodSource("facesAndVersions")
    void serversBearWithAClientThatTakesSha1InCertificatesAlone(Face face, String version) throws Exception {
        Peers.OPENSSL.require();
        Peers.GNUTLS_SERV.require();
        String before = Security.getProperty("jdk.tls.disabledAlgorithms");
        Security.setProperty("jdk.tls.disabledAlgorithms", before + ", rsa_pkcs1_sha1 usage HandshakeSignature");
        try {
            var client = ours();
            for (var server : List.of(new Openssl(), new Gnutls(), platform())) {
                var own = called(client, face, server, Terms.server(EC).only(version))
                        .getLocalSupportedSignatureAlgorithms();
                assertTrue(List.of(own).contains("SHA1withRSA"));
            }
        } finally {
            Security.setProperty("jdk.tls.disabledAlgorithms", before);
        }
    }

    /** Writes down whom it is asked for, and has nobody. */
    private static final class Curious extends X509ExtendedKeyManager {

        private final AtomicReference<Set<Principal>> asked;

        Curious(AtomicReference<Set<Principal>> asked) {
            this.asked = asked;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            asked.set(Set.of(issuers));
            return null;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
