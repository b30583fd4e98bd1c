package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Security;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java code of README.md, line by line, doing what is said there. */
class ReadmeCodeTest {

    @AfterEach
    void removeProvider() {
        Security.removeProvider("AlmostTLS");
    }

    @Test
    void oneContextOfOursShakesHands() throws Exception {
        var keyManagers = Contexts.keys(TestCertificates.ecServer());
        var trustManagers = Contexts.trust(TestCertificates.trustStore());
        SSLContext context = SSLContext.getInstance("TLS", new AlmostTlsProvider());
        context.init(keyManagers, trustManagers, null);
        var pair = new EnginePair(context, context).handshake();
        assertEquals("TLSv1.2", pair.client().engine().getSession().getProtocol());
    }

    @Test
    void aContextOfTheTextbookShakesHands() throws Exception {
        SSLContext context = SSLContext.getInstance("AlmostTLS", new AlmostTlsProvider());
        context.init(Contexts.keys(TestCertificates.rsaServer()), Contexts.trust(TestCertificates.trustStore()), null);
        try (var pair = new SocketPair(context, context).handshake()) {
            assertEquals("AlmostTLSv1", pair.client().getSession().getProtocol());
        }
    }

    @Test
    void inFirstPlaceItIsEverybodysTls() throws Exception {
        Security.insertProviderAt(new AlmostTlsProvider(), 1);
        assertEquals(List.of("AlmostTLS", "AlmostTLS"), List.of(providerOf("TLS"), providerOf("TLSv1.2")));
    }

    @Test
    void inLastPlaceItIsThereForThoseWhoNameIt() throws Exception {
        Security.addProvider(new AlmostTlsProvider());
        assertEquals("SunJSSE", providerOf("TLS"));
        assertEquals(
                "AlmostTLS",
                SSLContext.getInstance("TLS", "AlmostTLS").getProvider().getName());
    }

    private static String providerOf(String algorithm) throws Exception {
        return SSLContext.getInstance(algorithm).getProvider().getName();
    }
}
