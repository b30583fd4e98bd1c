package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.SameForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set on an engine, directly or by parameters, is what it then tells. */
class SslParametersTest {

    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private final SSLEngine engine = client("some.example");

    private static SSLEngine client(String host) {
        var engine = Contexts.client(Contexts.OURS).createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        return engine;
    }

    private SSLParameters through(SSLParameters parameters) {
        engine.setSSLParameters(parameters);
        return engine.getSSLParameters();
    }

    @Test
    void protocolsAndSuitesSurvive() {
        var set = new SSLParameters(new String[] {SUITE}, new String[] {"TLSv1.2"});
        assertArrayEquals(new String[] {SUITE}, through(set).getCipherSuites());
        assertArrayEquals(new String[] {"TLSv1.2"}, through(set).getProtocols());
        assertArrayEquals(new String[] {SUITE}, engine.getEnabledCipherSuites());
        assertArrayEquals(new String[] {"TLSv1.2"}, engine.getEnabledProtocols());
    }

    @Test
    void whatIsNotSaidStaysAsItIs() {
        engine.setEnabledCipherSuites(new String[] {SUITE});
        var set = new SSLParameters();
        set.setEndpointIdentificationAlgorithm("HTTPS");
        through(set);
        assertArrayEquals(new String[] {SUITE}, engine.getEnabledCipherSuites());
        assertEquals("HTTPS", through(new SSLParameters()).getEndpointIdentificationAlgorithm());
    }

    @Test
    void namesSurvive() {
        var set = new SSLParameters();
        set.setServerNames(List.of(new SNIHostName("other.example")));
        var matcher = SNIHostName.createSNIMatcher(".*");
        set.setSNIMatchers(List.of(matcher));
        set.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        var told = through(set);
        assertEquals(List.of(new SNIHostName("other.example")), told.getServerNames());
        assertSame(matcher, told.getSNIMatchers().iterator().next());
        assertArrayEquals(new String[] {"h2", "http/1.1"}, told.getApplicationProtocols());
    }

    @Test
    void clientAuthenticationSurvives() {
        var set = new SSLParameters();
        set.setNeedClientAuth(true);
        assertTrue(through(set).getNeedClientAuth());
        set.setWantClientAuth(true);
        assertTrue(through(set).getWantClientAuth());
        assertFalse(engine.getNeedClientAuth());
        assertFalse(through(new SSLParameters()).getWantClientAuth());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOrderOfSuitesSurvives(boolean ours) {
        var set = new SSLParameters();
        set.setUseCipherSuitesOrder(ours);
        assertEquals(ours, through(set).getUseCipherSuitesOrder());
    }

    @Test
    void parametersEditedAndSetBackTwiceMeanTheSame() {
        var first = engine.getSSLParameters();
        var second = through(first);
        var third = through(second);
        assertArrayEquals(first.getCipherSuites(), third.getCipherSuites());
        assertArrayEquals(first.getProtocols(), third.getProtocols());
        assertEquals(first.getServerNames(), third.getServerNames());
    }

    @Test
    void theHostIsTheNameToAskFor() {
        assertEquals(
                List.of(new SNIHostName("some.example")),
                engine.getSSLParameters().getServerNames());
    }

    @Test
    void thePlatformsPropertyForbidsToAskForItUnbidden() {
        System.setProperty("jsse.enableSNIExtension", "false");
        try {
            assertEquals(null, engine.getSSLParameters().getServerNames());
            var set = engine.getSSLParameters();
            set.setServerNames(List.of(new SNIHostName("other.example")));
            assertEquals(set.getServerNames(), through(set).getServerNames());
        } finally {
            System.clearProperty("jsse.enableSNIExtension");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "some.example."})
    void onlyQualifiedNamesAreAskedForUnbidden(String host) {
        assertNull(client(host).getSSLParameters().getServerNames());
    }

    static Stream<SSLParameters> unsupported() {
        return Stream.of(
                new SSLParameters(new String[] {"TLS_NOT_A_SUITE"}),
                new SSLParameters(new String[] {SUITE}, new String[] {"TLSv9"}));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void whatNobodyKnowsCannotBeEnabled(SSLParameters parameters) {
        var before = engine.getEnabledCipherSuites();
        assertThrows(IllegalArgumentException.class, () -> engine.setSSLParameters(parameters));
        assertArrayEquals(before, engine.getEnabledCipherSuites());
    }

    @Test
    void aFixedListMadeForThePlatformGoesOnWithWhatIsLeftOfIt() throws Exception {
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2", "SSLv3"});
        engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", SUITE, "SSL_RSA_WITH_3DES_EDE_CBC_SHA"});
        engine.beginHandshake();
        var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        assertEquals(
                SSLEngineResult.Status.OK,
                engine.wrap(ByteBuffer.allocate(0), hello).getStatus());
        assertTrue(hello.position() > 0);
    }

    @Test
    void aListOfWhichNothingIsLeftCannotBeNegotiated() {
        engine.setEnabledProtocols(new String[] {"SSLv3"});
        assertThrows(SSLHandshakeException.class, engine::beginHandshake);
    }

    /** RFC 8446 §B.4: no suite is of both. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLSv1.2, TLS_AES_128_GCM_SHA256"})
    void aVersionWithoutASuiteCannotBeNegotiated(String protocol, String suite) {
        engine.setEnabledProtocols(new String[] {protocol});
        engine.setEnabledCipherSuites(new String[] {suite});
        assertThrows(SSLHandshakeException.class, engine::beginHandshake);
    }

    @Test
    void noneOrNullCannotBeEnabled() {
        assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(null));
        assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(null));
        assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(new String[] {null}));
        assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(new String[] {""}));
    }

    /** On platforms whose parameters know groups and schemes. */
    @ParameterizedTest
    @EnumSource
    void whatNewerPlatformsKnowSurvives(NewerParameter newer) throws Exception {
        var set = new SSLParameters();
        String name = newer == NewerParameter.NAMED_GROUPS ? "NamedGroups" : "SignatureSchemes";
        var setter = Stream.of(SSLParameters.class.getMethods())
                .filter(method -> method.getName().equals("set" + name))
                .findFirst();
        assumeTrue(setter.isPresent(), "this platform's parameters have no " + name);
        setter.get().invoke(set, (Object) new String[] {"secp384r1", "whatever"});
        assertEquals(Optional.of(List.of("secp384r1", "whatever")), newer.of(through(set)));
    }

    @Test
    void withNothingEnabledThereIsNoHandshake() {
        engine.setEnabledCipherSuites(new String[0]);
        assertThrows(SSLHandshakeException.class, engine::beginHandshake);
    }

    @Test
    void constraintsOfTheApplicationHold() {
        var set = engine.getSSLParameters();
        set.setAlgorithmConstraints(new SameForAll(false));
        engine.setSSLParameters(set);
        assertThrows(SSLHandshakeException.class, engine::beginHandshake);
    }
}
