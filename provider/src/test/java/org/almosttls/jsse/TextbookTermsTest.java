package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** AlmostTLSv1 stays on this machine unless somebody says otherwise, and never goes unsaid. */
class TextbookTermsTest {

    private static AlmostTlsProvider strict(Scope scope, TextbookTerms terms) {
        return new AlmostTlsProvider(TlsEventListener::none, terms, scope, () -> OnRequest.NOTHING, Optional::empty);
    }

    private static final Endpoint NOBODY = new Endpoint("", -1);
    private static final Endpoint ELSEWHERE = new Endpoint("192.0.2.1", 443);
    private static final Endpoint HERE = new Endpoint("127.0.0.1", 443);

    private final List<String> said = new ArrayList<>();
    private final TextbookTerms strict = new TextbookTerms(() -> false, said::add);
    private final TextbookTerms lax = new TextbookTerms(() -> true, said::add);

    private static String refusal(TextbookTerms terms, Optional<Endpoint> address, Endpoint meant) {
        return Expect.violation(Violation.TEXTBOOK_PEER_ELSEWHERE, () -> terms.admit(address, meant))
                .getMessage();
    }

    @Test
    void aPeerElsewhereIsRefusedByNameOfTheWordThatAllowsIt() {
        assertEquals(
                "AlmostTLSv1 is spoken with peers on this machine only: 192.0.2.1 is another;"
                        + " almosttls.textbook.remote=true allows it",
                refusal(strict, Optional.of(ELSEWHERE), NOBODY));
        assertEquals(List.of(), said);
    }

    @Test
    void whereTheTransportEndsCountsMoreThanAName() throws Exception {
        strict.admit(Optional.of(HERE), new Endpoint("alice.example", 443));
        assertTrue(refusal(strict, Optional.of(ELSEWHERE), new Endpoint("localhost", 443))
                .contains("192.0.2.1"));
    }

    @Test
    void anUnknownPeerIsRefused() {
        assertTrue(refusal(strict, Optional.empty(), NOBODY).contains("was not told its peer's name"));
    }

    @Test
    void onRequestItGoesAnywhere() throws Exception {
        lax.admit(Optional.of(ELSEWHERE), NOBODY);
        lax.admit(Optional.empty(), NOBODY);
    }

    @Test
    void whoSpeaksItIsTold() throws Exception {
        var provider = strict(Scope.ANY, strict);
        var alice = Contexts.almostWith(provider, TestCertificates.rsaServer());
        try (var pair = new SocketPair(Contexts.almostClient(Contexts.OURS), alice)) {
            assertEquals(List.of(), said);
            pair.handshake();
        }
        assertEquals(1, said.size());
        assertTrue(said.get(0).contains("AlmostTLSv1") && said.get(0).contains("Trust it with nothing"), said.get(0));
    }

    @Test
    void tlsIsNotTheirBusiness() throws Exception {
        var provider = strict(Scope.ANY, strict);
        try (var pair = new SocketPair(Contexts.client(provider), Contexts.with(provider, TestCertificates.rsaServer()))
                .handshake()) {
            assertEquals("TLSv1.2", pair.client().getSession().getProtocol());
        }
        assertEquals(List.of(), said);
    }

    /** As the agent makes it for protocol=AlmostTLSv1: whatever name an application asks for. */
    @Test
    void aProviderOfTheTextbookSpeaksItUnderEveryName() throws Exception {
        var provider = strict(Scope.TEXTBOOK, strict);
        try (var pair = new SocketPair(Contexts.client(provider), Contexts.with(provider, TestCertificates.rsaServer()))
                .handshake()) {
            assertEquals("AlmostTLSv1", pair.client().getSession().getProtocol());
        }
        assertEquals(2, said.size());
    }

    /** Whom the textbook is not for, TLS still is. */
    @Test
    void besidesTlsItConcernsOnlyWhoMayHaveIt() throws Exception {
        var provider = strict(Scope.ANY, strict);
        var both = new String[] {"TLSv1.2", "AlmostTLSv1"};
        var server = Contexts.with(provider, TestCertificates.rsaServer()).createSSLEngine();
        server.setUseClientMode(false);
        server.setEnabledProtocols(both);
        var client = Contexts.client(provider).createSSLEngine("alice.example", 443);
        client.setUseClientMode(true);
        client.setEnabledProtocols(both);
        var pair = new EnginePair(client, server).handshake();
        assertEquals("TLSv1.2", pair.client().engine().getSession().getProtocol());
        assertEquals(List.of(), said);
    }
}
