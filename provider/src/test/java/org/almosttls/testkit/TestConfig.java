package org.almosttls.testkit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ApplicationProtocolSelector;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.Clock;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.KeyLimits;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.Policy;
import org.almosttls.config.RecordSizes;
import org.almosttls.config.ServerNamePolicy;
import org.almosttls.config.SessionStore;
import org.almosttls.config.Stapling;
import org.almosttls.config.Textbook;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** A configuration in the making: everything that is implemented, but for what a test says. */
public final class TestConfig {

    private static final List<SignatureScheme> SCHEMES = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.ED25519,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PSS_PSS_SHA256,
            SignatureScheme.RSA_PKCS1_SHA256,
            SignatureScheme.RSA_PKCS1_SHA384);

    private static final List<SignatureScheme> WITH_SHA_1 = Stream.concat(
                    SCHEMES.stream(), Stream.of(SignatureScheme.ECDSA_SHA1, SignatureScheme.RSA_PKCS1_SHA1))
            .toList();

    private static final List<NamedGroup> GROUPS = List.of(
            NamedGroup.X25519,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.X448,
            NamedGroup.FFDHE2048,
            NamedGroup.FFDHE3072);

    private final Map<String, Object> parts;

    private TestConfig(Map<String, Object> parts) {
        this.parts = parts;
    }

    /** A client that asks for {@link TestCertificates#HOST} and trusts the test CA. */
    public static TestConfig client(TestIdentity... identities) {
        return end(Role.CLIENT, 1, identities).with("serverName", Optional.of(TestCertificates.HOST));
    }

    public static TestConfig server(TestIdentity... identities) {
        return end(Role.SERVER, 2, identities);
    }

    /** Bob, who speaks AlmostTLSv1 and nothing else. */
    public static TestConfig bob() {
        return client().versions(ProtocolVersion.ALMOST_1);
    }

    /** Alice, with her RSA key. */
    public static TestConfig alice() {
        return server(TestCertificates.rsaServer()).versions(ProtocolVersion.ALMOST_1);
    }

    private static TestConfig end(Role role, long seed, TestIdentity... identities) {
        var parts = new HashMap<String, Object>();
        parts.put("role", role);
        parts.put("versions", List.of(ProtocolVersion.TLS_1_2));
        parts.put("cipherSuites", Tls12Suite.ALL.stream().map(Tls12Suite::suite).toList());
        parts.put("groups", GROUPS);
        parts.put("leastFieldBits", 1024);
        parts.put("signatureSchemes", SCHEMES);
        parts.put("certificateSchemes", SCHEMES);
        parts.put("serverName", Optional.empty());
        parts.put("serverNames", ServerNamePolicy.any());
        parts.put("applicationProtocols", List.of());
        parts.put("protocolSelector", ApplicationProtocolSelector.preferring(List.of()));
        parts.put("clientAuthentication", ClientAuthentication.NONE);
        parts.put("serverPreference", true);
        parts.put("textbook", Textbook.WHOLE);
        parts.put("onRequest", OnRequest.NOTHING);
        parts.put("recordSizes", RecordSizes.ANY);
        parts.put("keyLimits", KeyLimits.USUAL);
        parts.put("stapling", Stapling.NONE);
        parts.put("early", EarlyTerms.NONE);
        // As they are, so that tests can look at them.
        parts.put("policy", new WithoutExtension(ExtensionType.COMPRESS_CERTIFICATE));
        parts.put("peerVerifier", new TestVerifier());
        parts.put("credentials", new TestCredentials(List.of(identities)));
        parts.put("sessions", SessionStore.none());
        parts.put("crypto", PerOperationBackend.platform());
        parts.put("randomness", new FixedRandomness(seed));
        parts.put("clock", Clock.system());
        return new TestConfig(parts);
    }

    public TestConfig suites(CipherSuite... suites) {
        return with("cipherSuites", List.of(suites));
    }

    public TestConfig groups(NamedGroup... groups) {
        return with("groups", List.of(groups));
    }

    public TestConfig schemes(SignatureScheme... schemes) {
        return with("signatureSchemes", List.of(schemes));
    }

    /** With SHA-1 for TLS 1.1, which has nothing else to sign with. */
    public TestConfig versions(ProtocolVersion... versions) {
        var all = with("versions", List.of(versions));
        return all.parts.get("signatureSchemes") == SCHEMES && List.of(versions).contains(ProtocolVersion.TLS_1_1)
                ? all.with("signatureSchemes", WITH_SHA_1)
                : all;
    }

    public TestConfig serverName(String name) {
        return with("serverName", Optional.of(name));
    }

    /** What a client offers, and what a server selects from. */
    public TestConfig applicationProtocols(String... names) {
        return with("applicationProtocols", List.of(names))
                .with("protocolSelector", ApplicationProtocolSelector.preferring(List.of(names)));
    }

    public TestConfig asking(ClientAuthentication asking) {
        return with("clientAuthentication", asking);
    }

    public TestConfig requesting(Feature... features) {
        return with("onRequest", OnRequest.of(features));
    }

    /** Records of at most so many octets with all that is around them. */
    public TestConfig packets(int octets, boolean fragmentLengthToo) {
        return with("recordSizes", RecordSizes.ofPackets(octets, fragmentLengthToo));
    }

    /** Records of at most so many octets of plaintext, asked for by max_fragment_length alone. */
    public TestConfig fragmentLength(int octets) {
        return with("recordSizes", new RecordSizes(Integer.MAX_VALUE, octets, false, true));
    }

    /** Neither says this extension nor heeds it. */
    public TestConfig without(ExtensionType ruledOut) {
        return with("policy", new WithoutExtension(ruledOut));
    }

    public TestConfig credentials(CredentialSource source) {
        return with("credentials", source);
    }

    /** Keeps its sessions there, and goes on with them. */
    public TestConfig sessions(SessionStore store) {
        return with("sessions", store);
    }

    /** Certificates are compressed (RFC 8879) where the peer has that too. */
    public TestConfig compressingCertificates() {
        return with("policy", Policy.NONE);
    }

    /** Any component of {@link TlsConfig} by its name. */
    public TestConfig with(String component, Object value) {
        var more = new HashMap<>(parts);
        if (more.put(component, value) == null) throw new IllegalArgumentException(component);
        return new TestConfig(more);
    }

    public TlsConfig build() {
        var components = TlsConfig.class.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components)
                .map(RecordComponent::getName)
                .map(parts::get)
                .toArray();
        try {
            return TlsConfig.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
