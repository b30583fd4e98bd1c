package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.extension.StatusResponse;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.Action;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.KeyKind;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestCredentials;
import org.almosttls.testkit.TestVerifier;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each end says that it can, and would have of the other: groups, certificates, their signatures and their status. */
class OffersTest {

    private static final List<SignatureScheme> OF_HANDSHAKES =
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256);
    private static final List<SignatureScheme> OF_CERTIFICATES =
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256);

    private static <M> List<M> sent(StateEnd end, Class<M> kind) {
        return end.actions(Action.Send.class).stream()
                .map(sent -> sent.message().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static ClientHello hello(TestConfig client) throws TlsAlertException {
        return sent(new StateEnd(client.build()), ClientHello.class).get(0);
    }

    private static StatePair handshake(TestConfig client, TestConfig server) throws TlsAlertException {
        return new StatePair(client.build(), server.build()).handshake();
    }

    /** RFC 8446 §4.2.8: in the order of the groups. */
    @Test
    void aClientHasSharesInTheHybridGroupAndInItsClassicalPart() throws Exception {
        var hello = hello(Tls13.client());
        var groups =
                hello.extensions().find(SupportedGroups.class).orElseThrow().groups();
        assertEquals(NamedGroup.X25519_MLKEM768, groups.get(0));
        var shares = hello.extensions().find(KeyShares.class).orElseThrow().entries();
        assertEquals(
                List.of(NamedGroup.X25519_MLKEM768, NamedGroup.X25519),
                shares.stream().map(KeyShareEntry::group).toList());
    }

    static Stream<NamedGroup> fields() {
        return NamedGroup.FINITE_FIELDS.stream();
    }

    /** RFC 7919 §4, RFC 8446 §4.2.8.1. */
    @ParameterizedTest
    @MethodSource("fields")
    void bothEndsAgreeInEachField(NamedGroup field) throws Exception {
        var pair = handshake(
                Tls13.client().groups(NamedGroup.X25519, field),
                Tls13.server(TestCertificates.ecServer()).groups(field));
        for (var end : List.of(pair.client(), pair.server()))
            assertEquals(Optional.of(field), end.session().orElseThrow().group());
    }

    /** Keys of some kinds are issued by another CA than those of others. */
    private static final class Anyone extends PeerVerifier {

        @Override
        protected void check(PeerIdentity identity) {}

        @Override
        public List<X509Certificate> acceptedIssuers() {
            return List.of();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void bothEndsProveThemselvesByKeysOfEachKind(KeyKind kind) throws Exception {
        var schemes = List.of(
                SignatureScheme.ECDSA_SECP256R1_SHA256,
                SignatureScheme.named("ecdsa_secp384r1_sha384").orElseThrow(),
                SignatureScheme.named("ecdsa_secp521r1_sha512").orElseThrow(),
                SignatureScheme.ED25519,
                SignatureScheme.ED448,
                SignatureScheme.RSA_PSS_RSAE_SHA256,
                SignatureScheme.RSA_PSS_PSS_SHA256);
        var pair = handshake(
                Tls13.client(kind.client()).with("signatureSchemes", schemes).with("peerVerifier", new Anyone()),
                Tls13.server(kind.server())
                        .with("signatureSchemes", schemes)
                        .with("peerVerifier", new Anyone())
                        .asking(ClientAuthentication.NEED));
        assertEquals(
                kind.server().chain(), pair.client().session().orElseThrow().peerChain());
        assertEquals(
                kind.client().chain(), pair.server().session().orElseThrow().peerChain());
    }

    /** RFC 8446 §4.2.4: the client's choice hears of it. */
    @Test
    void aServerNamesTheAuthoritiesThatItTrustsAndTheClientHeedsThem() throws Exception {
        var credentials = new TestCredentials(List.of(TestCertificates.ecClient()));
        var pair = handshake(
                Tls13.client().credentials(credentials),
                Tls13.server(TestCertificates.rsaServer()).asking(ClientAuthentication.NEED));
        var named = sent(pair.server(), CertificateRequest13.class)
                .get(0)
                .extensions()
                .find(CertificateAuthorities.class)
                .orElseThrow();
        var ca = TestCertificates.ca().getSubjectX500Principal();
        assertArrayEquals(ca.getEncoded(), named.authorities().get(0));
        assertEquals(List.of(ca), credentials.requests().get(0).issuers());
    }

    /** RFC 8446 §4.2.3. */
    @Test
    void whoVerifiesOtherSignaturesInCertificatesSaysSo() throws Exception {
        var client = Tls13.client(TestCertificates.ecClient()).with("signatureSchemes", OF_HANDSHAKES);
        assertFalse(isSaid(hello(client.with("certificateSchemes", OF_HANDSHAKES))));
        assertTrue(isSaid(hello(client.with("certificateSchemes", OF_CERTIFICATES))));
        var pair = handshake(
                client,
                Tls13.server(TestCertificates.ecServer())
                        .with("signatureSchemes", OF_HANDSHAKES)
                        .with("certificateSchemes", OF_CERTIFICATES)
                        .asking(ClientAuthentication.NEED));
        var asked = sent(pair.server(), CertificateRequest13.class).get(0).extensions();
        assertEquals(
                OF_CERTIFICATES,
                asked.find(SignatureAlgorithmsCert.class).orElseThrow().schemes());
    }

    private static boolean isSaid(ClientHello hello) {
        return hello.extensions().find(SignatureAlgorithmsCert.class).isPresent();
    }

    /** RFC 8446 §4.4.2.1: in the entry of the certificate that it is about, if the client asks. */
    @Test
    void whatTheIssuerSaysIsBesideTheServersOwnCertificate() throws Exception {
        byte[] response = {1, 2, 3};
        var verifier = new TestVerifier();
        var server = Tls13.server(TestCertificates.ecServer())
                .with("stapling", new Stapling(false, chain -> Optional.of(response)));
        var pair = handshake(
                Tls13.client().with("peerVerifier", verifier).with("stapling", new Stapling(true, StapleSource.none())),
                server);
        var entries = sent(pair.server(), Certificate13.class).get(0).entries();
        var said = entries.get(0).extensions().find(StatusResponse.class).orElseThrow();
        assertArrayEquals(response, said.response());
        assertEquals(List.of(), entries.get(1).extensions().all());
        assertArrayEquals(
                response, verifier.judged().get(0).facts().statusResponses().get(0));
        var unasked = handshake(Tls13.client(), server);
        assertEquals(
                List.of(),
                sent(unasked.server(), Certificate13.class)
                        .get(0)
                        .entries()
                        .get(0)
                        .extensions()
                        .all());
    }
}
