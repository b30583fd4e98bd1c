package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import javax.crypto.interfaces.DHPublicKey;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SameForAll;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When policy removes what would have worked, the diagnosis names the property. */
class PolicyDiagnosisTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final String NOTHING_DISABLED = "SSLv3";
    private static final String ECDHE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";

    private final Lines lines = Lines.json();
    private final Provider ours = new AlmostTlsProvider(lines::log);

    /** What is made while a property has a value; it has its own again afterwards. */
    private static <T> T under(Map<String, String> properties, Supplier<T> making) {
        var disabled = Security.getProperty(DISABLED);
        try {
            Security.setProperty(DISABLED, properties.getOrDefault(DISABLED, NOTHING_DISABLED));
            properties.forEach((name, value) -> {
                if (!name.equals(DISABLED)) System.setProperty(name, value);
            });
            return making.get();
        } finally {
            Security.setProperty(DISABLED, disabled);
        }
    }

    private SSLContext client(Map<String, String> properties) {
        return under(properties, () -> Contexts.client(ours));
    }

    private SSLContext server(Map<String, String> properties) {
        return under(properties, () -> Contexts.with(ours, TestCertificates.rsaServer()));
    }

    private static EnginePair pair(SSLContext client, SSLContext server, String suite) {
        var pair = new EnginePair(client, server);
        pair.client().engine().setEnabledCipherSuites(new String[] {suite});
        return pair;
    }

    /** Both ends' diagnoses; whoever gets the alert has one too. */
    private JsonNode failure(EnginePair pair, String role) throws IOException {
        assertThrows(SSLException.class, pair::handshake);
        for (var end : new EngineEnd[] {pair.client(), pair.server()}) {
            var other = end == pair.client() ? pair.server() : pair.client();
            try {
                other.deliver(end.wrapAll(new byte[0]));
                other.unwrapAll();
            } catch (SSLException told) {
                continue;
            }
        }
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            var told = JSON.readTree(line);
            if (told.at("/almosttls/role").asText().equals(role)) return told.at("/almosttls/diagnosis");
        }
        throw new IllegalStateException(lines.all().toString());
    }

    private static void assertRemoved(String what, String rule, JsonNode diagnosis) {
        boolean named = StreamSupport.stream(diagnosis.at("/removed").spliterator(), false)
                .anyMatch(each -> each.at("/what").asText().equals(what)
                        && each.at("/rule").asText().equals(rule));
        assertTrue(named, diagnosis.toString());
        assertTrue(diagnosis.at("/next").asText().contains(rule), diagnosis.toString());
    }

    private static void clear(Map<String, String> properties) {
        properties.keySet().stream().filter(name -> !name.equals(DISABLED)).forEach(System::clearProperty);
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_*, TLS_ECDHE_*",
        "ECDHE_RSA, ECDHE_RSA",
        "'RC4, AES_128_GCM', AES_128_GCM",
    })
    void aSuiteTheClientOffersIsRuledOutHere(String disabled, String entry) throws IOException {
        var diagnosis = failure(pair(client(Map.of()), server(Map.of(DISABLED, disabled)), ECDHE), "server");
        assertEquals("NO_COMMON_SUITE", diagnosis.at("/code").asText());
        assertRemoved(ECDHE, DISABLED + ": " + entry, diagnosis);
        assertEquals(1, diagnosis.at("/removed").size(), "only what the client offers");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_COMMON_SUITE, jdk.tls.server.cipherSuites, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, " + ECDHE,
        "NO_COMMON_GROUP, jdk.tls.namedGroups, secp384r1, x25519",
        "NO_COMMON_SCHEME, jdk.tls.server.SignatureSchemes, rsa_pss_rsae_sha512, rsa_pkcs1_sha256"
    })
    void aListOfThePlatformsHasLeftItOut(String code, String property, String value, String what) throws IOException {
        // The platform's key manager looks for a certificate that is signed with one of them, too.
        var schemes = "rsa_pkcs1_sha256,ecdsa_secp256r1_sha256";
        var wishes = Map.of("jdk.tls.client.SignatureSchemes", schemes, "jdk.tls.namedGroups", "x25519");
        var policy = Map.of(property, value);
        try {
            var client = client(wishes);
            clear(wishes);
            var diagnosis = failure(pair(client, server(policy), ECDHE), "server");
            assertEquals(code, diagnosis.at("/code").asText());
            assertRemoved(what, property + ": " + value, diagnosis);
        } finally {
            clear(wishes);
            clear(policy);
        }
    }

    @Test
    void theServersFieldsMustBeLonger() throws IOException {
        var wishes = Map.of("jdk.tls.namedGroups", "ffdhe2048");
        var policy = Map.of("jdk.tls.ephemeralDHKeySize", "4096");
        try {
            var client = client(wishes);
            clear(wishes);
            var diagnosis = failure(pair(client, server(policy), DHE), "server");
            assertEquals("NO_COMMON_FIELD", diagnosis.at("/code").asText());
            assertRemoved("ffdhe2048", "jdk.tls.ephemeralDHKeySize: 4096", diagnosis);
        } finally {
            clear(wishes);
            clear(policy);
        }
    }

    @Test
    void theServersFieldIsTooShortForTheClient() throws IOException {
        var wishes = Map.of("jdk.tls.namedGroups", "x25519", DISABLED, "DH keySize < 3072");
        try {
            var client = client(wishes);
            clear(wishes);
            var diagnosis = failure(pair(client, server(Map.of()), DHE), "client");
            assertEquals("WEAK_FIELD", diagnosis.at("/code").asText());
            assertRemoved("finite fields of less than 3072 bits", DISABLED + ": DH keySize < 3072", diagnosis);
        } finally {
            clear(wishes);
        }
    }

    @Test
    void theVersionTheClientOffersIsRuledOutHere() throws IOException {
        var pair = new EnginePair(client(Map.of()), server(Map.of(DISABLED, "SSLv3, TLSv1.1")));
        pair.client().engine().setEnabledProtocols(new String[] {"TLSv1.1"});
        var diagnosis = failure(pair, "server");
        assertEquals("VERSION_NOT_SUPPORTED", diagnosis.at("/code").asText());
        assertRemoved("TLSv1.1", DISABLED + ": TLSv1.1", diagnosis);
    }

    /** Constraints that permit all names, and no key. */
    private record NoKeys() implements AlgorithmConstraints {

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String algorithm, AlgorithmParameters parameters) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, Key key) {
            return !(key instanceof DHPublicKey);
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String algorithm, Key key, AlgorithmParameters parameters) {
            return permits(uses, key);
        }
    }

    @Test
    void theApplicationsConstraintsAreAskedAboutTheServersKeyForDhe() throws IOException {
        var pair = pair(client(Map.of()), server(Map.of()), DHE);
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setAlgorithmConstraints(new NoKeys());
        pair.client().engine().setSSLParameters(parameters);
        assertEquals("WEAK_FIELD", failure(pair, "client").at("/code").asText());
        assertTrue(lines.all().toString().contains("constraints do not permit this key"));
    }

    @Test
    void theApplicationsConstraintsAndListsAreNamedToo() throws IOException {
        var pair = pair(client(Map.of()), server(Map.of()), ECDHE);
        var parameters = pair.server().engine().getSSLParameters();
        parameters.setCipherSuites(new String[] {DHE});
        pair.server().engine().setSSLParameters(parameters);
        assertRemoved(ECDHE, "the application's setEnabledCipherSuites", failure(pair, "server"));
    }

    /** In the platform's words by its own trust manager, in ours beside a plain one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theKeyOfTheCertificateIsTooShort(boolean plain) throws IOException {
        var client = plain ? Contexts.of(ours, null, new TrustManager[] {new TrustsAll()}) : client(Map.of());
        var server = under(Map.of(), () -> Contexts.of(ours, uncritical(TestCertificates.weakKeyServer()), null));
        var diagnosis = failure(pair(client, server, ECDHE), "client");
        assertTrue(diagnosis.at("/code").asText().startsWith("CERTIFICATE_"), diagnosis.toString());
        assertRemoved("RSA keySize < 1024", "jdk.certpath.disabledAlgorithms: RSA keySize < 1024", diagnosis);
    }

    /** The platform's other key manager, which does not judge its own keys. */
    private static KeyManager[] uncritical(TestIdentity identity) {
        try {
            var factory = KeyManagerFactory.getInstance("SunX509", Contexts.PLATFORM);
            factory.init(identity.keyStore(), TestCertificates.PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Judges nothing. */
    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The server sends its own certificate and its CA's. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk.tls.maxCertificateChainLength", "jdk.tls.client.maxInboundCertificateChainLength"})
    void theChainIsLongerThanThePropertyAllows(String property) throws IOException {
        var policy = Map.of(property, "0");
        System.setProperty(property, "0");
        try {
            var diagnosis = failure(pair(client(Map.of()), server(Map.of()), ECDHE), "client");
            assertEquals("CERTIFICATE_CHAIN_TOO_LONG", diagnosis.at("/code").asText());
            assertRemoved("chains of more than 0 certificates", property + ": 0", diagnosis);
        } finally {
            clear(policy);
        }
    }

    @Test
    void whoeverIsRefusedByAnAlertSeesWhatItDidNotOffer() throws IOException {
        var client = client(Map.of(DISABLED, "TLS_DHE_*"));
        var pair = new EnginePair(client, server(Map.of()));
        pair.server().engine().setEnabledCipherSuites(new String[] {DHE});
        var diagnosis = failure(pair, "client");
        assertEquals("RECEIVED_HANDSHAKE_FAILURE", diagnosis.at("/code").asText());
        assertRemoved(DHE, DISABLED + ": TLS_DHE_*", diagnosis);
    }

    @Test
    void constraintsThatPermitNothingAreNamedInTheException() {
        var pair = pair(client(Map.of()), server(Map.of()), ECDHE);
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setAlgorithmConstraints(new SameForAll(false));
        pair.client().engine().setSSLParameters(parameters);
        var refused = assertThrows(SSLHandshakeException.class, pair::handshake);
        assertTrue(refused.getMessage().contains("SSLParameters.setAlgorithmConstraints"), refused.getMessage());
    }

    @Test
    void theExceptionNamesTheProperty() {
        var refused = assertThrows(
                SSLHandshakeException.class,
                () -> pair(client(Map.of(DISABLED, "TLSv1.2")), server(Map.of()), ECDHE)
                        .handshake());
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)"),
                refused.getMessage());
        assertTrue(refused.getMessage().contains(DISABLED + ": TLSv1.2"), refused.getMessage());
    }
}
