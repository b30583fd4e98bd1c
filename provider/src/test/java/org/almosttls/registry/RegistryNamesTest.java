package org.almosttls.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.almosttls.alert.AlertDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our names against those of two independent implementations: Bouncy Castle's constants and the platform's suites. */
class RegistryNamesTest {

    /** A number with the name someone else gives it. */
    record Assigned(int code, String name) {}

    static Stream<Assigned> suites() {
        return constants(org.bouncycastle.tls.CipherSuite.class);
    }

    static Stream<Assigned> groups() {
        return constants(org.bouncycastle.tls.NamedGroup.class)
                .filter(each -> !each.name().startsWith("OQS_"));
    }

    static Stream<Assigned> schemes() {
        return constants(org.bouncycastle.tls.SignatureScheme.class)
                .map(each -> new Assigned(each.code, each.name.replace("DRAFT_", "")));
    }

    static Stream<Assigned> extensions() {
        return constants(org.bouncycastle.tls.ExtensionType.class);
    }

    static Stream<Assigned> alerts() {
        return IntStream.range(0, 256)
                .mapToObj(code -> new Assigned(code, org.bouncycastle.tls.AlertDescription.getName((short) code)))
                .filter(each -> !each.name().equals("UNKNOWN"));
    }

    static Stream<String> platformSuites() throws NoSuchAlgorithmException {
        return Arrays.stream(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void suitesHaveTheirNames(Assigned suite) {
        assertEquals(suite.name(), new CipherSuite(suite.code()).name());
        assertEquals(Optional.of(new CipherSuite(suite.code())), CipherSuite.named(suite.name()));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupsHaveTheirNames(Assigned group) {
        assertEquals(group.name(), new NamedGroup(group.code()).name());
        assertEquals(Optional.of(new NamedGroup(group.code())), NamedGroup.named(group.name()));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void schemesHaveTheirNames(Assigned scheme) {
        assertEquals(scheme.name(), new SignatureScheme(scheme.code()).name());
        assertEquals(Optional.of(new SignatureScheme(scheme.code())), SignatureScheme.named(scheme.name()));
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void extensionsHaveTheirNames(Assigned extension) {
        assertEquals(extension.name(), new ExtensionType(extension.code()).name());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alertsHaveTheirNames(Assigned alert) {
        var name = new AlertDescription(alert.code()).name();
        assertEquals(alert.name(), name.replace("_RESERVED", ""));
    }

    @ParameterizedTest
    @MethodSource("platformSuites")
    void everySuiteOfThePlatformIsFoundByItsName(String name) {
        assertEquals(Optional.of(name), CipherSuite.named(name).map(CipherSuite::name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x1301", "1301", "TLSv1.3", "AES_128_GCM_SHA256", "TLS_"})
    void aNameThatNoSuiteHasIsNotFound(String name) {
        assertEquals(Optional.empty(), CipherSuite.named(name));
    }

    @Test
    void groupsAndSchemesAreFoundInAnyCase() {
        assertEquals(Optional.of(NamedGroup.X25519), NamedGroup.named("X25519"));
        assertEquals(Optional.of(SignatureScheme.ED25519), SignatureScheme.named("Ed25519"));
    }

    @Test
    void suitesAndVersionsAreFoundInTheirOwnCaseOnly() {
        assertEquals(Optional.empty(), CipherSuite.named("tls_aes_128_gcm_sha256"));
        assertEquals(Optional.of(ProtocolVersion.TLS_1_2), ProtocolVersion.named("TLSv1.2"));
        assertEquals(Optional.empty(), ProtocolVersion.named("tlsv1.2"));
    }

    /** Values from RFC 8701 §2. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0A0A, 0x1A1A, 0x2A2A, 0x3A3A, 0x4A4A, 0x5A5A, 0x6A6A, 0x7A7A, 0x8A8A, 0x9A9A, 0xAAAA, 0xBABA, 0xCACA,
                0xDADA, 0xEAEA, 0xFAFA
            })
    void greaseIsRecognised(int code) {
        assertTrue(new CipherSuite(code).isGrease());
        assertTrue(new NamedGroup(code).isGrease());
        assertTrue(new SignatureScheme(code).isGrease());
        assertTrue(new ExtensionType(code).isGrease());
        assertTrue(new ProtocolVersion(code).isGrease());
        assertEquals("GREASE_0x%04X".formatted(code), new CipherSuite(code).name());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0x0A1A, 0x1A0A, 0x0A0B, 0x0B0B, 0x000A, 0x1301})
    void nothingElseIsGrease(int code) {
        assertFalse(new CipherSuite(code).isGrease());
    }

    @Test
    void numbersWithoutANameShowAsNumbers() {
        assertEquals("0xFEFE", new CipherSuite(0xFEFE).toString());
        assertEquals("0x0028", new ExtensionType(40).toString());
        assertEquals("0x0305", new ProtocolVersion(0x0305).toString());
        assertEquals("0xE0", new ClientCertificateType(0xE0).toString());
        assertEquals("alert 0xC8", new AlertDescription(200).toString());
        assertEquals("0x10017", new NamedGroup(0x10017).toString());
        assertEquals("0xFFFFFFFF", SignatureScheme.NOT_SAID.toString());
    }

    /** RFC 5246 §7.4.4, RFC 8422 §5.5 and §5.1.2. */
    @Test
    void certificateTypesAndPointFormatsHaveTheirNames() {
        assertEquals("rsa_sign", ClientCertificateType.RSA_SIGN.name());
        assertEquals("ecdsa_sign", new ClientCertificateType(64).name());
        assertEquals("uncompressed", new EcPointFormat(0).name());
        assertEquals("ansiX962_compressed_char2", new EcPointFormat(2).name());
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void handshakeTypesAreNamedAsTheirConstants(HandshakeType type) {
        assertEquals(type.name().toLowerCase(Locale.ROOT), HandshakeType.nameOf(type.code()));
    }

    /** RFC 8446 §4, RFC 8879 §4, RFC 6066 §8. */
    @Test
    void handshakeTypesOfOtherTimesHaveTheirNames() {
        assertEquals("encrypted_extensions", HandshakeType.nameOf(8));
        assertEquals("certificate_status", HandshakeType.nameOf(22));
        assertEquals("key_update", HandshakeType.nameOf(24));
        assertEquals("compressed_certificate", HandshakeType.nameOf(25));
        assertEquals("message_hash", HandshakeType.nameOf(254));
        assertEquals("0x07", HandshakeType.nameOf(7));
    }

    private static Stream<Assigned> constants(Class<?> holder) {
        return Arrays.stream(holder.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == int.class)
                .map(RegistryNamesTest::assigned);
    }

    private static Assigned assigned(Field constant) {
        try {
            return new Assigned(constant.getInt(null), constant.getName());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
