package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.ExternalKey;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Tls13Suite;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §2.2, §4.2.11: keys that both ends have by other means than a handshake. */
class ExternalKeysTest extends Reunion {

    private static final HashAlgorithm SHA256 = HashAlgorithm.SHA256;
    private static final HashAlgorithm SHA384 = HashAlgorithm.SHA384;

    private final TestKeys ofAda = new TestKeys().plus("ada", 7, SHA256);

    private StatePair between(CredentialSource client, CredentialSource server) throws Exception {
        return between(client, server, end -> end);
    }

    private StatePair between(CredentialSource client, CredentialSource server, UnaryOperator<TestConfig> more)
            throws Exception {
        return meeting(
                config -> config.credentials(client),
                config -> more.apply(config).credentials(server));
    }

    private static TestKeys servers(HashAlgorithm hash) {
        return new TestKeys().plus("ada", 7, hash).plus("bob", 8, hash);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isChosen(StatePair pair) {
        return serverHello(pair).extensions().has(ExtensionType.PRE_SHARED_KEY);
    }

    @Test
    void whoHasTheKeyShowsNoCertificate() throws Exception {
        var pair = between(ofAda, servers(SHA256)).handshake();
        assertEquals(
                List.of("CLIENT_HELLO", "SERVER_HELLO", "ENCRYPTED_EXTENSIONS", "FINISHED", "FINISHED"), flown(pair));
        for (boolean ofClient : new boolean[] {true, false}) {
            var session = pair.end(ofClient).session().orElseThrow();
            assertArrayEquals(octets("ada"), session.externalIdentity().orElseThrow());
            assertEquals(List.of(), session.peerChain());
            assertEquals(List.of(), session.localChain());
            assertEquals(Optional.empty(), session.scheme());
            assertEquals(Optional.of(NamedGroup.X25519_MLKEM768), session.group());
        }
    }

    /** RFC 8446 §4.2.11: an identity that is no ticket has an age of 0. */
    @Test
    void aKeyHasNoAge() throws Exception {
        var identity = offered(clientHello(between(ofAda, servers(SHA256))))
                .identities()
                .get(0);
        assertArrayEquals(octets("ada"), identity.identity());
        assertEquals(0, identity.obfuscatedTicketAge());
    }

    /** RFC 8446 §4.2.11: whatever suite the server likes best. */
    @ParameterizedTest
    @EnumSource(names = {"SHA256", "SHA384"})
    void theSuiteHasTheHashOfTheKey(HashAlgorithm hash) throws Exception {
        var pair = between(
                        new TestKeys().plus("ada", 7, hash),
                        servers(hash),
                        server -> hash == SHA256
                                ? server.suites(
                                        CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256)
                                : server.suites(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384))
                .handshake();
        assertTrue(isChosen(pair));
        assertEquals(
                hash,
                Tls13Suite.of(serverHello(pair).cipherSuite()).orElseThrow().hash());
    }

    @Test
    void aKeyIsNotOfferedWithoutASuiteOfItsHash() throws Exception {
        var keys = new TestKeys().plus("ada", 7, SHA384);
        var pair = meeting(
                client -> client.suites(CipherSuite.TLS_AES_128_GCM_SHA256).credentials(keys), server -> server);
        assertFalse(clientHello(pair).extensions().has(ExtensionType.PRE_SHARED_KEY));
        assertArrayEquals(new byte[32], keys.handedOut().get(0).bytes());
    }

    /** RFC 8446 §4.2.11.2: the binder of the second hello covers the first and HelloRetryRequest. */
    @Test
    void aKeyWillDoAfterHelloRetryRequest() throws Exception {
        var pair = between(ofAda, servers(SHA256), server -> server.groups(NamedGroup.SECP384R1))
                .handshake();
        assertTrue(isChosen(pair));
        assertTrue(pair.server().session().isPresent());
    }

    /** RFC 8446 §4.1.4: after a retry a client should not offer keys of another hash. */
    @Test
    void aKeyOfAnotherHashIsLeftOutAfterHelloRetryRequest() throws Exception {
        var keys = new TestKeys().plus("ada", 7, SHA384).plus("ada", 7, SHA256);
        var pair = between(keys, servers(SHA256), server -> server.groups(NamedGroup.SECP384R1))
                .handshake();
        var selected =
                serverHello(pair).extensions().find(SelectedPreSharedKey.class).orElseThrow();
        assertEquals(0, selected.identity());
        keys.handedOut().forEach(secret -> assertArrayEquals(new byte[32], secret.bytes()));
    }

    @Test
    void ofSeveralKeysTheServerTakesTheFirstThatItKnows() throws Exception {
        var keys =
                new TestKeys().plus("nobody", 1, SHA256).plus("bob", 8, SHA256).plus("ada", 7, SHA256);
        var pair = between(keys, servers(SHA256)).handshake();
        for (boolean ofClient : new boolean[] {true, false})
            assertArrayEquals(
                    octets("bob"),
                    pair.end(ofClient)
                            .session()
                            .flatMap(session -> session.externalIdentity())
                            .orElseThrow());
    }

    @Test
    void aKeyThatIsNotKnownMeansCertificates() throws Exception {
        var server = new TestKeys(TestCertificates.ecServer()).plus("bob", 8, SHA256);
        var pair = between(ofAda, server).handshake();
        assertFalse(isChosen(pair));
        var session = pair.client().session().orElseThrow();
        assertEquals(TestCertificates.ecServer().chain(), session.peerChain());
        assertEquals(Optional.empty(), session.externalIdentity());
    }

    @Test
    void aServerThatHasNoKeysShowsItsCertificate() throws Exception {
        var pair =
                meeting(client -> client.credentials(ofAda), server -> server).handshake();
        assertFalse(isChosen(pair));
        assertFalse(pair.client().session().orElseThrow().peerChain().isEmpty());
    }

    /** RFC 8446 §E.6: who tries identities does not learn which there are. */
    @Test
    void whoseKeyIsNotKnownIsToldTheSameAsWhoHasItWrong() throws Exception {
        var unknown = between(new TestKeys().plus("eve", 9, SHA256), servers(SHA256));
        Expect.violation(Violation.PSK_UNKNOWN, unknown::handshake);
        var wrong = between(new TestKeys().plus("ada", 9, SHA256), servers(SHA256));
        Expect.violation(Violation.WRONG_BINDER, wrong::handshake);
        assertEquals(Violation.WRONG_BINDER.alert(), Violation.PSK_UNKNOWN.alert());
    }

    /** RFC 8446 §9.2: signature_algorithms may be left out beside pre_shared_key. */
    @Test
    void theSameWhereTheClientWantsNoCertificate() throws Exception {
        var unknown = between(new TestKeys().plus("eve", 9, SHA256), servers(SHA256))
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SIGNATURE_ALGORITHMS)));
        Expect.violation(Violation.PSK_UNKNOWN, unknown::handshake);
    }

    /** RFC 8446 §E.6: nor by the suite that goes with another hello. */
    @ParameterizedTest
    @ValueSource(strings = {"ada", "eve"})
    void theSuiteDoesNotTellWhetherAKeyIsKnown(String identity) throws Exception {
        var pair = between(
                        new TestKeys().plus(identity, 9, SHA256),
                        servers(SHA256),
                        server -> server.groups(NamedGroup.SECP384R1)
                                .suites(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_AES_128_GCM_SHA256))
                .until(HandshakeType.SERVER_HELLO);
        assertTrue(serverHello(pair).isHelloRetryRequest());
        assertEquals(CipherSuite.TLS_AES_128_GCM_SHA256, serverHello(pair).cipherSuite());
    }

    /** RFC 8446 §4.2.9: the pre-shared key alone would let whoever learns it read everything. */
    @Test
    void aKeyWithoutAFreshExchangeIsNotUsed() throws Exception {
        var pair = between(ofAda, servers(SHA256)).changing(ClientHello.class, hello -> {
            var all = hello.extensions().all().stream()
                    .map(each -> each instanceof PreSharedKeyModes
                            ? new PreSharedKeyModes(List.of(PreSharedKeyModes.PSK_ONLY))
                            : each)
                    .toList();
            return Hellos.extensions(hello, before -> all);
        });
        Expect.violation(Violation.NO_CREDENTIAL, pair::handshake);
    }

    @Test
    void aServerChoosesAmongTheKeysThatWereOffered() throws Exception {
        var pair = between(ofAda, servers(SHA256))
                .changing(
                        ServerHello.class, hello -> Hellos.extensions(hello, Hellos.with(new SelectedPreSharedKey(1))));
        Expect.violation(Violation.PSK_NOT_OFFERED, pair::handshake);
    }

    @Test
    void aServerKeepsToTheHashOfTheKey() throws Exception {
        var pair = between(ofAda, servers(SHA256))
                .changing(ServerHello.class, hello -> Hellos.suite(hello, CipherSuite.TLS_AES_256_GCM_SHA384));
        Expect.violation(Violation.PSK_OF_OTHER_HASH, pair::handshake);
    }

    /** RFC 8446 §4.3.2. */
    @Test
    void whoIsKnownByItsKeyIsNotAskedForACertificate() throws Exception {
        var pair = between(ofAda, servers(SHA256), server -> server.asking(ClientAuthentication.NEED))
                .handshake();
        assertTrue(pair.server().session().isPresent());
        assertFalse(flown(pair).contains("CERTIFICATE_REQUEST"));
    }

    @Test
    void aSessionGoesBeforeAKey() throws Exception {
        var server = new TestKeys(TestCertificates.ecServer()).plus("ada", 7, SHA256);
        meeting(
                        end -> end,
                        config -> config.suites(CipherSuite.TLS_AES_128_GCM_SHA256)
                                .credentials(server))
                .handshake();
        var both = between(ofAda, server).handshake();
        assertEquals(2, offered(clientHello(both)).identities().size());
        assertTrue(both.client().session().orElseThrow().externalIdentity().isEmpty());
        ofServer.loseTickets();
        var other = between(ofAda, server).handshake();
        assertArrayEquals(
                octets("ada"),
                other.client().session().orElseThrow().externalIdentity().orElseThrow());
    }

    /** What a key has authenticated is not resumed where certificates are due. */
    @Test
    void whatRestsOnAKeyGoesOnByNoTicket() throws Exception {
        var pair = between(ofAda, servers(SHA256)).handshake();
        assertEquals(List.of(), ofClient.kept());
        assertEquals(0, pair.client().session().orElseThrow().id().length);
    }

    @Test
    void noMoreKeysAreTriedThanAClientHas() throws Exception {
        var many = new TestKeys();
        for (int i = 0; i < 4; i++) many.plus("nobody" + i, 1, SHA256);
        var server = servers(SHA256);
        Expect.violation(Violation.PSK_UNKNOWN, between(many.plus("ada", 7, SHA256), server)::handshake);
        assertEquals(List.of(), server.handedOut());
    }

    @Test
    void keysAreErasedWhenTheHandshakeIsOver() throws Exception {
        var server = servers(SHA256);
        between(ofAda, server).handshake();
        var wrong = new TestKeys().plus("bob", 9, SHA256);
        var failing = between(wrong, server);
        Expect.violation(Violation.WRONG_BINDER, failing::handshake);
        failing.client().state().close();
        assertEquals(2, server.handedOut().size());
        for (var keys : List.of(ofAda, server, wrong))
            keys.handedOut().forEach(secret -> assertArrayEquals(new byte[32], secret.bytes()));
    }

    /** RFC 9257 §6. */
    @Test
    void aKeyThatCouldBeGuessedIsRefused() {
        var secret = Secret.owning(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new ExternalKey(octets("ada"), secret, SHA256));
        assertTrue(refused.getMessage().contains("16"));
        assertArrayEquals(new byte[15], secret.bytes());
    }

    @Test
    void aKeyDoesNotPrintItself() {
        var key = ofAda.externalKeys().get(0);
        assertEquals("ExternalKey[SHA256]", key.toString());
        key.close();
    }

    /** Each binder is over the hello with all identities in it. */
    @Test
    void whateverSomebodyChangesTheBinderTells() throws Exception {
        var pair = between(ofAda, servers(SHA256)).changing(ClientHello.class, hello -> {
            var offered = offered(hello);
            var twice = new OfferedPreSharedKeys(
                    List.of(offered.identities().get(0), offered.identities().get(0)),
                    List.of(offered.binders().get(0), offered.binders().get(0)));
            return Hellos.extensions(hello, Hellos.with(twice));
        });
        Expect.violation(Violation.WRONG_BINDER, pair::handshake);
    }
}
