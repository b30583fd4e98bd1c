package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.Provider;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts by names of versions that nobody should speak: ours do as the platform's, and fall to nobody else. */
class OldContextNamesTest {

    private static Stream<Provider> providers() {
        return Stream.of(Contexts.PLATFORM, Contexts.OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "SSLv3", "TLSv1.1", "SSL"})
    void theSameIsEnabledAsInThePlatforms(String name) {
        assertArrayEquals(
                client(name, Contexts.PLATFORM).getEnabledProtocols(),
                client(name, Contexts.OURS).getEnabledProtocols());
        assertArrayEquals(
                server(name, Contexts.PLATFORM).getEnabledProtocols(),
                server(name, Contexts.OURS).getEnabledProtocols());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aServerSpeaksWhatIsNewer(Provider provider) throws Exception {
        var pair = new EnginePair(client("TLS", provider), server("TLSv1", provider)).handshake();
        assertEquals("TLSv1.3", pair.server().engine().getSession().getProtocol());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aClientSpeaksWhatItEnablesThen(Provider provider) throws Exception {
        var client = client("TLSv1", provider);
        client.setEnabledProtocols(new String[] {"TLSv1", "TLSv1.1", "TLSv1.2"});
        client.setEnabledCipherSuites(client.getSupportedCipherSuites());
        var pair = new EnginePair(client, server("TLS", provider)).handshake();
        assertEquals("TLSv1.2", pair.client().engine().getSession().getProtocol());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aClientThatEnablesNothingHasNothingToSay(Provider provider) {
        var pair = new EnginePair(client("TLSv1", provider), server("TLS", provider));
        assertThrows(SSLHandshakeException.class, pair::handshake);
    }

    private static SSLEngine client(String name, Provider provider) {
        var engine = Contexts.named(name, provider).createSSLEngine(TestCertificates.HOST, 443);
        engine.setUseClientMode(true);
        return engine;
    }

    private static SSLEngine server(String name, Provider provider) {
        var engine = Contexts.named(name, provider, TestCertificates.ecServer()).createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }
}
