package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.PostQuantum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform's properties leave of what is supported. */
class PreferencesTest {

    private static final String SERVER_SUITES = "jdk.tls.server.cipherSuites";
    private static final String CLIENT_SCHEMES = "jdk.tls.client.SignatureSchemes";
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";
    private static final String CLIENT_PROTOCOLS = "jdk.tls.client.protocols";
    private static final String SERVER_PROTOCOLS = "jdk.tls.server.protocols";
    private static final String FIELD_SIZE = "jdk.tls.ephemeralDHKeySize";
    private static final String GROUPS = "jdk.tls.namedGroups";

    private final String before = Security.getProperty(DISABLED);

    @AfterEach
    void restore() {
        Security.setProperty(DISABLED, before);
        System.clearProperty(CLIENT_PROTOCOLS);
        System.clearProperty(SERVER_PROTOCOLS);
        System.clearProperty(GROUPS);
        System.clearProperty(FIELD_SIZE);
        System.clearProperty(SERVER_SUITES);
        System.clearProperty(CLIENT_SCHEMES);
    }

    private static Preferences with(String disabled) {
        Security.setProperty(DISABLED, disabled);
        return Preferences.current(Scope.ANY);
    }

    @Test
    void withNothingDisabledAllButTheOldestIsEnabled() {
        var all = with("");
        assertEquals(List.of(all.supportedSuites()), all.cipherSuites(Role.CLIENT));
        assertEquals(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1"), List.of(all.supportedProtocols()));
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), all.clientProtocols());
        assertEquals(Supported.GROUPS, all.groups().usual());
        assertEquals(NamedGroup.X25519_MLKEM768, all.groups().usual().get(0));
    }

    @Test
    void staticRsaComesLast() {
        var suites = with("").cipherSuites(Role.CLIENT);
        int first = suites.indexOf(suites.stream()
                .filter(name -> name.startsWith("TLS_RSA_"))
                .findFirst()
                .orElseThrow());
        assertTrue(suites.subList(first, suites.size()).stream().allMatch(name -> name.startsWith("TLS_RSA_")));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_RSA_*, TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_*_GCM_*, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "tls_ecdhe_rsa_with_aes_128_gcm_sha256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "ECDHE, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "ECDHE_ECDSA, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "RSA, TLS_RSA_WITH_AES_128_CBC_SHA256",
        "AES_128_CBC, TLS_RSA_WITH_AES_128_CBC_SHA256",
        "GCM, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "GCM, TLS_AES_256_GCM_SHA384",
        "AES_128_GCM, TLS_AES_128_GCM_SHA256",
        "TLS_AES_*, TLS_AES_128_GCM_SHA256",
        "ChaCha20-Poly1305, TLS_CHACHA20_POLY1305_SHA256",
        "HmacSHA384, TLS_AES_256_GCM_SHA384",
        "ChaCha20-Poly1305, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "DH, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "DiffieHellman, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "DH keySize < 10000, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "SHA-384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "HmacSHA256, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "SHA-1, TLS_RSA_WITH_AES_128_CBC_SHA",
        "CHACHA20_POLY1305, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "DHE_RSA, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "HmacSHA384, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "HmacSHA1, TLS_RSA_WITH_AES_128_CBC_SHA"
    })
    void aSuiteIsDisabledByItsNameOrItsParts(String entry, String suite) {
        assertTrue(with("").cipherSuites(Role.CLIENT).contains(suite));
        assertFalse(with("MD5,  " + entry).cipherSuites(Role.CLIENT).contains(suite));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDH", "DES", "anon", "NULL", "DH keySize < 1024", "RSA keySize < 4096", "TLS_PSK_*"})
    void otherWordsDisableNoSuiteOfOurs(String entry) {
        assertEquals(List.of(with("").supportedSuites()), with(entry).cipherSuites(Role.CLIENT));
    }

    @Test
    void fieldsOfAServersOwnAreDisabledBySize() {
        assertEquals(1024, with("").disabled().leastFieldBits());
        assertEquals(1024, with("DH keySize < 512").disabled().leastFieldBits());
        assertEquals(2048, with("DH keySize < 2048").disabled().leastFieldBits());
        assertEquals(2049, with("DiffieHellman keySize <= 2048").disabled().leastFieldBits());
    }

    @Test
    void montgomerysCurvesHaveANameInCommon() {
        var groups = with("XDH").groups();
        assertFalse(groups.all().contains(NamedGroup.X25519) || groups.all().contains(NamedGroup.X448));
    }

    /** The platform's order is the one that administrators know. */
    @Test
    void suitesAreInThePlatformsOrder() throws Exception {
        var context = SSLContext.getInstance("TLS", Contexts.PLATFORM);
        context.init(null, null, null);
        var platform = List.of(context.getSupportedSSLParameters().getCipherSuites());
        var ours = Arrays.stream(with("").supportedSuites())
                .filter(platform::contains)
                .toList();
        assertEquals(platform.stream().filter(ours::contains).toList(), ours);
    }

    private static List<NamedGroup> all(NamedGroup... but) {
        return Supported.GROUPS.stream()
                .filter(group -> !List.of(but).contains(group))
                .toList();
    }

    private static List<NamedGroup> usual(String disabled) {
        return with(disabled).groups().usual();
    }

    @Test
    void groupsAreDisabledBySizeAndName() {
        assertEquals(all(NamedGroup.SECP256R1), usual("EC keySize < 384"));
        assertEquals(all(NamedGroup.SECP384R1), usual("secp384r1"));
        assertEquals(all(NamedGroup.FFDHE2048), usual("DH keySize < 3072"));
        assertEquals(all(NamedGroup.FFDHE2048), usual("DiffieHellman keySize < 3072"));
        assertEquals(Supported.GROUPS, usual("EC keySize < 224"));
    }

    @Test
    void aHybridGroupIsDisabledByItsNameAndByEitherPart() {
        assertEquals(all(NamedGroup.X25519_MLKEM768), usual("X25519MLKEM768"));
        assertEquals(all(NamedGroup.X25519_MLKEM768), usual("ML-KEM"));
        assertEquals(all(NamedGroup.X25519_MLKEM768, NamedGroup.X25519), usual("x25519"));
        assertEquals(List.of(), with("ML-KEM").groups().onRequest());
        assertEquals(
                List.of(NamedGroup.SECP384R1_MLKEM1024),
                with("EC keySize < 384").groups().onRequest());
    }

    @Test
    void someHybridGroupsAreThereForWhoNamesThem() {
        assertFalse(usual("").contains(NamedGroup.SECP256R1_MLKEM768));
        System.setProperty(GROUPS, "SecP256r1MLKEM768,secp256r1");
        assertEquals(List.of(NamedGroup.SECP256R1_MLKEM768, NamedGroup.SECP256R1), usual(""));
        assertEquals(List.of(), with("").groups().onRequest());
    }

    @Test
    void groupsCanBeListedInAnyOrder() {
        System.setProperty(GROUPS, "secp384r1, sect163k1, X25519");
        assertEquals(List.of(NamedGroup.SECP384R1, NamedGroup.X25519), usual(""));
    }

    @Test
    void aSchemeMayBeDisabledInTheHandshakeOnly() {
        var some = with("rsa_pkcs1_sha1 usage HandshakeSignature");
        assertFalse(some.schemes(Role.CLIENT).contains(SignatureScheme.RSA_PKCS1_SHA1));
        assertTrue(some.certificateSchemes(Role.CLIENT).contains(SignatureScheme.RSA_PKCS1_SHA1));
    }

    @Test
    void aProtocolCanBeDisabled() {
        assertEquals(List.of("TLSv1.2"), with("TLSv1.3").clientProtocols());
        assertEquals(List.of(), with("TLSv1.2, TLSv1.3").clientProtocols());
    }

    @Test
    void clientsProtocolsCanBeListed() {
        System.setProperty(CLIENT_PROTOCOLS, "TLSv1.1,TLSv1.3,SSLv3");
        assertEquals(List.of("TLSv1.3", "TLSv1.1"), with("").clientProtocols());
        assertEquals(List.of("TLSv1.3"), with("TLSv1.1").clientProtocols());
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), with("").serverProtocols());
        assertEquals(List.of("TLSv1.2"), Preferences.current(Scope.TLS_1_2).clientProtocols());
        assertEquals(
                List.of("TLSv1.3", "TLSv1.2"),
                Preferences.current(Scope.TLS_1_3).clientProtocols());
    }

    @Test
    void serversProtocolsCanBeListed() {
        System.setProperty(SERVER_PROTOCOLS, "TLSv1.1");
        assertEquals(List.of("TLSv1.1"), with("").serverProtocols());
        assertEquals(List.of(), with("TLSv1.1").serverProtocols());
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), with("").clientProtocols());
    }

    /** The context of that name, as far as the platform's policy has it. */
    @Test
    void tls11IsEnabledInItsOwnContext() {
        Security.setProperty(DISABLED, "");
        var old = Preferences.current(Scope.TLS_1_1);
        assertEquals(List.of("TLSv1.1"), old.clientProtocols());
        assertEquals(List.of("TLSv1.3", "TLSv1.2", "TLSv1.1"), old.serverProtocols());
        Security.setProperty(DISABLED, "TLSv1.1");
        assertEquals(List.of(), Preferences.current(Scope.TLS_1_1).clientProtocols());
    }

    @Test
    void suitesCanBeListedForEachRole() {
        System.setProperty(
                SERVER_SUITES, "TLS_NO_SUCH, TLS_RSA_WITH_AES_128_CBC_SHA,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        var preferences = with("SHA1");
        assertEquals(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), preferences.cipherSuites(Role.SERVER));
        assertTrue(preferences.cipherSuites(Role.CLIENT).size() > 5);
        System.setProperty(SERVER_SUITES, "TLS_NO_SUCH");
        assertEquals(with("").cipherSuites(Role.CLIENT), with("").cipherSuites(Role.SERVER));
    }

    @Test
    void schemesCanBeListedForEachRole() {
        System.setProperty(CLIENT_SCHEMES, "rsa_pss_pss_sha256, no_such, ed25519");
        assertEquals(
                List.of(SignatureScheme.RSA_PSS_PSS_SHA256, SignatureScheme.ED25519), with("").schemes(Role.CLIENT));
        assertEquals(SignatureNames.PREFERENCE.stream().filter(this::isThere).toList(), with("").schemes(Role.SERVER));
    }

    private boolean isThere(SignatureScheme scheme) {
        return PostQuantum.isThere() || !PostQuantum.SCHEMES.contains(scheme);
    }

    /** Java 17 has none, unless a provider brings it. */
    @Test
    void signaturesOfMlDsaAreAskedForWhereTheyCanBeVerifiedAndBehindAllOthersThatAreGood() {
        for (var schemes : List.of(with("").schemes(Role.CLIENT), with("").certificateSchemes(Role.SERVER))) {
            assertEquals(PostQuantum.isThere(), schemes.containsAll(PostQuantum.SCHEMES));
            var good = schemes.stream()
                    .filter(scheme -> !scheme.name().endsWith("sha1"))
                    .toList();
            int first = good.size() - (PostQuantum.isThere() ? 3 : 0);
            assertTrue(good.subList(0, first).stream().noneMatch(PostQuantum.SCHEMES::contains));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA", "ML-DSA-65", "mldsa65"})
    void mlDsaIsDisabledByItsNames(String entry) {
        assertFalse(with(entry).schemes(Role.CLIENT).contains(SignatureScheme.MLDSA65));
        assertFalse(with(entry).certificateSchemes(Role.CLIENT).contains(SignatureScheme.MLDSA65));
        assertEquals(
                PostQuantum.isThere() && !entry.equals("ML-DSA"),
                with(entry).schemes(Role.CLIENT).contains(SignatureScheme.MLDSA87));
    }

    @Test
    void mlDsaCanBeListed() {
        System.setProperty(CLIENT_SCHEMES, "mldsa87");
        if (PostQuantum.isThere()) assertEquals(List.of(SignatureScheme.MLDSA87), with("").schemes(Role.CLIENT));
    }

    /** Smaller fields than RFC 7919 names are not used by a server, whatever the property says. */
    @ParameterizedTest
    @CsvSource({
        "'', ffdhe2048",
        "legacy, ffdhe2048",
        "matched, ffdhe2048",
        "1024, ffdhe2048",
        "2048, ffdhe2048",
        "2112, ffdhe3072",
        "4096, ffdhe4096",
        "8192, ffdhe8192"
    })
    void aServersFieldsAreAtLeastThatLong(String size, String shortest) {
        System.setProperty(FIELD_SIZE, size);
        var preferences = with("");
        assertEquals(
                shortest,
                preferences.groups(Role.SERVER).stream()
                        .filter(NamedGroup::isFiniteField)
                        .findFirst()
                        .orElseThrow()
                        .name());
        assertEquals(Supported.GROUPS, preferences.groups(Role.CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1025", "512", "8256", "9000", "big", "-2048", "2048x"})
    void aSizeOfFieldsThatThePlatformDoesNotTakeIsAMistake(String size) {
        System.setProperty(FIELD_SIZE, size);
        assertThrows(IllegalArgumentException.class, () -> with(""));
    }

    @Test
    void aProtocolThatNobodyKnowsIsAMistake() {
        System.setProperty(CLIENT_PROTOCOLS, "TLSv7");
        assertThrows(IllegalArgumentException.class, () -> Preferences.current(Scope.ANY));
    }

    @Test
    void oneListMayIncludeAnother() {
        Security.setProperty("jdk.disabled.namedCurves", "secp256r1");
        try {
            assertFalse(usual("include jdk.disabled.namedCurves").contains(NamedGroup.SECP256R1));
        } finally {
            Security.setProperty("jdk.disabled.namedCurves", "");
        }
    }
}
