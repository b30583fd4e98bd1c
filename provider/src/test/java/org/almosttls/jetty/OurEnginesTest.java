package org.almosttls.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import org.almosttls.AlmostTlsProvider;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jetty asks before a connection; whole connections are in the integration tests. */
class OurEnginesTest {

    @ParameterizedTest
    @ValueSource(classes = {ALPNProcessor.Server.class, ALPNProcessor.Client.class})
    void jettyFindsOneThatTakesEnginesOfOurs(Class<? extends ALPNProcessor> role) throws GeneralSecurityException {
        var ours = "org.almosttls.jetty." + role.getSimpleName() + "Alpn";
        assertEquals(List.of(ours), AlpnTakers.takers(role, AlpnTakers.engine(new AlmostTlsProvider())));
    }

    @ParameterizedTest
    @ValueSource(classes = {ALPNProcessor.Server.class, ALPNProcessor.Client.class})
    void thePlatformsEnginesStayWithJettys(Class<? extends ALPNProcessor> role) throws GeneralSecurityException {
        var takers = AlpnTakers.takers(role, AlpnTakers.engine(Security.getProvider("SunJSSE")));
        assertEquals(1, takers.size());
        assertTrue(takers.get(0).startsWith("org.eclipse.jetty.alpn.java."), takers::toString);
    }

    @Test
    void whereJettyCannotNegotiateItselfItSaysSoAtTheStart() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            var refused = assertThrows(IllegalStateException.class, () -> new ServerAlpn().init());
            assertEquals(
                    "this Jetty has no org.eclipse.jetty.alpn.java.server.JDK9ServerALPNProcessor",
                    refused.getMessage());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
